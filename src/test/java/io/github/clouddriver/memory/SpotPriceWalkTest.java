package io.github.clouddriver.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.clouddriver.InstancePrice;
import io.github.clouddriver.PriceHistory;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpotPriceWalkTest {
  private static final Instant START = Instant.parse("2026-01-01T00:30:00Z");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final BigDecimal PRICE = new BigDecimal("0.40");

  private final SpotPriceWalk walk = new SpotPriceWalk(1, HOUR);

  private List<InstancePrice> week(SpotPriceWalk from, String type) {
    return from.spot(type, PRICE, START, START.plus(Duration.ofDays(7)));
  }

  private BigDecimal at(Instant time) {
    return walk.spot("m.large", PRICE, time, time).get(0).price();
  }

  @Test
  void onDemandCostsTheSameForEver() {
    assertThat(SpotPriceWalk.onDemand(PRICE, START))
        .containsExactly(new InstancePrice(START, PRICE));
  }

  @Test
  void isTheSameForTheSameSeedAndTypeOnly() {
    List<InstancePrice> rows = week(walk, "m.large");
    assertThat(week(new SpotPriceWalk(1, HOUR), "m.large")).isEqualTo(rows);
    assertThat(week(new SpotPriceWalk(2, HOUR), "m.large")).isNotEqualTo(rows);
    assertThat(week(walk, "m.small")).isNotEqualTo(rows);
  }

  @Test
  void thePricesOfTodayStayTheSameInLaterVersionsOfTheLibrary() {
    assertThat(walk.spot("m.large", PRICE, START, START.plus(Duration.ofHours(3))))
        .containsExactly(
            InstancePrice.of(Instant.parse("2026-01-01T03:00:00Z"), "0.2464"),
            InstancePrice.of(Instant.parse("2026-01-01T02:00:00Z"), "0.248"),
            InstancePrice.of(Instant.parse("2026-01-01T01:00:00Z"), "0.2496"),
            InstancePrice.of(Instant.parse("2026-01-01T00:00:00Z"), "0.2516"));
  }

  @Test
  void everyWindowShowsTheSamePrices() {
    List<InstancePrice> whole = week(walk, "m.large");
    Instant end = START.plus(Duration.ofDays(7));
    for (Instant time = START; !time.isAfter(end); time = time.plus(Duration.ofMinutes(7))) {
      Instant now = time;
      BigDecimal expected =
          whole.stream().filter(row -> !row.startTime().isAfter(now)).findFirst().get().price();
      assertThat(at(time)).as("price at %s", time).isEqualTo(expected);
    }
  }

  @Test
  void theFirstRowHoldsWhenTheWindowBegins() {
    List<InstancePrice> rows = week(walk, "m.large");
    Instant oldest = rows.get(rows.size() - 1).startTime();
    assertThat(oldest).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(rows.get(0).startTime()).isBeforeOrEqualTo(START.plus(Duration.ofDays(7)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0.0001", "0.40", "98.304"})
  void staysNormalisedWithinBoundsAndNeverJumps(String onDemand) {
    long seed = new Random().nextLong();
    BigDecimal price = new BigDecimal(onDemand);
    List<InstancePrice> rows =
        new SpotPriceWalk(seed, HOUR).spot("m", price, START, START.plus(Duration.ofDays(90)));
    assertThat(rows).as("seed %d", seed).isNotEmpty();
    assertThat(rows).as("seed %d", seed).isEqualTo(PriceHistory.normalizePriceHistory(rows));
    BigDecimal tenth = price.movePointLeft(1);
    for (int i = 0; i < rows.size(); i++) {
      BigDecimal spot = rows.get(i).price();
      assertThat(spot).as("seed %d", seed).isBetween(tenth, tenth.multiply(BigDecimal.valueOf(9)));
      if (i > 0) {
        assertThat(spot.subtract(rows.get(i - 1).price()).abs())
            .as("seed %d", seed)
            .isLessThanOrEqualTo(tenth);
      }
    }
  }

  @Test
  void wandersThroughMuchOfItsRange() {
    List<InstancePrice> rows = walk.spot("m.large", PRICE, START, START.plus(Duration.ofDays(90)));
    BigDecimal low = rows.stream().map(InstancePrice::price).min(BigDecimal::compareTo).get();
    BigDecimal high = rows.stream().map(InstancePrice::price).max(BigDecimal::compareTo).get();
    assertThat(high).isGreaterThan(low.multiply(BigDecimal.valueOf(2)));
    assertThat(rows).hasSizeGreaterThan(1000);
  }

  @Test
  void worksBeforeTheEpochToo() {
    Instant early = Instant.parse("1960-02-03T04:05:06Z");
    assertThat(walk.spot("m", PRICE, early, early.plus(HOUR))).isNotEmpty();
    assertThat(walk.spot("m", PRICE, early, early).get(0).startTime())
        .isEqualTo(Instant.parse("1960-02-03T04:00:00Z"));
  }

  @Test
  void refusesAWindowThatEndsBeforeItBeginsAndAStepThatIsNone() {
    assertThatThrownBy(() -> walk.spot("m", PRICE, START, START.minusNanos(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SpotPriceWalk(1, Duration.ofNanos(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
