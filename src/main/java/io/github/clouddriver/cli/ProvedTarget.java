package io.github.clouddriver.cli;

import io.github.clouddriver.ForwardingInstance;
import io.github.clouddriver.Instance;
import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.exec.RemoteConnection;
import io.github.clouddriver.exec.SshPublicKeys;
import java.security.PublicKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An instance that remembers which host key the driver vouched for, to be shown in the report. */
final class ProvedTarget extends ForwardingInstance {
  private volatile @Nullable String proof;

  ProvedTarget(Instance instance) {
    super(instance);
  }

  @Override
  public void verifyHostKey(PublicKey key, @Nullable RemoteConnection connection)
      throws CloudException, InterruptedException {
    super.verifyHostKey(key, connection);
    proof =
        SshPublicKeys.fingerprint(key)
            + (connection == null ? ", before the login" : ", over the login");
  }

  /** The fingerprint of the verified key, and when it was verified. */
  Optional<String> proof() {
    return Optional.ofNullable(proof);
  }
}
