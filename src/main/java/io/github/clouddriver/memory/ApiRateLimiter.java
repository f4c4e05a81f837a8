package io.github.clouddriver.memory;

import io.github.clouddriver.error.RateLimitException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The provider's limit on API calls of one account: a token bucket that holds one interval's calls
 * and fills evenly. Thread-safe; never waits.
 *
 * <p>A refusal tells when a token will surely be there. Who asks again too early is told to wait
 * longer each time, twice as long, up to a whole interval, after which the bucket is full; any call
 * that is let through starts that from the smallest delay again (clause X1).
 */
final class ApiRateLimiter {
  private final int calls;
  private final Duration interval;
  private final Duration perCall; // how long a token takes
  private final InstantSource time;

  private final ReentrantLock lock = new ReentrantLock();
  private Instant full; // when the bucket is full again; guarded by lock
  private Duration delay; // what the next refusal suggests; guarded by lock

  /**
   * A limiter whose bucket is full.
   *
   * @param calls how many calls an interval allows, 1 or more
   * @param interval more than zero
   */
  ApiRateLimiter(int calls, Duration interval, InstantSource time) {
    if (calls < 1 || interval.isNegative() || interval.isZero()) {
      throw new IllegalArgumentException(
          "a limit of " + calls + " calls in " + interval + " lets nothing through");
    }
    this.calls = calls;
    this.interval = interval;
    this.perCall = interval.dividedBy(calls);
    this.time = Objects.requireNonNull(time, "time");
    this.full = time.instant();
    this.delay = perCall;
  }

  /**
   * Counts a call.
   *
   * @param requestId the provider's id of the request
   * @throws RateLimitException if it is one too many; its retry time lies in the future
   */
  void check(Operation operation, String requestId) throws RateLimitException {
    Instant retry = take();
    if (retry != null) {
      throw new RateLimitException(
          operation + ": more calls than " + calls + " in " + interval,
          retry,
          null,
          "RequestLimitExceeded",
          requestId);
    }
  }

  /** Takes a token; if there is none, tells when to try again. */
  private @Nullable Instant take() {
    lock.lock();
    try {
      Instant now = time.instant();
      if (full.isAfter(now.plus(interval))) {
        full = now.plus(interval); // the clock was turned back; the bucket is empty at the worst
      }
      Instant token = full.minus(interval).plus(perCall);
      if (!token.isAfter(now)) {
        full = (full.isAfter(now) ? full : now).plus(perCall);
        delay = perCall;
        return null;
      }
      Instant suggested = now.plus(delay); // no token takes longer than the smallest delay
      Duration twice = delay.multipliedBy(2);
      delay = twice.compareTo(interval) < 0 ? twice : interval;
      return suggested;
    } finally {
      lock.unlock();
    }
  }
}
