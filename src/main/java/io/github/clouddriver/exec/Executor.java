package io.github.clouddriver.exec;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Runs commands on a target over one connection that it keeps open (clauses E1 to E9).
 *
 * <p>A dispatcher has one executor per instance and calls it as often as it likes. Every method may
 * be called from any number of threads; concurrent commands share the connection. No command runs
 * before the target accepted the server's host key, and a command that may have started is never
 * run a second time.
 */
public interface Executor extends AutoCloseable {

  /**
   * Sets the keys to log in with, tried in this order (clause E3). Never waits for a running
   * command; counts from the next connection on, an open one stays.
   *
   * @param signers the keys; none means that no login can succeed
   * @throws IllegalStateException if the executor is closed
   */
  void setSigners(SshSigner... signers);

  /**
   * Sets where commands run (clause E3). Never waits for a running command; counts from the next
   * {@code execute} on. The open connection is kept only if address and user are the same and the
   * new target accepts its host key; running commands finish where they are.
   *
   * @param target the new target, asked anew for its address at every command
   * @throws IllegalStateException if the executor is closed
   */
  void setTarget(ExecutorTarget target);

  /**
   * The target that the next command will run on. Never blocks (clause E3).
   *
   * @return the last target that was set; null if there was none
   */
  @Nullable ExecutorTarget target();

  /**
   * Runs a command and waits for its end.
   *
   * <p>Blocks for as long as the command runs, each phase within its own deadline (clause E5);
   * connects first if there is no usable connection (E4). Stdout and stderr come back apart and
   * byte for byte (E1), as much of them as the command's limit allows (E9), or go to the command's
   * own sinks. On an interrupt the remote command is sent KILL and its channel is closed.
   *
   * @param command what to run
   * @return how the command ended; a non-zero exit status is a result (E8)
   * @throws NoAddressException if the target has no address; the caller tries later
   * @throws ExecutorException if a phase failed or its deadline passed; the caller looks at {@link
   *     ExecutorException#commandMayHaveStarted()} before it tries again
   * @throws IOException never anything but an {@code ExecutorException}; if the command's own stdin
   *     or one of its sinks failed, that failure is the cause
   * @throws InterruptedException if the calling thread was interrupted; its message says whether
   *     the command may have started and so may still run
   * @throws IllegalStateException if no target was set, or the executor is closed
   */
  ExecResult execute(RemoteCommand command) throws IOException, InterruptedException;

  /**
   * Runs a command in the reference's form: no environment, and the default deadline and limit.
   *
   * @param command the command for the remote user's shell
   * @param stdin what the command reads, never closed; null for nothing
   * @return as {@link #execute(RemoteCommand)}
   * @throws IOException as {@link #execute(RemoteCommand)}
   * @throws InterruptedException as {@link #execute(RemoteCommand)}
   * @throws IllegalStateException as {@link #execute(RemoteCommand)}
   */
  default ExecResult execute(String command, @Nullable InputStream stdin)
      throws IOException, InterruptedException {
    return execute(RemoteCommand.builder(command).stdin(stdin).build());
  }

  /**
   * Ends every running command's call with an {@code ExecutorException}, closes the connection and
   * frees threads and sockets (clause E5). Final; a second close does nothing.
   */
  @Override
  void close();
}
