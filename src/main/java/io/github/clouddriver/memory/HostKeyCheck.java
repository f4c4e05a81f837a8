package io.github.clouddriver.memory;

import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.error.HostKeyMismatchException;
import io.github.clouddriver.error.NotImplementedException;
import io.github.clouddriver.exec.ExecResult;
import io.github.clouddriver.exec.RemoteConnection;
import io.github.clouddriver.exec.SshPublicKeys;
import java.io.IOException;
import java.security.PublicKey;
import org.jspecify.annotations.Nullable;

/** The ways to tell whose host key it is (clauses T3 to T5). */
final class HostKeyCheck {

  /**
   * Prints, on an instance, its proof and its host key; anybody else's machine has no such proof,
   * and a machine in between would have to show a key of its own.
   */
  static final String COMMAND = "cat " + Guest.PROOF_FILE;

  private HostKeyCheck() {}

  /** The provider knows the key. */
  static void known(Guest own, PublicKey shown) throws CloudException {
    PublicKey expected = own.hostKey().getPublic();
    if (!SshPublicKeys.same(expected, shown)) {
      throw new HostKeyMismatchException(
          "instance "
              + own.id()
              + " has the host key "
              + fingerprint(expected)
              + ", but was shown "
              + fingerprint(shown));
    }
  }

  private static String fingerprint(PublicKey key) {
    try {
      return SshPublicKeys.fingerprint(key);
    } catch (IllegalArgumentException e) {
      return "one of a kind that SSH does not know";
    }
  }

  /** The provider does not know the key, but recognises its instance. */
  static void overConnection(Guest own, PublicKey shown, @Nullable RemoteConnection connection)
      throws CloudException, InterruptedException {
    if (connection == null) {
      throw new NotImplementedException(
          "the host key of instance " + own.id() + " can be told over a connection only");
    }
    ExecResult result;
    try {
      result = connection.execute(COMMAND, null);
    } catch (IOException e) {
      throw new CloudException("instance " + own.id() + " could not be asked for its host key", e);
    }
    if (!result.succeeded() || !result.stdoutText().equals(own.proof())) {
      throw new HostKeyMismatchException(
          "whoever showed the host key "
              + fingerprint(shown)
              + " could not prove to be instance "
              + own.id());
    }
    known(own, shown);
  }
}
