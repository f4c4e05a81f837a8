package io.github.clouddriver.testkit;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A call in a thread of its own. Thread-safe. */
final class InFlight<T> {
  private final FutureTask<T> task;
  private final Thread thread;
  private volatile long endedAt;

  InFlight(SetThreads threads, Callable<T> call) {
    task =
        new FutureTask<>(call) {
          @Override
          protected void done() {
            endedAt = System.nanoTime();
          }
        };
    thread = threads.start("contract kit, a call in flight", task);
  }

  boolean isDone() {
    return task.isDone();
  }

  void interrupt() {
    thread.interrupt();
  }

  /** When it ended, by the JVM's own clock; for a call that is done. */
  long endedAt() {
    return endedAt;
  }

  /** Where it is, for a call that hangs. */
  String where() {
    return String.join(
        "\n    at ",
        Arrays.stream(thread.getStackTrace()).limit(20).map(Object::toString).toList());
  }

  /** Waits for the end; false if it goes on. */
  boolean ends(Duration limit) throws InterruptedException {
    try {
      task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      return true;
    } catch (TimeoutException e) {
      return false;
    }
    return true;
  }

  /** What an ended call raised; null if it returned. */
  @Nullable Throwable raised() throws InterruptedException {
    try {
      task.get();
      return null;
    } catch (ExecutionException e) {
      return e.getCause();
    }
  }

  /** What an ended call returned. */
  T result() throws Exception {
    return task.get();
  }
}
