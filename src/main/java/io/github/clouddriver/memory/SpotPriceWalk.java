package io.github.clouddriver.memory;

import io.github.clouddriver.InstancePrice;
import io.github.clouddriver.PriceHistory;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What instances cost at the in-memory provider: a price that stays for on-demand ones, one that
 * wanders for preemptible ones. A pure function of its seed and arguments: the same in every
 * process, for any window, asked in any order. Immutable.
 *
 * <p>The spot price changes at multiples of a step since the epoch, and lies between a tenth and
 * nine tenths of the on-demand price. It is a sum of three waves, each a chain of random heights
 * joined by straight lines and each faster and flatter than the one before; so neighbouring prices
 * are close, distant ones are not, and no price depends on another.
 */
final class SpotPriceWalk {
  private static final int LOWEST = 100; // thousandths of the on-demand price
  private static final int HIGHEST = 900;
  private static final int[] STEPS_PER_HEIGHT = {64, 16, 4};
  private static final int[] WEIGHT = {4, 2, 1};

  private final long seed;
  private final long stepMillis;

  /**
   * A walk.
   *
   * @param seed any number; every seed is a different market
   * @param step how long a spot price holds, a millisecond or more
   */
  SpotPriceWalk(long seed, Duration step) {
    if (step.toMillis() < 1) {
      throw new IllegalArgumentException("a spot price cannot hold for " + step);
    }
    this.seed = seed;
    this.stepMillis = step.toMillis();
  }

  /**
   * The price of an on-demand instance, which never changes.
   *
   * @param price per hour
   * @param from when the instance was created
   * @return one row
   */
  static List<InstancePrice> onDemand(BigDecimal price, Instant from) {
    return List.of(new InstancePrice(from, price));
  }

  /**
   * The spot prices that hold in a window.
   *
   * @param providerType whose market it is
   * @param onDemandPrice per hour
   * @param from the beginning of the window; the row that holds then starts there or before
   * @param to the end of the window, included
   * @return normalised, most recent first, at least one row
   * @throws IllegalArgumentException if the window ends before it begins
   */
  List<InstancePrice> spot(
      String providerType, BigDecimal onDemandPrice, Instant from, Instant to) {
    if (to.isBefore(from)) {
      throw new IllegalArgumentException("the window from " + from + " ends before, at " + to);
    }
    long last = step(to);
    List<InstancePrice> rows = new ArrayList<>();
    for (long step = step(from); step <= last; step++) {
      BigDecimal share = BigDecimal.valueOf(thousandths(providerType, step), 3);
      Instant start = Instant.ofEpochMilli(step * stepMillis);
      rows.add(new InstancePrice(start, onDemandPrice.multiply(share)));
    }
    return PriceHistory.normalizePriceHistory(rows);
  }

  private long step(Instant time) {
    return Math.floorDiv(time.toEpochMilli(), stepMillis);
  }

  private long thousandths(String providerType, long step) {
    long sum = 0;
    long weights = 0;
    for (int wave = 0; wave < WEIGHT.length; wave++) {
      long steps = STEPS_PER_HEIGHT[wave];
      long left = Math.floorDiv(step, steps);
      long into = Math.floorMod(step, steps);
      long height =
          (height(providerType, wave, left) * (steps - into)
                  + height(providerType, wave, left + 1) * into)
              / steps;
      sum += height * WEIGHT[wave];
      weights += WEIGHT[wave];
    }
    return sum / weights;
  }

  private long height(String providerType, int wave, long index) {
    long market = 31 * (31 * seed + providerType.hashCode()) + wave;
    long mixed = new SplittableRandom(market).nextLong() ^ index;
    return new SplittableRandom(mixed).nextInt(LOWEST, HIGHEST + 1);
  }
}
