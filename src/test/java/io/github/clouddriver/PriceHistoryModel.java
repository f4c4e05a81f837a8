package io.github.clouddriver;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Price histories done the plain way, to compare with, and random ones. */
final class PriceHistoryModel {
  static final Instant START = Instant.parse("2022-05-31T18:00:00Z");

  private PriceHistoryModel() {}

  /** What the prices say, by time: the highest of each instant. */
  static TreeMap<Instant, BigDecimal> byTime(Collection<InstancePrice> prices) {
    TreeMap<Instant, BigDecimal> highest = new TreeMap<>();
    prices.forEach(each -> highest.merge(each.startTime(), each.price(), BigDecimal::max));
    return highest;
  }

  static List<InstancePrice> normalise(Collection<InstancePrice> prices) {
    List<InstancePrice> changes = new ArrayList<>();
    BigDecimal before = null;
    for (Map.Entry<Instant, BigDecimal> each : byTime(prices).entrySet()) {
      if (before == null || before.compareTo(each.getValue()) != 0) {
        changes.add(new InstancePrice(each.getKey(), each.getValue()));
      }
      before = each.getValue();
    }
    Collections.reverse(changes);
    return changes;
  }

  /** Adds up second by second; right for histories and spans in whole seconds. */
  static BigDecimal cost(Collection<InstancePrice> prices, Instant from, Instant to) {
    TreeMap<Instant, BigDecimal> byTime = byTime(prices);
    BigDecimal sum = BigDecimal.ZERO;
    for (Instant second = from; second.isBefore(to); second = second.plusSeconds(1)) {
      Map.Entry<Instant, BigDecimal> row = byTime.floorEntry(second);
      sum = sum.add((row == null ? byTime.firstEntry() : row).getValue());
    }
    return sum.divide(BigDecimal.valueOf(3600), MathContext.DECIMAL128);
  }

  /** Up to so many rows, of few prices and few times, so that both meet often. */
  static List<InstancePrice> random(Random random, int atMost) {
    int rows = random.nextInt(atMost + 1);
    int times = 1 + random.nextInt(atMost);
    List<InstancePrice> made = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      made.add(
          new InstancePrice(
              START.plusSeconds(random.nextInt(times)),
              BigDecimal.valueOf(random.nextInt(4) * 10L, 1 + random.nextInt(2))));
    }
    return made;
  }
}
