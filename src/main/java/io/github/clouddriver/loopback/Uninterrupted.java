package io.github.clouddriver.loopback;

import java.time.Duration;

/** Short waits that an interrupt does not cut short, since what follows has to be done anyway. */
final class Uninterrupted {
  private Uninterrupted() {}

  /** A wait with a limit. */
  @FunctionalInterface
  interface Wait {
    boolean within(long nanos) throws InterruptedException;
  }

  /**
   * Waits. A thread that was or is interrupted still is so afterwards.
   *
   * @return what the wait told; false if the limit was over
   */
  static boolean await(Duration limit, Wait wait) {
    long deadline = System.nanoTime() + limit.toNanos();
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return wait.within(Math.max(0, deadline - System.nanoTime()));
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
