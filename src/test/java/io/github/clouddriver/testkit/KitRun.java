package io.github.clouddriver.testkit;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/**
 * What one run of the kit, all tests of one outermost class, knows across its tests. Thread-safe.
 */
final class KitRun {
  private static final Duration STOP = Duration.ofSeconds(5);
  private static final Duration IN_VAIN = Duration.ofMillis(50);

  private final double scale;
  private final Duration testLimit;
  private final KitReport report;
  private final Map<String, Breach> byTheWay = new ConcurrentHashMap<>();
  private final AtomicBoolean threadsOutlive = new AtomicBoolean();

  private KitRun(String name, double scale, Duration testLimit) {
    this.scale = scale;
    this.testLimit = testLimit;
    report = new KitReport(name);
  }

  static KitRun of(String name, ExtensionContext context) {
    return new KitRun(
        name,
        number(context, Pace.SCALE, 1),
        Duration.ofSeconds((long) number(context, Pace.TEST_LIMIT, 900)));
  }

  private static double number(ExtensionContext context, String key, double otherwise) {
    String text = context.getConfigurationParameter(key).orElse(String.valueOf(otherwise));
    try {
      double number = Double.parseDouble(text);
      if (number > 0 && number <= 1_000_000) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below, like any other number that makes no sense
    }
    throw new IllegalArgumentException(key + "=" + text + ": expected a number above 0");
  }

  double scale() {
    return scale;
  }

  Duration testLimit() {
    return testLimit;
  }

  KitReport report() {
    return report;
  }

  /** How long to wait for threads to end; a driver that has failed once is not waited for again. */
  Duration threadPatience(UnaryOperator<Duration> scaled) {
    return threadsOutlive.get() ? IN_VAIN : scaled.apply(STOP);
  }

  void threadsOutlive() {
    threadsOutlive.set(true);
  }

  /** What a test of that clause ends with, if this was raised in it. */
  Throwable judged(Clause clause, String test, Throwable raised) {
    if (raised instanceof TestAbortedException) {
      return raised;
    }
    Breach breach =
        raised instanceof Breach told
            ? told
            : new Breach(
                clause.number(),
                test + " ended with " + raised + ", which no call there may raise.",
                "the stack trace below; a remote call raises CloudException, InterruptedException"
                    + " or StoppedException.",
                raised);
    if (!breach.clause().equals(clause.number())) {
      byTheWay.putIfAbsent(breach.clause(), breach);
      return withCause(
          new Verdict.Skip(Verdict.NOT_JUDGED, "another clause was broken: " + breach.getMessage()),
          breach);
    }
    return clause.strength() == Clause.Strength.OPTIONAL
        ? withCause(new Verdict.Skip(Verdict.WEAK, breach.getMessage()), breach)
        : breach;
  }

  private static Throwable withCause(Throwable skip, Throwable cause) {
    return skip.getCause() == null ? skip.initCause(cause) : skip;
  }

  /** A breach that was only met by the way must not be lost where its own test has not run. */
  void failOnUnseenBreach() {
    byTheWay.forEach(
        (clause, breach) -> {
          if (!report.hasFailed(clause)) {
            throw breach;
          }
        });
  }
}
