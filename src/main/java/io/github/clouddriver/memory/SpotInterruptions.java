package io.github.clouddriver.memory;

import java.time.Duration;
import java.util.SplittableRandom;

/** When the provider takes preemptible instances back by itself. */
record SpotInterruptions(Duration meanLife, Duration notice) {

  /** How long the n-th instance of the account is left alone: always the same for one seed. */
  Duration lifeOf(long n, long seed) {
    double unit = new SplittableRandom(31 * seed + n).nextDouble();
    double lives = -Math.log(1 - unit); // exponentially distributed with the mean 1
    return Duration.ofMillis((long) (meanLife.toMillis() * lives));
  }
}
