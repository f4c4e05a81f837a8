package io.github.clouddriver.memory;

import static io.github.clouddriver.memory.Sets.A;
import static io.github.clouddriver.memory.Sets.SMALL;
import static io.github.clouddriver.memory.Sets.SPOT;
import static io.github.clouddriver.memory.Sets.START;
import static io.github.clouddriver.memory.Sets.cloud;
import static io.github.clouddriver.memory.Sets.open;
import static io.github.clouddriver.memory.Sets.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.clouddriver.Instance;
import io.github.clouddriver.InstancePrice;
import io.github.clouddriver.InstanceType;
import io.github.clouddriver.PriceHistory;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an instance has cost (clause I6). */
class PricesTest {
  private static final long GIB = 1L << 30;
  private final ManualClock clock = ManualClock.at(START);

  @Test
  void I6_anOnDemandInstanceCostsThePriceOfItsTypeFromItsCreation() throws Exception {
    try (MemoryCloud cloud = cloud().clock(clock).price("m5.large", price("0.096")).build()) {
      Instance made = open(cloud, A).create(request(SMALL));
      clock.advance(Duration.ofDays(3));
      assertThat(made.priceHistory(SMALL))
          .containsExactly(new InstancePrice(START, price("0.096")));
    }
  }

  @Test
  void I6_aTypeThatIsNotOnTheListCostsWhatTheCallersTypeSays() throws Exception {
    try (MemoryCloud cloud = cloud().clock(clock).build()) {
      Instance made = open(cloud, A).create(request(SMALL));
      assertThat(made.priceHistory(SMALL)).containsExactly(new InstancePrice(START, price("0.1")));
      InstanceType unpriced = InstanceType.builder("free", "z9.large").build();
      assertThat(open(cloud, A).create(request(unpriced)).priceHistory(unpriced)).isEmpty();
    }
  }

  @Test
  void I6_addedScratchIsPartOfThePrice() throws Exception {
    InstanceType scratch =
        SMALL.toBuilder().includedScratch(7 * GIB).addedScratch(200 * GIB).build();
    try (MemoryCloud cloud =
        cloud()
            .clock(clock)
            .price("m5.large", price("0.1"))
            .scratchPrice(price("0.0001"))
            .build()) {
      Instance made = open(cloud, A).create(request(scratch));
      assertThat(made.priceHistory(scratch))
          .containsExactly(new InstancePrice(START, price("0.12")));
    }
  }

  @Test
  void I6_aSpotInstanceHasANormalisedHistoryOverItsWholeLife() throws Exception {
    try (MemoryCloud cloud =
        cloud()
            .clock(clock)
            .seed(5)
            .price("m5.large", price("1"))
            .scratchPrice(price("1"))
            .build()) {
      InstanceType spot = SPOT.toBuilder().addedScratch(GIB).build();
      Instance made = open(cloud, A).create(request(spot));
      clock.advance(Duration.ofDays(2));
      List<InstancePrice> history = made.priceHistory(spot);
      assertThat(history).hasSizeGreaterThan(10);
      assertThat(history).isEqualTo(PriceHistory.normalizePriceHistory(history));
      assertThat(history.get(history.size() - 1).startTime()).isBeforeOrEqualTo(START);
      assertThat(history)
          .allSatisfy(
              row ->
                  assertThat(row.price())
                      .as("a spot price and a GiB of scratch")
                      .isBetween(price("1.1"), price("1.9")));
      assertThatThrownBy(history::clear).isInstanceOf(UnsupportedOperationException.class);
      clock.advance(Duration.ofDays(1));
      Instant then = START.plus(Duration.ofDays(2));
      assertThat(made.priceHistory(spot))
          .as("what has been does not change")
          .filteredOn(row -> !row.startTime().isAfter(then))
          .isEqualTo(history);
    }
  }

  @Test
  void spotPricesFollowFromTheSeed() throws Exception {
    assertThat(spotHistory(1)).isEqualTo(spotHistory(1)).isNotEqualTo(spotHistory(2));
  }

  private List<InstancePrice> spotHistory(long seed) throws Exception {
    clock.set(START);
    try (MemoryCloud cloud =
        cloud().clock(clock).seed(seed).spotPriceStep(Duration.ofMinutes(5)).build()) {
      Instance made = open(cloud, A).create(request(SPOT));
      clock.advance(Duration.ofDays(1));
      return made.priceHistory(SPOT);
    }
  }

  private static BigDecimal price(String text) {
    return new BigDecimal(text);
  }
}
