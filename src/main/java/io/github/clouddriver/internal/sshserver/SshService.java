package io.github.clouddriver.internal.sshserver;

import java.io.IOException;
import java.security.PublicKey;
import org.slf4j.Logger;

/**
 * What stands behind an SSH server. Called from several threads at once.
 *
 * <p>All methods but {@link #execute} are called by the threads that all servers of a pool share,
 * so they answer at once and take no lock that is held for long.
 */
public interface SshService {

  /**
   * How a new connection is treated, where the server itself serves.
   *
   * @return SERVE unless overridden
   */
  default Behaviour behaviour() {
    return Behaviour.SERVE;
  }

  /**
   * Where its server tells of troubles (clause D7).
   *
   * @return a logger that does not wait
   */
  Logger logger();

  /**
   * Whether a user may log in. Asked again once the client has proved that it owns the key.
   *
   * @param user the name that the client gave, whatever it is
   * @param key the client's public key, made by any security provider
   * @return whether this user may log in with this key
   */
  boolean authenticate(String user, PublicKey key);

  /**
   * Runs one command on a thread of its own, which is interrupted when the channel ends first.
   *
   * @param call the command and its streams
   * @return how it ended
   * @throws IOException if a stream failed; the channel then ends without an exit status
   * @throws InterruptedException if the channel ended first
   */
  ExecExit execute(ExecCall call) throws IOException, InterruptedException;

  /**
   * Whether a client may open a TCP connection from here.
   *
   * @param host host name or address
   * @param port 1 to 65535
   * @return false unless overridden
   */
  default boolean mayConnect(String host, int port) {
    return false;
  }
}
