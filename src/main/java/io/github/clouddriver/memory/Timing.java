package io.github.clouddriver.memory;

import java.time.Duration;

/** How long after the event that begins it each stage of an instance's life is reached. */
record Timing(Duration bootDelay, Duration addressDelay, Duration shutdownDelay) {

  Timing withSlowBoot(Duration extra) {
    return new Timing(bootDelay.plus(extra), addressDelay, shutdownDelay);
  }
}
