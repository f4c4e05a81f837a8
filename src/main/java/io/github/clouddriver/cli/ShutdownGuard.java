package io.github.clouddriver.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns a Ctrl-C into an interrupt of the thread that works, and holds the end of the process back
 * until that thread has cleaned up: an instance that is left behind costs money.
 */
final class ShutdownGuard {
  private ShutdownGuard() {}

  /**
   * Runs an action in the calling thread under guard.
   *
   * @param patience how long the end of the process is held back
   * @param action what is interrupted by the end of the process, and then cleans up
   */
  static void run(Duration patience, Steps.Action action) throws Exception {
    Thread worker = Thread.currentThread();
    CountDownLatch done = new CountDownLatch(1);
    Thread hook = new Thread(() -> interruptAndWait(worker, done, patience), "cloudtest-shutdown");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      action.run();
    } finally {
      done.countDown();
      remove(hook);
    }
  }

  private static void interruptAndWait(Thread worker, CountDownLatch done, Duration patience) {
    worker.interrupt();
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
