package io.github.clouddriver.exec;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * A command that the server has started: to be waited for, signalled, or ended. Every method may be
 * called from any number of threads.
 *
 * <p>The command's deadline holds whether somebody waits or not (clause E5), counted from its
 * start; then, and when the handle is closed, it is sent KILL and its channel is closed. Its
 * outcome is decided once, and each wait for it, also a later one, tells the same.
 */
public interface RunningCommand extends AutoCloseable {

  /**
   * Waits for the command's end. Blocks until then, at the latest until its deadline (clause E5).
   *
   * <p>Unlike {@link Executor#execute} an interrupt ends the wait only, not the command: others may
   * be waiting for it.
   *
   * @return how the command ended; a non-zero exit status is a result (clause E8). It holds of each
   *     output what the {@linkplain RemoteCommand#captureLimit() capture limit} allows, and how
   *     much was cut (E9); of an output that has a sink it holds nothing, for all of that has been
   *     written there
   * @throws ExecutorException if the end is not known (clauses E5, E8): the connection was lost,
   *     the deadline passed, a stream of the caller's failed, the handle or the executor was
   *     closed. The command may still run, and what it wrote before is lost but for what the sinks
   *     have. Before the caller runs it again it looks at {@link
   *     ExecutorException#commandMayHaveStarted()}, which is true of a command that the server has
   *     started: only the caller knows whether a second run does harm (E4)
   * @throws IOException never anything but an {@code ExecutorException}
   * @throws InterruptedException if the calling thread was interrupted; the command goes on
   */
  ExecResult await() throws IOException, InterruptedException;

  /**
   * Waits for the command's end, but no longer than this.
   *
   * @param limit how long; zero or less to only look
   * @return as {@link #await()}; empty if the command has not ended
   * @throws ExecutorException as {@link #await()}
   * @throws IOException as {@link #await()}
   * @throws InterruptedException as {@link #await()}
   */
  Optional<ExecResult> await(Duration limit) throws IOException, InterruptedException;

  /**
   * Whether the outcome is still open. Never blocks.
   *
   * @return false once {@link #await()} would not wait any more
   */
  boolean isRunning();

  /**
   * Sends a signal to the command; does nothing once the outcome is decided. Waits until the
   * connection has taken it, but not for it to take effect, nor can it tell whether it did: the
   * protocol has no answer to it, and some servers pass no signal on (OpenSSH where the login is
   * root's). A command that the signal ends has a result, with the signal where the server tells it
   * (clauses E1, E8).
   *
   * @param name the signal's name without {@code SIG}, such as {@code TERM}, {@code INT}, {@code
   *     HUP}, {@code KILL} (RFC 4254, section 6.10)
   * @throws IllegalArgumentException if it is no such name
   * @throws ExecutorException if the connection broke just then, and so lost the command (clause
   *     E5); it may still run, and the caller goes on as after a failed {@link #await()}
   * @throws IOException never anything but an {@code ExecutorException}
   * @throws InterruptedException if the calling thread was interrupted; the signal may not have
   *     been sent
   */
  void signal(String name) throws IOException, InterruptedException;

  /**
   * Ends the command, if it has not ended, as an interrupt of {@link Executor#execute} does (clause
   * E5): sends KILL and closes its channel, without waiting for either, so it may still run. Its
   * outcome is then an {@code ExecutorException}. A second close does nothing.
   *
   * <p>Nothing is written any more to the sinks of a command that has a result. Of any other, a
   * last write or flush of each may still be under way, for it takes as long as the sink does; nor
   * does this wait for a last read of stdin. None of these streams is closed.
   */
  @Override
  void close();
}
