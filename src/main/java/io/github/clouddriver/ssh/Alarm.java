package io.github.clouddriver.ssh;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Runs an action, once, if it is not switched off before its time. It waits on the Java runtime's
 * own timer, so that there is none of ours to stop. Safe for use by any thread.
 */
final class Alarm {
  private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final long againNanos;
  private final BiConsumer<String, Runnable> workers;
  private final String what;
  private final Runnable action;

  /** Done when it rings, or is switched off; a new one each time it is set. */
  private volatile CompletableFuture<Boolean> rings = new CompletableFuture<>();

  /** Written before {@link #rings} is read by whoever switches it off, and the other way round. */
  private volatile boolean off;

  private Alarm(
      long againNanos, BiConsumer<String, Runnable> workers, String what, Runnable action) {
    this.againNanos = againNanos;
    this.workers = workers;
    this.what = what;
    this.action = action;
  }

  /** The action runs on a thread of {@link Workers} and may block. */
  static Alarm after(long nanos, String what, Runnable action) {
    return after(nanos, what, action, Workers::run);
  }

  /** The action's thread is started by {@code workers}, as {@link Workers#run} does. */
  static Alarm after(
      long nanos, String what, Runnable action, BiConsumer<String, Runnable> workers) {
    return after(nanos, AGAIN_NANOS, what, action, workers);
  }

  /** Where there is no thread to be had, it is tried again, each time after {@code againNanos}. */
  static Alarm after(
      long nanos,
      long againNanos,
      String what,
      Runnable action,
      BiConsumer<String, Runnable> workers) {
    Alarm alarm = new Alarm(againNanos, workers, what, action);
    alarm.set(nanos);
    return alarm;
  }

  private void set(long nanos) {
    CompletableFuture<Boolean> next = new CompletableFuture<>();
    rings = next;
    if (!off) {
      var unused = next.thenAccept(this::ring);
      next.completeOnTimeout(true, nanos, TimeUnit.NANOSECONDS);
    }
  }

  private void ring(boolean rang) {
    if (!rang || off) {
      return;
    }
    try {
      workers.accept(what, action);
    } catch (RuntimeException | Error e) {
      // There is no thread to be had just now, but somebody relies on this.
      set(againNanos);
    }
  }

  /** Switches it off, unless it rang already, and takes it out of the timer. */
  void cancel() {
    off = true;
    rings.complete(false);
  }
}
