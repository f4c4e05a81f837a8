package io.github.clouddriver.memory;

import io.github.clouddriver.InstancePrice;
import io.github.clouddriver.InstanceType;
import io.github.clouddriver.PriceHistory;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What an hour costs (clause I6): by the provider's name of the type, and else what the caller's
 * own type says; for preemptible types that is the on-demand price under which the spot price
 * wanders.
 */
record PriceList(
    Map<String, BigDecimal> onDemand, BigDecimal scratchPerGibHour, Duration spotStep) {
  private static final BigDecimal GIB = BigDecimal.valueOf(1L << 30);

  /**
   * The prices of one instance over a window.
   *
   * @param created the type that the instance was created with
   * @param asked the caller's type, whose added scratch is paid for
   */
  List<InstancePrice> history(
      InstanceType created, InstanceType asked, Instant from, Instant to, long seed) {
    BigDecimal base = onDemand.getOrDefault(created.providerType(), created.price());
    if (base.signum() == 0) {
      return List.of();
    }
    List<InstancePrice> rows =
        created.preemptible()
            ? new SpotPriceWalk(seed, spotStep).spot(created.providerType(), base, from, to)
            : SpotPriceWalk.onDemand(base, from);
    BigDecimal scratch =
        BigDecimal.valueOf(asked.addedScratch())
            .multiply(scratchPerGibHour)
            .divide(GIB, MathContext.DECIMAL128);
    return PriceHistory.normalizePriceHistory(
        rows.stream()
            .map(row -> new InstancePrice(row.startTime(), row.price().add(scratch)))
            .toList());
  }
}
