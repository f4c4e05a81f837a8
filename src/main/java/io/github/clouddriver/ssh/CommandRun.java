package io.github.clouddriver.ssh;

import io.github.clouddriver.exec.ExecResult;
import io.github.clouddriver.exec.ExecutorException;
import io.github.clouddriver.exec.Phase;
import io.github.clouddriver.exec.RemoteCommand;
import io.github.clouddriver.exec.RunningCommand;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One command on one connection, from the request for a channel to the exit status. Used by the one
 * thread that starts the command and waits for it, but for {@link #abort}; once {@link #start} has
 * returned, {@link StartedCommand} may use it from any thread, for nothing in it changes any more.
 *
 * <p>A command counts as one that may have started from the moment at which the request to start it
 * was given to the connection.
 */
final class CommandRun {
  private final Lease lease;
  private final SshConnection connection;
  private final RemoteCommand command;
  private final Duration limit;
  private final Output stdout;
  private final Output stderr;
  private final ChannelOpening opening;
  private boolean mayHaveStarted;

  /** Until when the server may take to say whether it starts the command. */
  private Deadline answer;

  CommandRun(Lease lease, RemoteCommand command) {
    this.lease = lease;
    this.connection = lease.connection();
    this.command = command;
    this.limit = command.deadline().orElse(connection.timeouts().command());
    this.answer = Deadline.in(connection.timeouts().channel());
    String where = " of a command on " + connection.endpoint();
    stdout =
        command
            .stdoutSink()
            .<Output>map(sink -> new Sink(sink, "stdout" + where))
            .orElseGet(() -> new Capture(command.captureLimit()));
    stderr =
        command
            .stderrSink()
            .<Output>map(sink -> new Sink(sink, "stderr" + where))
            .orElseGet(() -> new Capture(command.captureLimit()));
    opening = new ChannelOpening(lease, limit, () -> new ExecChannel(connection, stdout, stderr));
  }

  /**
   * Runs the command and waits for its end.
   *
   * @throws NeverStartedException if the connection was of no use; another one may be
   * @throws ExecutorException if the command failed to start or its result is not known
   */
  ExecResult run() throws ExecutorException, NeverStartedException, InterruptedException {
    return begin(
        channel -> {
          if (command.stdin().isPresent()) {
            awaitStart(channel); // nothing is taken from the caller for a command that never runs
          }
          CompletableFuture<Void> over = over(channel);
          awaitEnd(channel, over);
          return result(channel);
        });
  }

  /**
   * Starts the command, and waits for the server's word that it did. What the command needs from
   * then on, a share of the connection included, is the returned object's.
   *
   * @throws NeverStartedException if the connection was of no use; another one may be
   * @throws ExecutorException if the command failed to start
   */
  RunningCommand start() throws ExecutorException, NeverStartedException, InterruptedException {
    return begin(
        channel -> {
          awaitStart(channel);
          return StartedCommand.of(this, channel, over(channel), lease.share());
        });
  }

  /** What is done once the server was asked to start the command. */
  private interface Rest<T> {
    T of(ExecChannel channel) throws ExecutorException, InterruptedException;
  }

  private <T> T begin(Rest<T> rest)
      throws ExecutorException, NeverStartedException, InterruptedException {
    @Nullable ExecChannel channel = null;
    boolean finished = false;
    try {
      channel = opening.await();
      request(channel);
      T all = rest.of(channel);
      finished = true;
      return all;
    } catch (InterruptedException e) {
      throw new InterruptedException(
          mayHaveStarted
              ? "interrupted; the command was sent KILL but may still run on "
                  + connection.endpoint()
              : notStarted("interrupted"));
    } finally {
      if (!finished) {
        abandonOutput();
        if (channel != null) {
          letGo(channel);
        }
      }
    }
  }

  /** Nobody has any more interest in the output. */
  void abandonOutput() {
    stdout.abandon();
    stderr.abandon();
  }

  /** Ends the run as if its connection were lost, from any thread. Does not block. */
  void abort(IOException why) {
    opening.abort(why);
  }

  private String notStarted(String why) {
    return opening.notStarted(why);
  }

  // Starting.

  private void request(ExecChannel channel) throws ExecutorException, InterruptedException {
    answer = Deadline.in(connection.timeouts().channel());
    boolean asked;
    try {
      mayHaveStarted = true;
      asked = channel.exec(ShellCommand.text(command));
      if (command.stdin().isEmpty()) {
        channel.sendEof();
      }
    } catch (IOException e) {
      passOnInterrupt(e);
      // The server may have started it by now.
      throw failure(channel, connection.why(e));
    }
    if (!asked) {
      throw neverStarted("the server closed the channel before it was asked to start it");
    }
  }

  private void awaitStart(ExecChannel channel) throws ExecutorException, InterruptedException {
    boolean started;
    try {
      started = get(channel.started(), answer.remainingNanos());
    } catch (TimeoutException e) {
      throw failure(
          "the server did not say within " + answer.limit() + " whether it starts the command",
          Phase.CHANNEL,
          null);
    } catch (IOException e) {
      throw failure(Printable.message(e), Phase.CHANNEL, e);
    }
    if (!started) {
      throw refused();
    }
  }

  private ExecutorException refused() {
    return neverStarted("the server refused to start it");
  }

  private ExecutorException neverStarted(String why) {
    mayHaveStarted = false;
    return new ExecutorException(notStarted(why), Phase.CHANNEL, false, null);
  }

  // Waiting for the end.

  /**
   * Waits once if all goes well and fast, since each time that a thread is woken costs more than
   * all else that is done for a short command: the server's word that the command starts is looked
   * at when it matters.
   */
  private void awaitEnd(ExecChannel channel, CompletableFuture<Void> over)
      throws ExecutorException, InterruptedException {
    if (!isOver(channel, over, Math.min(answer.remainingNanos(), Deadline.nanos(limit)))) {
      awaitStart(channel);
      if (!isOver(channel, over, remainingNanos(channel))) {
        throw tookTooLong();
      }
    }
    if (!channel.isStarted()) {
      awaitStart(channel); // which tells what came instead
    }
  }

  private boolean isOver(ExecChannel channel, CompletableFuture<Void> over, long nanos)
      throws ExecutorException, InterruptedException {
    try {
      get(over, nanos);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (IOException e) {
      // What was refused did not start, whatever has happened since.
      throw channel.isRefused() ? refused() : failure(channel, e);
    }
  }

  /** How long the command may still run; once it has started. */
  long remainingNanos(ExecChannel channel) {
    return Math.max(0, Deadline.nanos(limit) - channel.nanosSinceStart());
  }

  ExecutorException tookTooLong() {
    return failure(
        "the command took longer than " + Deadline.words(limit) + " and was sent KILL",
        Phase.COMMAND,
        null);
  }

  /** Sends a signal to a command that was started. */
  void signal(ExecChannel channel, String name) throws ExecutorException, InterruptedException {
    try {
      channel.signal(name);
    } catch (IOException e) {
      passOnInterrupt(e);
      throw failure(
          "no signal could be sent: " + Printable.message(connection.why(e)), Phase.COMMAND, e);
    }
  }

  /** Why a command's end is not known, from what {@link #over} failed with. */
  ExecutorException failure(ExecChannel channel, IOException cause) {
    return cause instanceof CallerStreamException
        ? failure(
            Printable.message(cause) + "; the command was sent KILL",
            Phase.COMMAND,
            cause.getCause())
        : failure(
            Printable.message(cause), channel.isStarted() ? Phase.COMMAND : Phase.CHANNEL, cause);
  }

  /**
   * Done when the channel is closed and all output is where it goes; fails with the first failure.
   */
  private CompletableFuture<Void> over(ExecChannel channel) {
    CompletableFuture<Void> over =
        CompletableFuture.allOf(channel.closed(), stdout.done(), stderr.done());
    CompletableFuture<Void> first = new CompletableFuture<>();
    settle(over, first, true);
    settle(channel.closed(), first, false);
    var unusedAnswer =
        channel
            .started()
            .thenAccept(
                started -> {
                  if (!started) {
                    first.complete(null); // there will be no end to wait for
                  }
                });
    settle(stdout.done(), first, false);
    settle(stderr.done(), first, false);
    command
        .stdin()
        .ifPresent(
            stdin ->
                settle(
                    StdinPump.start(
                        stdin, channel, "stdin of a command on " + connection.endpoint()),
                    first,
                    false));
    var unused =
        channel
            .closed()
            .thenRun(
                () -> {
                  stdout.end();
                  stderr.end();
                });
    return first;
  }

  private static void settle(
      CompletableFuture<Void> from, CompletableFuture<Void> to, boolean success) {
    var unused =
        from.whenComplete(
            (done, failure) -> {
              if (failure != null) {
                to.completeExceptionally(failure);
              } else if (success) {
                to.complete(null);
              }
            });
  }

  /** How the command ended, once the channel is closed. */
  ExecResult result(ExecChannel channel) throws ExecutorException {
    ExecResult.Builder result = ExecResult.builder();
    Integer status = channel.exitStatus();
    String signal = channel.exitSignal();
    if (status != null) {
      result.exitStatus(status);
    } else if (signal != null) {
      result.exitSignal(signal.isEmpty() ? "UNKNOWN" : signal);
    } else {
      throw failure("the server closed the channel without an exit status", Phase.COMMAND, null);
    }
    if (stdout instanceof Capture capture) {
      result.stdout(capture.bytes(), capture.cut());
    }
    if (stderr instanceof Capture capture) {
      result.stderr(capture.bytes(), capture.cut());
    }
    return result.build();
  }

  // What goes wrong.

  ExecutorException failure(String why, Phase phase, @Nullable Throwable cause) {
    return new ExecutorException(
        connection.endpoint() + ": " + why + "; the command may have started and may still run",
        phase,
        true,
        Printable.cause(cause));
  }

  /** Sends KILL and closes the channel, without making the caller wait for a slow connection. */
  void letGo(ExecChannel channel) {
    Goodbye.say(channel, mayHaveStarted, lease.share());
  }

  /** The server's answer, or what the channel failed with. */
  static <T> T get(CompletableFuture<T> future, long nanos)
      throws IOException, TimeoutException, InterruptedException {
    try {
      return future.get(nanos, TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof IOException failure) {
        throw failure;
      }
      throw new IllegalStateException("a channel failed in an unknown way", cause);
    }
  }

  /** An interrupt while sshj waited for keys to be exchanged anew comes out of it in disguise. */
  static void passOnInterrupt(IOException e) throws InterruptedException {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof InterruptedException) {
        Thread.interrupted();
        throw (InterruptedException) new InterruptedException("interrupted").initCause(e);
      }
    }
  }
}
