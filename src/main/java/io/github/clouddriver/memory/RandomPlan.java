package io.github.clouddriver.memory;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Draws a fault for each call. Every operation has its own sequence of numbers, so that what hits
 * creates does not depend on how many lists there were between them. Not thread-safe: {@link
 * Faults} guards it.
 */
final class RandomPlan {
  static final RandomPlan NONE = new RandomPlan(0, List.of());

  private final List<FaultChance> chances;
  private final Map<Operation, Random> draws = new EnumMap<>(Operation.class);

  RandomPlan(long seed, List<FaultChance> chances) {
    this.chances = chances;
    Map<Operation, Double> sums = new EnumMap<>(Operation.class);
    for (FaultChance chance : chances) {
      double sum = sums.merge(chance.operation(), chance.probability(), Double::sum);
      if (sum > 1.000001) { // ten times 0.1 is a little more than 1
        throw new IllegalArgumentException(
            "the chances of " + chance.operation() + " add up to " + sum + ", more than 1");
      }
      // Not by ordinal, which a new operation could shift.
      draws.put(chance.operation(), new Random(31 * seed + chance.operation().name().hashCode()));
    }
  }

  Fault draw(Operation operation) {
    Random numbers = draws.get(operation);
    if (numbers == null) {
      return Fault.none();
    }
    double left = numbers.nextDouble();
    for (FaultChance chance : chances) {
      if (chance.operation() == operation) {
        left -= chance.probability();
        if (left < 0) {
          return chance.fault();
        }
      }
    }
    return Fault.none();
  }
}
