package io.github.clouddriver.memory;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts the threads at some place, so that a test can wait for them. Thread-safe. */
final class Arrivals {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private int count; // guarded by lock

  void enter() {
    lock.lock();
    try {
      count++;
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void leave() {
    lock.lock();
    try {
      count--;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until so many are there.
   *
   * @param place for the message
   * @throws IllegalStateException if they are not after that long in real time
   */
  void await(int atLeast, Duration timeout, String place) throws InterruptedException {
    if (atLeast < 1) {
      throw new IllegalArgumentException("cannot wait for " + atLeast + " calls");
    }
    lock.lockInterruptibly();
    try {
      long left = TimeUnit.NANOSECONDS.convert(timeout);
      while (count < atLeast) {
        if (left <= 0) {
          throw new IllegalStateException(
              "after " + timeout + " only " + count + " of " + atLeast + " calls " + place);
        }
        left = arrived.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}
