package io.github.clouddriver.memory;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Wakes the threads that wait for something, so that one wait can depend on several things: a clock
 * that moves, a hold that is released, a set that is stopped. Thread-safe; holds no lock.
 */
final class Signal {
  /** What {@link #await}'s question answers when only a signal can end the wait. */
  static final long UNTIL_FIRED = Long.MAX_VALUE;

  private final Set<Semaphore> waiting = ConcurrentHashMap.newKeySet();

  /** Makes everyone who waits for this signal look again. */
  void fire() {
    waiting.forEach(Semaphore::release);
  }

  /**
   * Waits until a question is answered with zero or less, asking at once, after each signal, and
   * after the nanoseconds of the last answer.
   *
   * @param nanosLeft asked without any lock held
   * @param signals what may change the answer; fired after the change
   * @throws InterruptedException at once if the thread is interrupted while it waits
   */
  static void await(LongSupplier nanosLeft, Signal... signals) throws InterruptedException {
    Semaphore wake = new Semaphore(0);
    for (Signal signal : signals) {
      signal.waiting.add(wake);
    }
    try {
      // Registered first, asked second: a change in between leaves a permit, so none is missed.
      for (long left = nanosLeft.getAsLong(); left > 0; left = nanosLeft.getAsLong()) {
        if (wake.tryAcquire(left, TimeUnit.NANOSECONDS)) {
          wake.drainPermits();
        }
      }
    } finally {
      for (Signal signal : signals) {
        signal.waiting.remove(wake);
      }
    }
  }
}
