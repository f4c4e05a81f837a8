package io.github.clouddriver.memory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * The time of one cloud, and waits that follow it. Thread-safe.
 *
 * <p>A {@link ManualClock} wakes its waiters itself. Any other source is asked again and again: it
 * may be the system's clock, which must not be overslept when somebody sets it, or a test's own.
 */
final class CloudTime implements InstantSource {
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(20);

  private final InstantSource source;

  CloudTime(InstantSource source) {
    this.source = Objects.requireNonNull(source, "source");
  }

  @Override
  public Instant instant() {
    return source.instant();
  }

  /**
   * Waits for a span that begins now. Hold no lock.
   *
   * @return false if the set was stopped before
   * @throws InterruptedException at once if the thread is interrupted while it waits
   */
  boolean sleep(Duration span, StopSignal stop) throws InterruptedException {
    return sleepUntil(instant().plus(span), stop);
  }

  /**
   * Waits until that time, not at all if it is past. Hold no lock.
   *
   * @return false if the set was stopped before
   * @throws InterruptedException at once if the thread is interrupted while it waits
   */
  boolean sleepUntil(Instant time, StopSignal stop) throws InterruptedException {
    if (source instanceof ManualClock clock) {
      clock.waitUntil(time, stop);
    } else {
      Signal.await(() -> stop.isStopped() ? 0 : pause(time), stop.signal());
    }
    return !stop.isStopped();
  }

  private long pause(Instant time) {
    Duration left = Duration.between(instant(), time);
    return TimeUnit.NANOSECONDS.convert(left.compareTo(LONGEST_PAUSE) < 0 ? left : LONGEST_PAUSE);
  }
}
