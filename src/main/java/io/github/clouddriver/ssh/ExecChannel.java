package io.github.clouddriver.ssh;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.common.SSHPacket;
import org.jspecify.annotations.Nullable;

/** A session channel that runs one command (RFC 4254, section 6). */
final class ExecChannel extends SshChannel {
  private final Output stdout;
  private final Output stderr;

  /** Done when the server said whether it starts the command. */
  private final CompletableFuture<Boolean> started = new CompletableFuture<>();

  /** Whether KILL was sent; looked at and changed {@link #exclusively}. */
  private boolean killed;

  /** When the server said that it starts the command; set before {@link #started} is done. */
  private volatile long startedAt;

  // Set by the thread that reads the connection, before it completes closed().
  private volatile @Nullable Integer exitStatus;
  private volatile @Nullable String exitSignal;

  ExecChannel(SshConnection connection, Output stdout, Output stderr) {
    super(connection, "session");
    this.stdout = stdout;
    this.stderr = stderr;
    var unused =
        closed()
            .whenComplete(
                (done, failure) -> {
                  started.completeExceptionally(
                      failure != null
                          ? failure
                          : new IOException("the server closed the channel instead of an answer"));
                });
  }

  /**
   * Asks the server to start the command; {@link #started} has the answer.
   *
   * @return false if the channel was being closed already, so that nothing was sent
   */
  boolean exec(String command) throws SSHException {
    return sendRequest("exec", true, packet -> packet.putString(command));
  }

  CompletableFuture<Boolean> started() {
    return started;
  }

  /** Whether the server said that it starts the command. */
  boolean isStarted() {
    return answered(true);
  }

  /** Whether the server said that it does not start the command. */
  boolean isRefused() {
    return answered(false);
  }

  private boolean answered(boolean success) {
    return started.isDone() && !started.isCompletedExceptionally() && started.join() == success;
  }

  /** How long the command has been running; once it has started. */
  long nanosSinceStart() {
    return System.nanoTime() - startedAt;
  }

  /** Sends a signal to the command; without effect if that has ended. */
  void signal(String name) throws SSHException {
    sendRequest("signal", false, packet -> packet.putString(name));
  }

  /**
   * Sends KILL to the command, once, as far as the connection still carries it. It is on its way
   * when this returns, whoever sent it: what comes next may be the end of the connection.
   */
  void kill() {
    try {
      exclusively(
          () -> {
            if (!killed) {
              killed = true;
              signal("KILL");
            }
          });
    } catch (SSHException e) {
      // The connection is gone, and with it the only way to reach the command.
    }
  }

  @Override
  void received(boolean extended, byte[] data, int offset, int length) throws SSHException {
    (extended ? stderr : stdout).put(this, data, offset, length);
  }

  @Override
  void receivedEof() {
    // Nothing is told before CLOSE, behind which there is no more data in any case.
  }

  @Override
  boolean requested(String request, SSHPacket packet) throws SSHException {
    switch (request) {
      case "exit-status" -> exitStatus = packet.readUInt32AsInt();
      case "exit-signal" -> exitSignal = Printable.text(packet.readString());
      case "eow@openssh.com" -> deafen(); // the command closed its stdin
      default -> {
        return false;
      }
    }
    return true;
  }

  @Override
  void replied(boolean success) {
    startedAt = System.nanoTime();
    started.complete(success);
  }

  /** The exit status, once the channel is closed; null if there was none. */
  @Nullable Integer exitStatus() {
    return exitStatus;
  }

  /** The signal that ended the command, once the channel is closed; null if none did. */
  @Nullable String exitSignal() {
    return exitSignal;
  }
}
