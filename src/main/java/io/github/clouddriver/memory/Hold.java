package io.github.clouddriver.memory;

import java.time.Duration;

/**
 * A fault that keeps a call waiting until the test releases it, so that a race has one outcome:
 *
 * <pre>{@code
 * Hold hold = Fault.hold();
 * cloud.faults().add(Operation.CREATE, hold);
 * // create in another thread, then here:
 * hold.awaitReached(Duration.ofSeconds(10)); // the create is at the provider's door
 * set.stop();                                // what the test is about
 * hold.release();
 * }</pre>
 *
 * <p>A held call ends early when its thread is interrupted or its set or cloud is stopped. One hold
 * may be added more than once and then holds several calls. Safe for use by several threads.
 */
public final class Hold implements Fault {
  private final Signal signal = new Signal();
  private final Arrivals reached = new Arrivals();
  private volatile boolean released;

  Hold() {}

  /**
   * Waits, in real time, until a call has reached this hold.
   *
   * @param timeout how long to wait for it at the most
   * @throws IllegalStateException if no call has reached it by then
   * @throws InterruptedException if the calling thread was interrupted
   */
  public void awaitReached(Duration timeout) throws InterruptedException {
    awaitReached(1, timeout);
  }

  /**
   * Waits, in real time, until several calls have reached this hold; those that have left it again
   * count too.
   *
   * @param calls how many, 1 or more
   * @param timeout how long to wait for them at the most
   * @throws IllegalStateException if fewer have reached it by then
   * @throws IllegalArgumentException if fewer than one are asked for
   * @throws InterruptedException if the calling thread was interrupted
   */
  public void awaitReached(int calls, Duration timeout) throws InterruptedException {
    reached.await(calls, timeout, "have reached the hold");
  }

  /** Lets every held call go on, and every later one pass. Once released it stays so. */
  public void release() {
    released = true;
    signal.fire();
  }

  /**
   * Holds the calling thread until released. Hold no lock.
   *
   * @return false if the set was stopped before
   */
  boolean pass(StopSignal stop) throws InterruptedException {
    reached.enter();
    Signal.await(
        () -> released || stop.isStopped() ? 0 : Signal.UNTIL_FIRED, signal, stop.signal());
    return !stop.isStopped();
  }

  @Override
  public String toString() {
    return released ? "hold (released)" : "hold";
  }
}
