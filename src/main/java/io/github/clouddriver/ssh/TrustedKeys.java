package io.github.clouddriver.ssh;

import io.github.clouddriver.exec.ExecutorTarget;
import io.github.clouddriver.exec.SshPublicKeys;
import java.security.PublicKey;
import org.jspecify.annotations.Nullable;

/**
 * The last host key that was verified, and the target that accepted it (E2): only for that very
 * object and that key is the question not asked again. Safe for use by any thread.
 */
final class TrustedKeys {
  private record Verified(ExecutorTarget target, PublicKey key) {}

  private volatile @Nullable Verified last;

  @SuppressWarnings("ReferenceEquality") // that very object, as E2 says
  boolean contains(ExecutorTarget target, PublicKey key) {
    Verified verified = last;
    return verified != null && verified.target == target && SshPublicKeys.same(verified.key, key);
  }

  void add(ExecutorTarget target, PublicKey key) {
    last = new Verified(target, key);
  }
}
