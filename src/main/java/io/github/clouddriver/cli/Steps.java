package io.github.clouddriver.cli;

import io.github.clouddriver.error.CloudErrors;
import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.error.RateLimitError;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Runs named steps one after another, prints each with its duration, and waits within one. Used by
 * one thread.
 */
final class Steps {
  private final Report report;
  private final LongSupplier nanoTime;
  private final InstantSource clock;
  private final Duration pollInterval;
  private String current = "";
  private long began;
  private int passed;
  private @Nullable String failed;

  /**
   * Steps that are printed to a report.
   *
   * @param nanoTime a monotonic clock
   * @param clock what the provider's retry times are compared with
   * @param pollInterval the pause between two looks at the same thing
   */
  Steps(Report report, LongSupplier nanoTime, InstantSource clock, Duration pollInterval) {
    this.report = report;
    this.nanoTime = nanoTime;
    this.clock = clock;
    this.pollInterval = pollInterval;
  }

  /** One look at something that takes its time. */
  interface Look<T> {
    /** What was waited for, or empty; says by {@link Steps#progress} how far it is. */
    Optional<T> look() throws Exception;
  }

  /** What a step without a result does. */
  interface Action {
    /** Does it, or throws what is wrong. */
    void run() throws Exception;
  }

  /** As {@link #run}, without a result. */
  void take(String name, Action body) throws Exception {
    run(
        name,
        () -> {
          body.run();
          return true;
        });
  }

  /** Runs one step; whatever it throws is printed by the caller as its failure. */
  <T> T run(String name, Callable<T> body) throws Exception {
    current = name;
    began = nanoTime.getAsLong();
    T result;
    try {
      result = body.call();
    } catch (Exception | Error e) {
      report.failed(name, elapsed());
      failed = failed == null ? name : failed;
      throw e;
    }
    report.passed(name, elapsed());
    passed += failed == null ? 1 : 0; // what cleans up after a failure is no progress
    return result;
  }

  /** Says how far the step is that runs. */
  void progress(String state) {
    report.progress(current, elapsed(), state);
  }

  /**
   * Looks again and again until there is something. A look that the provider or the instance
   * refuses is repeated too, no earlier than a rate limit allows.
   *
   * @throws StepFailedException if there is nothing by the time-out, with the last refusal
   */
  <T> T await(String what, Duration timeout, Look<T> look) throws Exception {
    return await(what, timeout, failure -> true, look);
  }

  /** As {@link #await(String, Duration, Look)}, but some refusals end the wait at once. */
  <T> T await(String what, Duration timeout, Predicate<Exception> repeatable, Look<T> look)
      throws Exception {
    long deadline = nanoTime.getAsLong() + timeout.toNanos();
    Exception lastFailure = null;
    while (true) {
      Duration pause = pollInterval;
      try {
        Optional<T> found = look.look();
        if (found.isPresent()) {
          return found.get();
        }
        lastFailure = null;
      } catch (CloudException | IOException e) {
        if (!repeatable.test(e)) {
          throw e;
        }
        lastFailure = e;
        pause = max(pollInterval, untilRetry(e));
        progress(String.valueOf(e.getMessage()));
      }
      if (nanoTime.getAsLong() + pause.toNanos() - deadline > 0) {
        throw new StepFailedException(
            what + " did not happen within " + Report.seconds(timeout), lastFailure);
      }
      Thread.sleep(pause.toMillis());
    }
  }

  private Duration untilRetry(Exception e) {
    return CloudErrors.find(e, RateLimitError.class)
        .map(limit -> Duration.between(clock.instant(), limit.earliestRetry()))
        .orElse(Duration.ZERO);
  }

  private static Duration max(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  /** The first step that failed. */
  Optional<String> failed() {
    return Optional.ofNullable(failed);
  }

  /** How many steps have passed before the first that failed. */
  int passed() {
    return passed;
  }

  /** How long the step that runs has taken. */
  Duration elapsed() {
    return Duration.ofNanos(nanoTime.getAsLong() - began);
  }
}
