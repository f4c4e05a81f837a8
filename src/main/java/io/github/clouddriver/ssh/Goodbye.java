package io.github.clouddriver.ssh;

import net.schmizz.sshj.common.SSHException;

/** How a channel is closed that may still be in use at the server's end. */
final class Goodbye {
  private Goodbye() {}

  /**
   * Closes the channel, after a KILL if its command may have started, without making the caller
   * wait for a slow connection.
   *
   * @param share the channel's right to its connection, given back when all is sent
   */
  static void say(ExecChannel channel, boolean kill, Lease share) {
    Runnable goodbye =
        () -> {
          try {
            if (kill) {
              channel.kill();
            }
            channel.sendClose();
          } catch (SSHException e) {
            // The connection is broken, and the channel gone with it.
          } finally {
            share.release();
          }
        };
    try {
      Workers.run("kill a command on " + share.connection().endpoint(), goodbye);
    } catch (RuntimeException | Error e) {
      goodbye.run(); // there is no thread to be had; nothing outlasts the connection's deadline
    }
  }
}
