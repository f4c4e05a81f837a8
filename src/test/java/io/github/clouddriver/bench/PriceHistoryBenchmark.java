package io.github.clouddriver.bench;

import static java.util.Comparator.comparing;

import io.github.clouddriver.InstancePrice;
import io.github.clouddriver.PriceHistory;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What normalising a price history costs beside merely sorting the same rows (clause P4). */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime) // its lower percentiles are steady on a busy machine too
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xms2g", "-Xmx2g"})
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
public class PriceHistoryBenchmark {
  private static final Instant START = Instant.parse("2022-05-01T00:00:00Z");
  private static final Comparator<InstancePrice> BY_TIME_AND_PRICE =
      comparing(InstancePrice::startTime).thenComparing(InstancePrice::price);

  /** How the rows lie. */
  public enum Order {
    /** Times and prices at random, nearly every time its own. */
    RANDOM,
    /** Oldest first. */
    OLDEST_FIRST,
    /** Newest first, as most providers answer. */
    NEWEST_FIRST,
    /** Only 1,000 times, each with 1,000 rows of different prices. */
    FEW_TIMES,
    /** Times at random, one price. */
    EQUAL_PRICES
  }

  /** How many rows. */
  @Param("1000000")
  public int rows;

  /** How they lie. */
  @Param public Order order;

  private List<InstancePrice> prices = List.of();

  /** Makes the rows one after another, as a provider's answer is read; the same ones every time. */
  @Setup
  public void makeRows() {
    Random random = new Random(1);
    long[] millis =
        random
            .ints(rows, 0, order == Order.FEW_TIMES ? 1000 : 2_000_000_000)
            .mapToLong(i -> order == Order.FEW_TIMES ? i * 60_000L : i)
            .toArray();
    if (order == Order.OLDEST_FIRST || order == Order.NEWEST_FIRST) {
      Arrays.sort(millis);
    }
    List<InstancePrice> made = new ArrayList<>(rows);
    for (int i = 0; i < rows; i++) {
      long time = millis[order == Order.NEWEST_FIRST ? rows - 1 - i : i];
      long micros = order == Order.EQUAL_PRICES ? 466_400 : random.nextInt(5_000_000);
      made.add(new InstancePrice(START.plusMillis(time), BigDecimal.valueOf(micros, 6)));
    }
    prices = made;
  }

  /** The measure: a sort by time and price. */
  @Benchmark
  public List<InstancePrice> sort() {
    List<InstancePrice> sorted = new ArrayList<>(prices);
    sorted.sort(BY_TIME_AND_PRICE);
    return sorted;
  }

  /** The library's own work. */
  @Benchmark
  public List<InstancePrice> normalise() {
    return PriceHistory.normalizePriceHistory(prices);
  }
}
