package io.github.clouddriver.testkitcheck;

import java.time.Duration;
import java.util.OptionalInt;

/** The account holds no more instances than the kit needs, and they end slowly. */
class MemoryTightQuotaKitTest extends MemoryKit {
  private static final int QUOTA = 3;

  MemoryTightQuotaKitTest() {
    super(builder -> builder.shutdownDelay(Duration.ofSeconds(30)).quota(QUOTA));
  }

  @Override
  public int maxInstances() {
    return QUOTA;
  }

  @Override
  public OptionalInt quota() {
    return OptionalInt.of(QUOTA);
  }
}
