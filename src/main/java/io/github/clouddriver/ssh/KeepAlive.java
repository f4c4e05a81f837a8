package io.github.clouddriver.ssh;

import net.schmizz.concurrent.Promise;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.connection.ConnectionException;
import org.jspecify.annotations.Nullable;

/**
 * Asks the server for a sign of life at regular times and gives the connection up when {@value
 * #MISSES} of these passed without any. Needs no thread of its own. Its state passes from one beat
 * to the next, which never overlap.
 */
final class KeepAlive {
  private static final int MISSES = 3;

  private final SshConnection connection;
  private final long interval;
  private @Nullable Promise<SSHPacket, ConnectionException> answer;
  private int missed;

  private KeepAlive(SshConnection connection) {
    this.connection = connection;
    this.interval = Deadline.nanos(connection.timeouts().keepAlive());
  }

  /** Goes on until the connection is over. */
  static void start(SshConnection connection) {
    new KeepAlive(connection).next();
  }

  private void next() {
    connection.keepAlive(Alarm.after(interval, "keep alive " + connection.endpoint(), this::beat));
  }

  private void beat() {
    if (!connection.isAlive()) {
      connection.fail("the connection was lost"); // for those whom nobody may have told
      return;
    }
    Promise<SSHPacket, ConnectionException> asked = answer;
    if (asked != null && !asked.isFulfilled()) {
      if (++missed == MISSES) {
        connection.fail(
            "the server gave no sign of life, asked every "
                + Deadline.words(connection.timeouts().keepAlive()));
        return;
      }
    } else {
      missed = 0;
      try {
        answer = connection.ping();
      } catch (SSHException e) {
        connection.fail(
            "the server could not be asked for a sign of life: " + Printable.message(e));
        return;
      }
    }
    next();
  }
}
