package io.github.clouddriver.ssh;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Runs an action, once, if it is not switched off before its time. It waits on the Java runtime's
 * own timer, so that there is none of ours to stop. Safe for use by any thread.
 */
final class Alarm {
  private final CompletableFuture<Boolean> rings = new CompletableFuture<>();

  private Alarm() {}

  /** The action runs on a thread of {@link Workers} and may block. */
  static Alarm after(long nanos, String what, Runnable action) {
    Alarm alarm = new Alarm();
    var unused =
        alarm.rings.thenAccept(
            rang -> {
              if (rang) {
                Workers.run(what, action);
              }
            });
    alarm.rings.completeOnTimeout(true, nanos, TimeUnit.NANOSECONDS);
    return alarm;
  }

  /** Switches it off, unless it rang already, and takes it out of the timer. */
  void cancel() {
    rings.complete(false);
  }
}
