package io.github.clouddriver;

import static java.math.MathContext.DECIMAL128;
import static java.util.Comparator.comparing;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.RandomAccess;

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
    if (prices.isEmpty()) {
      return List.of();
    }
    List<InstancePrice> rows =
        prices instanceof List<InstancePrice> list && prices instanceof RandomAccess
            ? list
            : new ArrayList<>(prices);
    Instant first = rows.get(0).startTime();
    boolean newestFirst = first.isAfter(rows.get(rows.size() - 1).startTime());
    InstancePrice[] kept = new InstancePrice[rows.size()];
    int start = keepChanges(rows, newestFirst, kept);
    if (start < 0) {
      List<InstancePrice> sorted = new ArrayList<>(rows);
      sorted.sort(comparing(InstancePrice::startTime));
      start = keepChanges(sorted, false, kept);
    }
    return Collections.unmodifiableList(
        Arrays.asList(start == 0 ? kept : Arrays.copyOfRange(kept, start, kept.length)));
  }

  /**
   * Goes through rows from the oldest to the newest and fills {@code kept} from its end. Tries it
   * before any sort, since providers answer in order and each look at a million rows costs as much
   * as seeing that they are sorted.
   *
   * @return where what is kept starts; negative if the rows are not in order after all
   */
  @SuppressWarnings("BigDecimalEquals") // right without trailing zeros, and quicker than compareTo
  private static int keepChanges(
      List<InstancePrice> rows, boolean newestFirst, InstancePrice[] kept) {
    int start = kept.length;
    BigDecimal before = null;
    InstancePrice highest = rows.get(newestFirst ? rows.size() - 1 : 0); // of its instant
    Instant time = highest.startTime();
    BigDecimal price = highest.price();
    for (int i = 1; i < rows.size(); i++) {
      InstancePrice row = rows.get(newestFirst ? rows.size() - 1 - i : i);
      int byTime = row.startTime().compareTo(time);
      if (byTime < 0) {
        return -1;
      }
      if (byTime == 0 && row.price().compareTo(price) <= 0) {
        continue;
      }
      if (byTime > 0 && !price.equals(before)) {
        kept[--start] = highest;
        before = price;
      }
      highest = row;
      time = row.startTime();
      price = row.price();
    }
    if (!price.equals(before)) {
      kept[--start] = highest;
    }
    return start;
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
