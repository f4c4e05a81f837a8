package io.github.clouddriver.memory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A clock that stands still until a test moves it.
 *
 * <p>Everything in a {@link MemoryCloud} that takes time (booting, lag, prices, rate limits,
 * scripted delays) follows its clock, so a test with this one never sleeps:
 *
 * <pre>{@code
 * ManualClock clock = ManualClock.at(Instant.parse("2026-01-01T00:00:00Z"));
 * MemoryCloud cloud = MemoryCloud.builder().clock(clock).bootDelay(Duration.ofMinutes(1)).build();
 * clock.advance(Duration.ofMinutes(1)); // whatever was booting is running
 * }</pre>
 *
 * <p>Safe for use by several threads, and by several clouds and other users of an {@link
 * InstantSource}. A thread that waits on it wakes as soon as the clock has reached its time.
 */
public final class ManualClock implements InstantSource {
  private final AtomicReference<Instant> now;
  private final Signal moved = new Signal();
  private final Arrivals waiting = new Arrivals();

  private ManualClock(Instant now) {
    this.now = new AtomicReference<>(Objects.requireNonNull(now, "now"));
  }

  /**
   * A clock that stands at some time.
   *
   * @param now what it shows until it is moved
   * @return a new clock
   */
  public static ManualClock at(Instant now) {
    return new ManualClock(now);
  }

  /**
   * What the clock shows.
   *
   * @return the time it was last moved to
   */
  @Override
  public Instant instant() {
    return now.get();
  }

  /**
   * Moves the clock forward and wakes whoever waited for a time up to the new one. Does not wait
   * for them to act.
   *
   * @param by how far; zero changes nothing
   * @return what the clock shows now
   * @throws IllegalArgumentException if the span is negative; {@link #set} turns a clock back
   */
  public Instant advance(Duration by) {
    if (by.isNegative()) {
      throw new IllegalArgumentException("advance by " + by + " would turn the clock back");
    }
    Instant reached = now.updateAndGet(time -> time.plus(by));
    moved.fire();
    return reached;
  }

  /**
   * Moves the clock to any time, and back too, as happens to the clock of a real host. Wakes
   * whoever waited for a time up to the new one.
   *
   * @param time what the clock shows from now on
   */
  public void set(Instant time) {
    now.set(Objects.requireNonNull(time, "time"));
    moved.fire();
  }

  /**
   * Waits, in real time, until calls wait for this clock; for a test that must not move it before.
   *
   * <p>It counts the calls that a {@link Fault#delay} holds back, in every cloud on this clock. A
   * delay begins with what the clock shows at that moment, so moving the clock too early would
   * leave the call waiting.
   *
   * @param calls how many, 1 or more
   * @param timeout how long to wait for them at the most
   * @throws IllegalStateException if fewer wait by then
   * @throws IllegalArgumentException if fewer than one are asked for
   * @throws InterruptedException if the calling thread was interrupted
   */
  public void awaitWaiting(int calls, Duration timeout) throws InterruptedException {
    waiting.await(calls, timeout, "wait for the clock, which shows " + instant());
  }

  /** Waits until the clock shows that time or a later one, or the set is stopped. */
  void waitUntil(Instant time, StopSignal stop) throws InterruptedException {
    waiting.enter();
    try {
      Signal.await(
          () -> stop.isStopped() || !instant().isBefore(time) ? 0 : Signal.UNTIL_FIRED,
          moved,
          stop.signal());
    } finally {
      waiting.leave();
    }
  }

  @Override
  public String toString() {
    return "ManualClock[" + instant() + "]";
  }
}
