package io.github.clouddriver.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Turns a Ctrl-C into an interrupt of the thread that works, and holds the end of the process back
 * until that thread has cleaned up: an instance that is left behind costs money.
 *
 * <p>Thread-safe: made and used by the working thread, and by the one that ends the process.
 */
final class ShutdownGuard {
  private final Thread worker = Thread.currentThread();
  private final CountDownLatch done = new CountDownLatch(1);

  /** Whether the clean-up has begun, which nothing may interrupt. Guarded by this. */
  private boolean cleaning;

  /**
   * Runs an action in the thread that made the guard.
   *
   * @param patience how long the end of the process is held back; asked when it ends
   * @param action what is interrupted by the end of the process, and then cleans up
   */
  void run(Supplier<Duration> patience, Steps.Action action) throws Exception {
    Thread hook = new Thread(() -> endProcess(patience.get()), "cloudtest-shutdown");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      action.run();
    } finally {
      done.countDown();
      remove(hook);
    }
  }

  /**
   * From now on the end of the process waits without an interrupt.
   *
   * @return whether the working thread had been interrupted, which it is no longer
   */
  synchronized boolean beginCleanUp() {
    cleaning = true;
    return Thread.interrupted();
  }

  /** What a Ctrl-C does: interrupts the work, but never the clean-up. */
  synchronized void interrupt() {
    if (!cleaning) {
      worker.interrupt();
    }
  }

  private void endProcess(Duration patience) {
    interrupt();
    try {
      if (!done.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        System.err.println("cloudtest: the clean-up did not end within " + patience);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the process ends all the same
    }
  }

  private static void remove(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending, which is what the hook was for: there is nothing left to remove.
      return;
    }
  }
}
