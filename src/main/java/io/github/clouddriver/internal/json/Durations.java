package io.github.clouddriver.internal.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as an operator writes them. */
final class Durations {
  private static final Pattern PART =
      Pattern.compile("(\\d{1,18}(?:\\.\\d{1,18})?)(d|h|ms|m|s|us|µs|ns)");
  private static final BigInteger NANOS_PER_SECOND = BigInteger.valueOf(1_000_000_000);
  private static final Map<String, BigDecimal> NANOS =
      Map.of(
          "d", nanos(Duration.ofDays(1)),
          "h", nanos(Duration.ofHours(1)),
          "m", nanos(Duration.ofMinutes(1)),
          "s", nanos(Duration.ofSeconds(1)),
          "ms", nanos(Duration.ofMillis(1)),
          "us", BigDecimal.valueOf(1000),
          "µs", BigDecimal.valueOf(1000),
          "ns", BigDecimal.ONE);

  private Durations() {}

  /**
   * Reads amounts with units, the larger unit first ({@code 30s}, {@code 1h30m}, {@code 1.5h}), or
   * ISO 8601 ({@code PT30S}).
   *
   * @throws RuntimeException of some kind, if it is none, a negative one, or one beyond nanoseconds
   *     or beyond {@link Duration}
   */
  static Duration parse(String text) {
    Duration duration = text.startsWith("P") ? Duration.parse(text) : sum(text);
    if (duration.isNegative()) {
      throw new IllegalArgumentException("negative");
    }
    return duration;
  }

  private static Duration sum(String text) {
    BigDecimal sum = BigDecimal.ZERO;
    BigDecimal larger = null;
    Matcher part = PART.matcher(text);
    for (int at = 0; larger == null || at < text.length(); at = part.end()) {
      if (!part.region(at, text.length()).lookingAt()) {
        throw new IllegalArgumentException("not a number with a unit");
      }
      BigDecimal unit = NANOS.get(part.group(2));
      if (larger != null && larger.compareTo(unit) <= 0) {
        throw new IllegalArgumentException("a unit twice, or a larger one after a smaller");
      }
      sum = sum.add(new BigDecimal(part.group(1)).multiply(unit));
      larger = unit;
    }
    BigInteger[] seconds = sum.toBigIntegerExact().divideAndRemainder(NANOS_PER_SECOND);
    return Duration.ofSeconds(seconds[0].longValueExact(), seconds[1].longValue());
  }

  private static BigDecimal nanos(Duration unit) {
    return BigDecimal.valueOf(unit.toNanos());
  }
}
