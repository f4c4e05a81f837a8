package io.github.clouddriver.testkit;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How the kit waits: for a condition, up to a limit, and never for a fixed time.
 *
 * <p>The provider's time passes as the driver author says; what happens between threads takes real
 * time. Thread-safe.
 */
final class Pace {

  /**
   * The configuration parameter, or system property, that all the kit's own waits are scaled by.
   */
  static final String SCALE = "clouddriver.testkit.timeScale";

  /** The configuration parameter, or system property, for {@link #testLimit}, in seconds. */
  static final String TEST_LIMIT = "clouddriver.testkit.testLimit";

  private static final Duration FIRST_STEP = Duration.ofMillis(5);
  private static final Duration LONGEST_STEP = Duration.ofSeconds(5);

  /** Something that is to become true; may call the driver. */
  @FunctionalInterface
  interface Condition {
    boolean holds() throws Exception;
  }

  private final DriverUnderTest subject;
  private final double scale;
  private final Duration testLimit;

  Pace(DriverUnderTest subject, double scale, Duration testLimit) {
    this.subject = subject;
    this.scale = scale;
    this.testLimit = testLimit;
  }

  /** How long a whole test may take in real time, before it counts as hanging. */
  Duration testLimit() {
    return testLimit;
  }

  /** How long something at the provider may take. */
  Duration settle() {
    return scaled(subject.settleTimeout(), scale);
  }

  /** How long nothing must happen. */
  Duration quiet() {
    return scaled(subject.quietPeriod(), scale);
  }

  /** A bound that the contract sets, in real time: longer on a slow machine, never shorter. */
  Duration bound(Duration contract) {
    return scaled(contract, Math.max(1, scale));
  }

  private static Duration scaled(Duration time, double by) {
    return Duration.ofNanos((long) (time.toNanos() * by));
  }

  /**
   * Lets the provider's time pass until a condition holds.
   *
   * @param limit zero for asking once
   * @return whether it held within the limit
   */
  boolean until(Duration limit, Condition condition) throws Exception {
    Duration step = FIRST_STEP;
    Duration left = limit;
    while (!condition.holds()) {
      if (left.isZero()) {
        return false;
      }
      Duration now = step.compareTo(left) < 0 ? step : left;
      subject.pass(now);
      left = left.minus(now);
      step = step.multipliedBy(3).dividedBy(2);
      step = step.compareTo(LONGEST_STEP) < 0 ? step : LONGEST_STEP;
    }
    return true;
  }

  /** Whether a condition holds before what the provider may take is over. */
  boolean settles(Condition condition) throws Exception {
    return until(settle(), condition);
  }

  /** Whether a condition goes on holding for the quiet period. */
  boolean staysTrue(Condition condition) throws Exception {
    return !until(quiet(), () -> !condition.holds());
  }

  /** Waits in real time, as for another thread. */
  static boolean within(Duration limit, Condition condition) throws Exception {
    long end = System.nanoTime() + limit.toNanos();
    Semaphore nobody = new Semaphore(0);
    while (!condition.holds()) {
      if (System.nanoTime() - end >= 0) {
        return false;
      }
      if (nobody.tryAcquire(2, TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("nobody releases it");
      }
    }
    return true;
  }
}
