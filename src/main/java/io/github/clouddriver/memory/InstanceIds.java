package io.github.clouddriver.memory;

import io.github.clouddriver.InstanceId;
import java.util.SplittableRandom;

/**
 * Ids that look random and never repeat within an account (clause I1): a counter through a mixing
 * function that maps no two numbers to one. It begins anywhere, so that accounts, one after the
 * other or side by side, have different ids too. Guarded by its owner's lock.
 */
final class InstanceIds {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L; // odd, so its multiples do not repeat

  private final long first = new SplittableRandom().nextLong();
  private long count;

  /** How many ids there are so far. */
  long count() {
    return count;
  }

  InstanceId next() {
    count++;
    return InstanceId.of(String.format("i-%016x", mix(first + count * GOLDEN)));
  }

  /** The finishing steps of the SplitMix64 generator, each of which can be undone. */
  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
