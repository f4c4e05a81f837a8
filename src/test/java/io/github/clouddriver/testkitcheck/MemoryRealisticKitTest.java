package io.github.clouddriver.testkitcheck;

import java.time.Duration;

/** Instances take as long as they do at a real provider; the clock is manual, so no test does. */
class MemoryRealisticKitTest extends MemoryKit {
  MemoryRealisticKitTest() {
    super(
        builder ->
            builder
                .bootDelay(Duration.ofSeconds(45))
                .addressDelay(Duration.ofSeconds(8))
                .shutdownDelay(Duration.ofSeconds(30)));
  }
}
