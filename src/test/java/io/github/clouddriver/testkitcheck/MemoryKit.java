package io.github.clouddriver.testkitcheck;

import io.github.clouddriver.Driver;
import io.github.clouddriver.InstanceType;
import io.github.clouddriver.memory.ManualClock;
import io.github.clouddriver.memory.MemoryCloud;
import io.github.clouddriver.memory.MemoryCloudBuilder;
import io.github.clouddriver.testkit.DriverKit;
import io.github.clouddriver.testkit.ProviderFaults;
import io.github.clouddriver.testkit.ProviderView;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;

/** The kit on an in-memory cloud with a manual clock, and all that the kit can be told. */
abstract class MemoryKit extends DriverKit {
  static final int PAGE_SIZE = 2;

  private static final InstanceType SMALL =
      InstanceType.builder("small", "m5.large").price(new BigDecimal("0.10")).build();

  private final ManualClock clock = ManualClock.at(Instant.parse("2026-01-01T00:00:00Z"));
  private final MemoryCloud cloud;
  private final ProviderFaults faults;
  private final ProviderView view;

  /** A cloud without SSH, and small pages, but for what the change says. */
  MemoryKit(UnaryOperator<MemoryCloudBuilder> change) {
    cloud =
        change
            .apply(
                MemoryCloud.builder()
                    .clock(clock)
                    .ssh(false)
                    .pageSize(PAGE_SIZE)
                    .scratchPrice(new BigDecimal("0.0001")))
            .build();
    faults = new MemoryFaults(cloud, PAGE_SIZE);
    view = new MemoryView(cloud);
  }

  @AfterEach
  final void closeCloud() {
    cloud.close();
  }

  final MemoryCloud cloud() {
    return cloud;
  }

  @Override
  public Driver driver() {
    return cloud.driver();
  }

  @Override
  public final InstanceType instanceType() {
    return SMALL;
  }

  @Override
  public final Optional<InstanceType> siblingType() {
    return Optional.of(InstanceType.builder("large", "m5.xlarge").build());
  }

  @Override
  public final Optional<InstanceType> preemptibleType() {
    return Optional.of(SMALL.toBuilder().preemptible(true).build());
  }

  @Override
  public final boolean chargesForScratch() {
    return true;
  }

  @Override
  public int maxInstances() {
    return 8;
  }

  @Override
  public Duration settleTimeout() {
    return Duration.ofMinutes(10);
  }

  @Override
  public final void pass(Duration time) {
    clock.advance(time);
  }

  @Override
  public final InstantSource clock() {
    return clock;
  }

  @Override
  public Optional<ProviderFaults> faults() {
    return Optional.of(faults);
  }

  @Override
  public Optional<ProviderView> provider() {
    return Optional.of(view);
  }
}
