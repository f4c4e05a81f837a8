package io.github.clouddriver.ssh;

import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.error.HostKeyMismatchException;
import io.github.clouddriver.error.NotImplementedException;
import io.github.clouddriver.exec.ExecutorException;
import io.github.clouddriver.exec.Phase;
import io.github.clouddriver.exec.RemoteConnection;
import io.github.clouddriver.exec.SshPublicKeys;
import java.security.PublicKey;
import org.jspecify.annotations.Nullable;

/**
 * The question to a target whether a host key is its own, and what its answers mean (E2, T3 to T5).
 */
final class Verification {
  private Verification() {}

  /**
   * Asks once.
   *
   * @return whether the target could tell; if so, the key is its own
   * @throws ExecutorException if the key is not the target's, or the check failed
   */
  static boolean accepts(Endpoint endpoint, PublicKey key, @Nullable RemoteConnection connection)
      throws ExecutorException, InterruptedException {
    try {
      endpoint.target().verifyHostKey(key, connection);
      return true;
    } catch (NotImplementedException e) {
      if (connection == null) {
        return false;
      }
      throw failure(endpoint, key, "the target has no way to verify its host key", e);
    } catch (HostKeyMismatchException e) {
      throw failure(endpoint, key, "the host key is not the target's own", e);
    } catch (CloudException | RuntimeException e) {
      throw failure(endpoint, key, "the host key could not be verified", e);
    }
  }

  private static ExecutorException failure(
      Endpoint endpoint, PublicKey key, String what, Exception cause) {
    return new ExecutorException(
        endpoint
            + ": "
            + what
            + " (presented: "
            + SshPublicKeys.fingerprint(key)
            + "): "
            + Printable.message(cause)
            + "; the command was not started",
        Phase.HOST_KEY,
        false,
        cause);
  }
}
