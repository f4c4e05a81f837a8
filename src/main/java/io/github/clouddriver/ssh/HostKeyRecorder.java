package io.github.clouddriver.ssh;

import io.github.clouddriver.exec.SshPublicKeys;
import java.io.IOException;
import java.security.PublicKey;
import java.util.List;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;
import org.jspecify.annotations.Nullable;

/**
 * Notes the host key that the server proved to own in the first key exchange, and insists on it in
 * later ones. Whether it is the target's own is asked between the key exchange and the login, not
 * in here: this runs on the thread that reads the connection, which must not wait for a driver.
 * Safe for use by any thread.
 */
final class HostKeyRecorder implements HostKeyVerifier {
  private volatile @Nullable PublicKey key;
  private volatile @Nullable IllegalArgumentException unusable;
  private volatile boolean changed;
  private final Runnable offering;

  /**
   * One that has not seen a key.
   *
   * @param offering is run whenever we are about to offer to exchange keys
   */
  HostKeyRecorder(Runnable offering) {
    this.offering = offering;
  }

  @Override
  public boolean verify(String host, int port, PublicKey presented) {
    PublicKey first = key;
    try {
      if (first != null) {
        changed = !SshPublicKeys.same(first, presented);
        return !changed;
      }
      // A key of the Java runtime's own: sshj's may be of a provider that a driver does not expect.
      key = SshPublicKeys.parse(SshPublicKeys.toOpenSsh(presented));
      return true;
    } catch (IllegalArgumentException e) {
      unusable = e;
      return false;
    }
  }

  /** What sshj asks when it makes its offer. */
  @Override
  public List<String> findExistingAlgorithms(String host, int port) {
    offering.run();
    return List.of();
  }

  /** Whether the connection ended because the server came up with another key. */
  boolean hasChanged() {
    return changed;
  }

  /**
   * The recorded key, once the key exchange is done.
   *
   * @throws IOException if there is none that we can handle
   */
  PublicKey key() throws IOException {
    PublicKey recorded = key;
    if (recorded == null) {
      throw new IOException("the server's host key is of no use", unusable);
    }
    return recorded;
  }
}
