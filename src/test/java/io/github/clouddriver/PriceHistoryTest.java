package io.github.clouddriver;

import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Clauses P1 to P4. */
class PriceHistoryTest {
  private static final Instant NOON = Instant.parse("2022-05-31T12:00:00Z");

  private static InstancePrice at(int second, String price) {
    return InstancePrice.of(NOON.plusSeconds(second), price);
  }

  @Test
  void P1_theNewestRowComesFirst() {
    assertThat(PriceHistory.normalizePriceHistory(List.of(at(1, "3"), at(3, "1"), at(2, "2"))))
        .containsExactly(at(3, "1"), at(2, "2"), at(1, "3"));
  }

  @Test
  void P1_ofNeighboursInTimeWithOnePriceTheOldestStays() {
    assertThat(
            PriceHistory.normalizePriceHistory(
                List.of(at(4, "2"), at(3, "2"), at(5, "2"), at(1, "1"), at(2, "1"), at(6, "1"))))
        .containsExactly(at(6, "1"), at(3, "2"), at(1, "1"));
  }

  @Test
  void P1_aPriceThatComesBackIsKept() {
    List<InstancePrice> rows = List.of(at(3, "1"), at(2, "2"), at(1, "1"));
    assertThat(PriceHistory.normalizePriceHistory(rows)).isEqualTo(rows);
  }

  @Test
  void P1_timesThatDifferByANanosecondAreDifferent() {
    InstancePrice late = new InstancePrice(NOON.plusNanos(1), BigDecimal.ONE);
    assertThat(PriceHistory.normalizePriceHistory(List.of(at(0, "2"), late)))
        .containsExactly(late, at(0, "2"));
  }

  @Test
  void P2_theInputIsNotChanged() {
    List<InstancePrice> rows = new ArrayList<>(List.of(at(1, "1"), at(3, "1"), at(2, "2")));
    List<InstancePrice> before = List.copyOf(rows);
    List<InstancePrice> result = PriceHistory.normalizePriceHistory(rows);
    assertThat(rows).isEqualTo(before);
    rows.clear();
    assertThat(result).hasSize(3);
  }

  @Test
  void P3_ofRowsWithOneTimeTheHighestStays() {
    assertThat(PriceHistory.normalizePriceHistory(List.of(at(1, "1"), at(1, "10"), at(1, "9.99"))))
        .containsExactly(at(1, "10"));
  }

  @Test
  void P3_theHighestOfATimeIsFoundBeforeEqualNeighboursAreJoined() {
    // Without the 1 at second 2, which the 2 outbids, both 1s would be neighbours.
    assertThat(
            PriceHistory.normalizePriceHistory(
                List.of(at(1, "1"), at(2, "1"), at(2, "2"), at(3, "1"))))
        .containsExactly(at(3, "1"), at(2, "2"), at(1, "1"));
    // And here the lower of second 2 is no reason to keep a row apart.
    assertThat(
            PriceHistory.normalizePriceHistory(
                List.of(at(1, "2"), at(2, "1"), at(2, "2"), at(3, "2"))))
        .containsExactly(at(1, "2"));
  }

  @Test
  void P4_pricesAreComparedByValue() {
    assertThat(PriceHistory.normalizePriceHistory(List.of(at(2, "2.0"), at(1, "2.00"))))
        .containsExactly(at(1, "2"));
    assertThat(PriceHistory.normalizePriceHistory(List.of(at(2, "1E+1"), at(1, "10"))))
        .containsExactly(at(1, "10"));
  }

  @Test
  void noRowsMakeAnEmptyHistory() {
    assertThat(PriceHistory.normalizePriceHistory(List.of())).isEmpty();
  }

  @Test
  void theResultCannotBeModified() {
    for (List<InstancePrice> rows :
        List.of(List.<InstancePrice>of(), List.of(at(1, "1")), List.of(at(1, "1"), at(1, "2")))) {
      List<InstancePrice> result = PriceHistory.normalizePriceHistory(new ArrayList<>(rows));
      assertThatThrownBy(() -> result.add(at(9, "9")))
          .isInstanceOf(UnsupportedOperationException.class);
      if (!result.isEmpty()) {
        assertThatThrownBy(() -> result.set(0, at(9, "9")))
            .isInstanceOf(UnsupportedOperationException.class);
      }
    }
  }

  @Test
  void anyCollectionWillDo() {
    assertThat(
            PriceHistory.normalizePriceHistory(
                new LinkedHashSet<>(List.of(at(1, "1"), at(2, "2")))))
        .containsExactly(at(2, "2"), at(1, "1"));
  }

  @Test
  void aNullAmongTheRowsIsRefused() {
    for (List<InstancePrice> rows :
        List.of(
            Collections.<InstancePrice>singletonList(null),
            Arrays.asList(null, at(1, "1")),
            Arrays.asList(at(1, "1"), null, at(2, "2")))) {
      assertThatNullPointerException().isThrownBy(() -> PriceHistory.normalizePriceHistory(rows));
    }
  }

  static LongStream seeds() {
    return new Random().longs(20);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void P3_randomRowsGiveWhatTheModelGivesInEveryOrder(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      List<InstancePrice> rows = PriceHistoryModel.random(random, 40);
      List<InstancePrice> expected = PriceHistoryModel.normalise(rows);
      for (int order = 0; order < 5; order++) {
        Collections.shuffle(rows, random);
        List<InstancePrice> given = List.copyOf(rows);
        List<InstancePrice> result = PriceHistory.normalizePriceHistory(rows);
        assertThat(result).as("%s", rows).isEqualTo(expected);
        assertThat(rows).as("input").isEqualTo(given);
        assertThat(PriceHistory.normalizePriceHistory(result)).as("again").isEqualTo(expected);
      }
    }
  }

  /** In what order many rows come. */
  enum Order {
    RANDOM,
    OLDEST_FIRST,
    NEWEST_FIRST,
    FEW_TIMES,
    EQUAL_PRICES;

    List<InstancePrice> rows(int count) {
      Random random = new Random(1);
      List<InstancePrice> rows = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        Instant time =
            NOON.plusMillis(
                this == FEW_TIMES ? random.nextInt(1000) * 60_000L : random.nextInt(2_000_000_000));
        long micros = this == EQUAL_PRICES ? 466_400 : random.nextInt(5_000_000);
        rows.add(new InstancePrice(time, BigDecimal.valueOf(micros, 6)));
      }
      if (this == OLDEST_FIRST || this == NEWEST_FIRST) {
        var byTime = comparing(InstancePrice::startTime);
        rows.sort(this == OLDEST_FIRST ? byTime : byTime.reversed());
      }
      return rows;
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"RANDOM", "FEW_TIMES"})
  void P4_aMillionRowsAreNormalisedRight(Order order) {
    List<InstancePrice> rows = order.rows(1_000_000);
    assertThat(PriceHistory.normalizePriceHistory(rows).equals(PriceHistoryModel.normalise(rows)))
        .isTrue();
  }

  /** The reference takes 13 s for as many; half a second leaves room for a busy machine. */
  @ParameterizedTest
  @EnumSource
  void P4_160000RowsTakeLessThanHalfASecond(Order order) {
    List<InstancePrice> rows = order.rows(160_000);
    long fastest = Long.MAX_VALUE;
    for (int run = 0; run < 5; run++) {
      long start = System.nanoTime();
      PriceHistory.normalizePriceHistory(rows);
      fastest = Math.min(fastest, System.nanoTime() - start);
    }
    assertThat(Duration.ofNanos(fastest)).isLessThan(Duration.ofMillis(500));
  }
}
