package io.github.clouddriver.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;

/** A call in a thread of its own, so that a test can watch it wait. */
final class InThread<T> {
  /** Long enough on any machine; a test that works never waits for it. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private final FutureTask<T> task;
  private final Thread thread;

  private InThread(Callable<T> call) {
    task = new FutureTask<>(call);
    thread = new Thread(task, "call under test");
    thread.setDaemon(true);
    thread.start();
  }

  static <T> InThread<T> start(Callable<T> call) {
    return new InThread<>(call);
  }

  /** A call that a hold has stopped on its way. */
  static <T> InThread<T> heldBy(Hold hold, Callable<T> call) throws InterruptedException {
    InThread<T> held = new InThread<>(call);
    hold.awaitReached(PATIENCE);
    return held;
  }

  /** Waits until the thread waits for something. */
  InThread<T> awaitWaiting() {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(2))
        .until(
            () ->
                EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING)
                    .contains(thread.getState()));
    assertThat(task).isNotDone();
    return this;
  }

  boolean isDone() {
    return task.isDone();
  }

  void interrupt() {
    thread.interrupt();
  }

  T result() throws Exception {
    return result(PATIENCE);
  }

  T result(Duration within) throws Exception {
    try {
      return task.get(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("the call has not ended within " + within, e);
    }
  }

  /** What the call raised. */
  Throwable failure() throws Exception {
    return failure(PATIENCE);
  }

  Throwable failure(Duration within) throws Exception {
    try {
      throw new AssertionError("the call returned " + result(within));
    } catch (ExecutionException e) {
      return e.getCause();
    }
  }
}
