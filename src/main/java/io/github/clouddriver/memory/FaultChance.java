package io.github.clouddriver.memory;

import java.util.Objects;

/**
 * One line of a random plan ({@link Faults#random}): how often a fault hits an operation.
 * Immutable.
 *
 * @param operation which calls it may hit
 * @param probability from 0, never, to 1, every call
 * @param fault what happens to a call that is hit
 */
public record FaultChance(Operation operation, double probability, Fault fault) {

  /**
   * Checks the parts.
   *
   * @param operation which calls it may hit
   * @param probability from 0 to 1
   * @param fault what happens to a call that is hit
   * @throws IllegalArgumentException if the probability is out of bounds, or the fault is not for
   *     that operation
   */
  public FaultChance {
    Objects.requireNonNull(operation, "operation");
    Faults.checkSuits(fault, operation);
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("the probability " + probability + " is not in [0, 1]");
    }
  }
}
