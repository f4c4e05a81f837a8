package io.github.clouddriver.ssh;

import io.github.clouddriver.exec.ExecResult;
import io.github.clouddriver.exec.ExecutorException;
import io.github.clouddriver.exec.Phase;
import io.github.clouddriver.exec.RemoteCommand;
import io.github.clouddriver.exec.RemoteConnection;
import io.github.clouddriver.exec.RemoteStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.schmizz.sshj.common.SSHException;
import org.jspecify.annotations.Nullable;

/**
 * What a target may do with a login that is not trusted yet (T5), until it has answered. Safe for
 * use by any thread.
 */
final class LoginConnection implements RemoteConnection {
  private static final int CAPTURE_LIMIT = 64 << 10;

  private final Lease lease;
  private final Deadline deadline;
  private final Set<Tunnel> tunnels = ConcurrentHashMap.newKeySet();
  private final Set<CommandRun> runs = ConcurrentHashMap.newKeySet();
  private volatile boolean revoked;

  LoginConnection(Lease lease, Deadline deadline) {
    this.lease = lease;
    this.deadline = deadline;
  }

  @Override
  public ExecResult execute(String command, @Nullable InputStream stdin)
      throws IOException, InterruptedException {
    CommandRun run =
        new CommandRun(
            lease,
            RemoteCommand.builder(command)
                .stdin(stdin)
                .captureLimit(CAPTURE_LIMIT)
                .deadline(Duration.ofNanos(Math.max(1, deadline.remainingNanos())))
                .build());
    runs.add(run);
    try {
      checkValid(); // not before it can be revoked
      return run.run();
    } catch (NeverStartedException e) {
      throw e.inPhase(Phase.HOST_KEY);
    } finally {
      runs.remove(run);
    }
  }

  @Override
  public RemoteStream open(String host, int port) throws IOException, InterruptedException {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port " + port + " is not from 1 to 65535");
    }
    checkValid();
    Tunnel tunnel = new Tunnel(lease.connection(), host, port);
    tunnels.add(tunnel);
    boolean open = false;
    try {
      tunnel.open();
      tunnel.opened().get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
      checkValid();
      open = true;
      return tunnel;
    } catch (SSHException e) {
      throw failure(
          "the instance could not be asked to connect to " + host + ":" + port,
          lease.connection().why(e));
    } catch (ExecutionException e) {
      throw failure("the instance did not connect to " + host + ":" + port, e.getCause());
    } catch (TimeoutException e) {
      throw failure("the instance did not connect to " + host + ":" + port + " in time", null);
    } finally {
      if (!open) {
        close(tunnel);
      }
    }
  }

  private void checkValid() throws ExecutorException {
    if (revoked || deadline.isOver()) {
      throw failure(
          revoked
              ? "the connection was lent for the verification only, which is over"
              : "the verification took longer than " + deadline.limit(),
          null);
    }
  }

  private ExecutorException failure(String why, @Nullable Throwable cause) {
    String reason = cause == null ? "" : " (" + Printable.message(cause) + ")";
    return new ExecutorException(
        lease.connection().endpoint() + ": " + why + reason,
        Phase.HOST_KEY,
        false,
        Printable.cause(cause));
  }

  /** Takes the connection back, also from what the driver has left running on it. */
  void revoke() {
    revoked = true;
    IOException over = new IOException("the verification is over");
    runs.forEach(run -> run.abort(over));
    for (Tunnel tunnel : tunnels) {
      tunnel.revoke(over);
      close(tunnel);
    }
  }

  private static void close(Tunnel tunnel) {
    try {
      tunnel.sendClose();
    } catch (SSHException e) {
      // The connection is broken, which the next one to use it finds out.
    }
  }
}
