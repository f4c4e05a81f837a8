package io.github.clouddriver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Clause P5. */
class PriceHistoryCostTest {
  private static final Instant NOON = Instant.parse("2022-05-31T12:00:00Z");

  private static InstancePrice at(int minute, String price) {
    return InstancePrice.of(minute(minute), price);
  }

  private static Instant minute(int minute) {
    return NOON.plusSeconds(60L * minute);
  }

  private static BigDecimal cost(int from, int to, InstancePrice... history) {
    return PriceHistory.cost(List.of(history), minute(from), minute(to));
  }

  @Test
  void anHourCostsTheHourlyPrice() {
    assertThat(cost(0, 60, at(0, "0.4664"))).isEqualByComparingTo("0.4664");
    assertThat(cost(0, 60, at(0, "20"))).isEqualByComparingTo("20");
  }

  @Test
  void eachPriceHoldsUntilTheNextOneStarts() {
    assertThat(cost(0, 60, at(0, "1"), at(15, "2"), at(45, "4"))).isEqualByComparingTo("2.25");
  }

  @Test
  void onlyTheSpanCounts() {
    InstancePrice[] history = {at(0, "1"), at(15, "2"), at(45, "4")};
    assertThat(cost(20, 35, history)).as("within one price").isEqualByComparingTo("0.5");
    assertThat(cost(30, 60, history)).as("from the middle of one").isEqualByComparingTo("1.5");
    assertThat(cost(15, 45, history)).as("exactly one price").isEqualByComparingTo("1");
    assertThat(cost(45, 60, history)).as("from a change on").isEqualByComparingTo("1");
    assertThat(cost(0, 15, history)).as("up to a change").isEqualByComparingTo("0.25");
  }

  @Test
  void theOldestPriceHoldsBeforeItsStartToo() {
    assertThat(cost(-60, 0, at(0, "3"), at(30, "5"))).isEqualByComparingTo("3");
    assertThat(cost(-60, 60, at(0, "3"), at(30, "5"))).isEqualByComparingTo("7");
    assertThat(cost(-60, -30, at(0, "3"), at(30, "5"))).isEqualByComparingTo("1.5");
  }

  @Test
  void theNewestPriceHoldsFromThenOn() {
    assertThat(cost(600, 660, at(0, "3"), at(30, "5"))).isEqualByComparingTo("5");
  }

  @Test
  void anEmptySpanCostsNothing() {
    for (int minute : new int[] {-1, 0, 10, 30, 31}) {
      assertThat(cost(minute, minute, at(0, "3"), at(30, "5"))).isEqualTo(BigDecimal.ZERO);
    }
    assertThat(PriceHistory.cost(List.of(at(0, "3")), Instant.MIN, Instant.MIN)).isZero();
    assertThat(PriceHistory.cost(List.of(at(0, "3")), Instant.MAX, Instant.MAX)).isZero();
  }

  @Test
  void theHistoryNeedNotBeInOrder() {
    assertThat(cost(0, 60, at(45, "4"), at(0, "1"), at(15, "2"), at(15, "1"), at(20, "2")))
        .isEqualByComparingTo("2.25");
  }

  @Test
  void multipliesBeforeItDivides() {
    assertThat(cost(0, 20, at(0, "3"))).isEqualTo(BigDecimal.ONE);
    assertThat(cost(0, 1, at(0, "0.06"))).isEqualByComparingTo("0.001");
  }

  @Test
  void roundsTo34Digits() {
    BigDecimal third = cost(0, 20, at(0, "1"));
    assertThat(third).isEqualTo(new BigDecimal("0." + "3".repeat(34)));
    assertThat(cost(0, 20, at(0, "2"))).isEqualTo(new BigDecimal("0." + "6".repeat(33) + "7"));
  }

  @Test
  void countsNanoseconds() {
    assertThat(PriceHistory.cost(List.of(at(0, "3600")), NOON, NOON.plusNanos(1)))
        .isEqualByComparingTo("0.000000001");
    Instant from = Instant.ofEpochSecond(9, 999_999_999);
    assertThat(PriceHistory.cost(List.of(at(0, "3600")), from, Instant.ofEpochSecond(11, 1)))
        .isEqualByComparingTo("1.000000002");
  }

  @Test
  void aSpanMayBeAsLongAsTimeItself() {
    BigDecimal nanos =
        new BigDecimal(
            BigInteger.valueOf(Instant.MAX.getEpochSecond())
                .subtract(BigInteger.valueOf(Instant.MIN.getEpochSecond()))
                .multiply(BigInteger.valueOf(1_000_000_000))
                .add(BigInteger.valueOf(999_999_999)));
    // 3.6 millionths an hour are a quintillionth for each nanosecond.
    assertThat(PriceHistory.cost(List.of(at(0, "0.0000036")), Instant.MIN, Instant.MAX))
        .isEqualByComparingTo(nanos.movePointLeft(18));
    InstancePrice first = new InstancePrice(Instant.MIN, BigDecimal.ONE);
    InstancePrice last = new InstancePrice(Instant.MAX, BigDecimal.TEN);
    assertThat(PriceHistory.cost(List.of(first, last), Instant.MAX.minusSeconds(3600), Instant.MAX))
        .isEqualByComparingTo("1");
    assertThat(PriceHistory.cost(List.of(first, last), Instant.MIN, Instant.MIN.plusSeconds(3600)))
        .isEqualByComparingTo("1");
  }

  @Test
  void anEmptyHistoryIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PriceHistory.cost(List.of(), NOON, NOON))
        .withMessageContaining("empty price history");
  }

  @Test
  void aSpanThatEndsBeforeItBeginsIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PriceHistory.cost(List.of(at(0, "1")), NOON, NOON.minusNanos(1)))
        .withMessageContaining(NOON.toString())
        .withMessageContaining(NOON.minusNanos(1).toString());
  }

  static LongStream seeds() {
    return new Random().longs(20);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void randomHistoriesCostWhatTheSumOverEachSecondSays(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      List<InstancePrice> rows = new ArrayList<>(PriceHistoryModel.random(random, 40));
      rows.add(new InstancePrice(PriceHistoryModel.START.plusSeconds(7), BigDecimal.TEN));
      Instant from = PriceHistoryModel.START.plusSeconds(random.nextInt(60) - 10);
      Instant to = from.plusSeconds(random.nextInt(60));
      BigDecimal expected = PriceHistoryModel.cost(rows, from, to);
      for (int order = 0; order < 3; order++) {
        Collections.shuffle(rows, random);
        assertThat(PriceHistory.cost(rows, from, to))
            .as("%s from %s to %s", rows, from, to)
            .isEqualByComparingTo(expected);
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theCostOfASpanIsTheSumOfItsParts(long seed) {
    Random random = new Random(seed);
    List<InstancePrice> rows = new ArrayList<>(PriceHistoryModel.random(random, 40));
    rows.add(at(0, "0.0466"));
    Instant from = PriceHistoryModel.START.minusSeconds(random.nextInt(100));
    Instant middle = from.plusNanos(random.nextLong(50_000_000_000L));
    Instant to = middle.plusNanos(random.nextLong(50_000_000_000L));
    BigDecimal parts =
        PriceHistory.cost(rows, from, middle).add(PriceHistory.cost(rows, middle, to));
    assertThat(PriceHistory.cost(rows, from, to).subtract(parts).abs())
        .as("%s from %s to %s", rows, from, to)
        .isLessThan(new BigDecimal("1E-30", MathContext.DECIMAL128));
  }
}
