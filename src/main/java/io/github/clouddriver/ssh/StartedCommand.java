package io.github.clouddriver.ssh;

import io.github.clouddriver.exec.ExecResult;
import io.github.clouddriver.exec.ExecutorException;
import io.github.clouddriver.exec.Phase;
import io.github.clouddriver.exec.RunningCommand;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A command that the server has started, and its one outcome, which is decided by whatever comes
 * first: the command's end, a failure, the deadline, or a close. Safe for use by any thread.
 */
final class StartedCommand implements RunningCommand {
  private static final Pattern SIGNAL =
      Pattern.compile("(?!SIG)[A-Z0-9]{1,16}|[\\x21-\\x7e&&[^@]]{1,64}@[\\x21-\\x7e&&[^@]]{1,64}");

  private final CommandRun run;
  private final ExecChannel channel;
  private final Lease lease;

  /** Whoever completes it gives back what the command used. */
  private final CompletableFuture<Void> outcome = new CompletableFuture<>();

  /** Null until it is set. Written before {@link #outcome} is read, and the other way round. */
  private volatile @Nullable Alarm deadline;

  private StartedCommand(CommandRun run, ExecChannel channel, Lease lease) {
    this.run = run;
    this.channel = channel;
    this.lease = lease;
  }

  /**
   * The handle of a started command.
   *
   * @param over done when the command is over
   * @param lease the command's own, given back at its end
   */
  static StartedCommand of(
      CommandRun run, ExecChannel channel, CompletableFuture<Void> over, Lease lease) {
    StartedCommand started = new StartedCommand(run, channel, lease);
    started.setDeadline();
    var unused = over.whenComplete((done, failure) -> started.ended(failure));
    return started;
  }

  private void setDeadline() {
    Alarm alarm =
        Alarm.after(
            run.remainingNanos(channel),
            "end a command on " + lease.connection().endpoint(),
            () -> fail(run.tookTooLong()));
    deadline = alarm;
    if (outcome.isDone()) {
      alarm.cancel();
    }
  }

  private void ended(@Nullable Throwable failure) {
    if (failure instanceof IOException known) {
      fail(run.failure(channel, known));
    } else if (failure != null) {
      fail(run.failure(channel, new IOException(failure)));
    } else if (outcome.complete(null)) {
      release();
    }
  }

  private void fail(ExecutorException why) {
    if (outcome.completeExceptionally(why)) {
      run.abandonOutput();
      run.letGo(channel);
      release();
    }
  }

  private void release() {
    lease.release();
    Alarm alarm = deadline;
    if (alarm != null) {
      alarm.cancel();
    }
  }

  @Override
  public ExecResult await() throws IOException, InterruptedException {
    try {
      outcome.get();
    } catch (ExecutionException e) {
      throw again(e);
    } catch (InterruptedException e) {
      throw interrupted();
    }
    return run.result(channel);
  }

  @Override
  public Optional<ExecResult> await(Duration limit) throws IOException, InterruptedException {
    try {
      outcome.get(Deadline.nanos(limit), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      throw again(e);
    } catch (InterruptedException e) {
      throw interrupted();
    }
    return Optional.of(run.result(channel));
  }

  /** A new exception for each of those who wait. */
  private static ExecutorException again(ExecutionException outcome) {
    if (outcome.getCause() instanceof ExecutorException why) {
      return new ExecutorException(
          Objects.requireNonNull(why.getMessage()),
          why.phase(),
          why.commandMayHaveStarted(),
          why.getCause());
    }
    throw new IllegalStateException("an outcome is of no other kind", outcome);
  }

  private InterruptedException interrupted() {
    return new InterruptedException(
        "interrupted while waiting for a command, which goes on, on "
            + lease.connection().endpoint());
  }

  @Override
  public boolean isRunning() {
    return !outcome.isDone();
  }

  @Override
  public void signal(String name) throws IOException, InterruptedException {
    if (!SIGNAL.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a signal has a name such as TERM, without SIG (RFC 4254, section 6.10)");
    }
    if (!isRunning()) {
      return;
    }
    run.signal(channel, name);
  }

  @Override
  public void close() {
    if (isRunning()) {
      fail(run.failure("its handle was closed, and it was sent KILL", Phase.COMMAND, null));
    }
  }
}
