package io.github.clouddriver.testkitcheck;

import java.time.Duration;

/** Lists trail the truth, tags even more, and show strangers; handles show what a list showed. */
class MemoryLaggingListsKitTest extends MemoryKit {
  MemoryLaggingListsKitTest() {
    super(
        builder ->
            builder
                .bootDelay(Duration.ofSeconds(45))
                .shutdownDelay(Duration.ofSeconds(30))
                .listLag(Duration.ofSeconds(5))
                .tagLag(Duration.ofSeconds(20))
                .foreignRows(true)
                .liveHandles(false));
  }
}
