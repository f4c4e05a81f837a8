package io.github.clouddriver.exec;

import io.github.clouddriver.error.CloudException;
import java.security.PublicKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that commands can be run on: in practice an instance (clauses T1 to T5).
 *
 * <p>Every method may be called from any number of threads. {@link #address()} and {@link
 * #remoteUser()} never block; {@link #verifyHostKey} may.
 */
public interface ExecutorTarget {

  /**
   * Where the target's SSH server listens (clause T1). An executor asks at every command, so the
   * answer comes from memory.
   *
   * @return the address; empty while it is unknown, as while an instance boots. It may change
   *     during the target's life, and is never a placeholder
   */
  Optional<HostPort> address();

  /**
   * The user to log in as (clause T2). Asked at every command; never blocks.
   *
   * @return a user name, not empty
   */
  String remoteUser();

  /**
   * Returns normally only if a host key is this target's own (clauses T3 to T5, E2).
   *
   * <p>An executor calls it first without a connection, before it authenticates, and only if that
   * is answered "not implemented" a second time with the connection it logged in on, which is not
   * trusted yet. It is called again whenever the key or the target differs from the last ones that
   * were verified. Keys are compared by their SSH encoding, {@link SshPublicKeys#same}, since the
   * key may be an object of any security provider.
   *
   * @param key the key that the server proved to own
   * @param connection null before login; else the login, through which the driver may run a command
   *     or reach an address from the instance, within the executor's deadline for verification. It
   *     is valid until this method returns, and is not closed by the driver. An {@code IOException}
   *     from it becomes a plain {@code CloudException}
   * @throws io.github.clouddriver.error.HostKeyMismatchException if the key is not the target's;
   *     the caller runs no command there
   * @throws io.github.clouddriver.error.NotImplementedException if there is no way to tell, without
   *     a connection or at all; the caller tries with a connection, or fails
   * @throws CloudException if the check itself failed; the caller runs no command and may try again
   * @throws InterruptedException if the calling thread was interrupted
   */
  void verifyHostKey(PublicKey key, @Nullable RemoteConnection connection)
      throws CloudException, InterruptedException;
}
