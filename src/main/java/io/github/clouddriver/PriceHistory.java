package io.github.clouddriver;

import static java.math.MathContext.DECIMAL128;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/** Puts price histories in order and adds up what they cost (clauses P1 to P5). Pure. */
public final class PriceHistory {
  private static final BigDecimal NANOS_PER_HOUR =
      BigDecimal.valueOf(Duration.ofHours(1).toNanos());

  private PriceHistory() {}

  /**
   * Sorts prices, most recent first, and removes what adds nothing.
   *
   * <p>Of several rows with one start time the highest price stays, so that a cost is never
   * underestimated (P3); of neighbours in time with an equal price the oldest stays, since a price
   * holds from its start (P1). The result does not depend on the order of the input, and
   * normalising it again changes nothing. Takes O(n log n) (P4).
   *
   * @param prices the rows in any order; not changed (P2)
   * @return a new unmodifiable list
   */
  public static List<InstancePrice> normalizePriceHistory(Collection<InstancePrice> prices) {
    InstancePrice[] rows = prices.toArray(InstancePrice[]::new);
    // Sorted the way they lie already, as providers answer in order: to turn a million rows round
    // takes longer than to see that they are sorted.
    boolean oldestFirst = oldestFirst(rows);
    Arrays.sort(
        rows, oldestFirst ? PriceHistory::oldestThenLowest : (a, b) -> oldestThenLowest(b, a));
    InstancePrice[] kept = new InstancePrice[rows.length];
    int size = 0;
    for (int i = 0; i < rows.length; i++) {
      InstancePrice row = rows[oldestFirst ? rows.length - 1 - i : i];
      if (size > 0) {
        InstancePrice later = kept[size - 1];
        if (row.startTime().equals(later.startTime())) {
          continue; // the highest price of this instant came first
        }
        if (row.price().compareTo(later.price()) == 0) {
          size--; // the same price held even earlier
        }
      }
      kept[size++] = row;
    }
    return Collections.unmodifiableList(
        Arrays.asList(size == kept.length ? kept : Arrays.copyOf(kept, size)));
  }

  private static boolean oldestFirst(InstancePrice[] rows) {
    return rows.length > 0 && rows[0].startTime().isBefore(rows[rows.length - 1].startTime());
  }

  private static int oldestThenLowest(InstancePrice a, InstancePrice b) {
    int byTime = a.startTime().compareTo(b.startTime());
    return byTime != 0 ? byTime : a.price().compareTo(b.price());
  }

  /**
   * What an instance with this history cost over a span of time (P5).
   *
   * <p>Each price holds from its start until the next one's; the oldest holds before its start too.
   * Multiplies before it divides, in {@link MathContext#DECIMAL128}.
   *
   * @param history prices in any order, at least one
   * @param from the beginning of the span
   * @param to the end of the span, not before its beginning
   * @return the cost in the currency of the prices
   * @throws IllegalArgumentException if the history is empty, or the span ends before it begins
   */
  public static BigDecimal cost(List<InstancePrice> history, Instant from, Instant to) {
    if (history.isEmpty()) {
      throw new IllegalArgumentException("a cost cannot be told from an empty price history");
    }
    if (from.isAfter(to)) {
      throw new IllegalArgumentException("the span from " + from + " ends before, at " + to);
    }
    BigDecimal sum = BigDecimal.ZERO; // of price per hour times nanoseconds
    Instant end = to;
    for (Iterator<InstancePrice> rows = normalizePriceHistory(history).iterator();
        rows.hasNext() && end.isAfter(from); ) {
      InstancePrice row = rows.next();
      Instant start = rows.hasNext() && row.startTime().isAfter(from) ? row.startTime() : from;
      if (start.isBefore(end)) {
        BigDecimal span = nanos(start, end);
        sum = sum.add(row.price().multiply(span, DECIMAL128), DECIMAL128);
        end = start;
      }
    }
    return sum.divide(NANOS_PER_HOUR, DECIMAL128);
  }

  /** As a decimal, since a {@code long} holds no more than 292 years of nanoseconds. */
  private static BigDecimal nanos(Instant from, Instant to) {
    Duration span = Duration.between(from, to);
    return BigDecimal.valueOf(span.getSeconds())
        .scaleByPowerOfTen(9)
        .add(BigDecimal.valueOf(span.getNano()));
  }
}
