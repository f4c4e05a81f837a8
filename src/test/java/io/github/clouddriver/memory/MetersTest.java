package io.github.clouddriver.memory;

import static io.github.clouddriver.memory.Sets.A;
import static io.github.clouddriver.memory.Sets.B;
import static io.github.clouddriver.memory.Sets.MINUTE;
import static io.github.clouddriver.memory.Sets.cloud;
import static io.github.clouddriver.memory.Sets.create;
import static io.github.clouddriver.memory.Sets.list;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.clouddriver.Instance;
import io.github.clouddriver.InstanceSet;
import io.github.clouddriver.InstanceSetId;
import io.github.clouddriver.InstanceTags;
import io.github.clouddriver.SharedResourceTags;
import io.github.clouddriver.error.CapacityScope;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.NOPLogger;

/** Meters go to the given registry, where sets coexist (clause D7). */
class MetersTest {
  private final MeterRegistry registry = new SimpleMeterRegistry();

  @Test
  void D7_callsAreCountedByOperationOutcomeAndSet() throws Exception {
    try (MemoryCloud cloud = cloud().build()) {
      InstanceSet a = open(cloud, A);
      InstanceSet b = open(cloud, B);
      cloud
          .faults()
          .add(
              Operation.CREATE,
              Fault.quota(),
              Fault.capacity(CapacityScope.ALL),
              Fault.rateLimit(MINUTE),
              Fault.outcomeUnknownAfterCommit(),
              Fault.error("broken"),
              Fault.unchecked(IllegalStateException::new));
      for (int i = 0; i < 6; i++) {
        assertThat(catchThrowable(() -> create(a))).isNotNull();
      }
      Instance made = create(a);
      create(b);
      create(b);
      list(a);
      made.setTags(InstanceTags.empty());
      made.destroy();
      a.create(Sets.request(Sets.SMALL).toBuilder().publicKey(Sets.newKey()).build());
      assertThat(count(A, "create", "quota")).isEqualTo(1);
      assertThat(count(A, "create", "capacity")).isEqualTo(1);
      assertThat(count(A, "create", "rate_limit")).isEqualTo(1);
      assertThat(count(A, "create", "unknown")).isEqualTo(1);
      assertThat(count(A, "create", "error")).isEqualTo(2);
      assertThat(count(A, "create", "success")).isEqualTo(2);
      assertThat(count(B, "create", "success")).isEqualTo(2);
      assertThat(count(A, "list", "success")).isEqualTo(1);
      assertThat(count(A, "set_tags", "success")).isEqualTo(1);
      assertThat(count(A, "destroy", "success")).isEqualTo(1);
      assertThat(count(A, "key_upload", "success")).isEqualTo(1);
      assertThat(count(B, "list", "success")).isZero();

      Hold hold = Fault.hold();
      cloud.faults().add(Operation.LIST, hold);
      InThread<?> call = InThread.heldBy(hold, () -> list(a));
      call.interrupt();
      call.failure(Duration.ofSeconds(5));
      assertThat(count(A, "list", "interrupted")).isEqualTo(1);
      a.stop();
      open(cloud, A).instances(InstanceTags.empty());
      assertThat(count(A, "list", "success")).as("the same set id goes on").isEqualTo(2);
      assertThat(Metrics.globalRegistry.getMeters()).isEmpty();
    }
  }

  private InstanceSet open(MemoryCloud cloud, InstanceSetId id) throws Exception {
    return cloud
        .driver()
        .instanceSet(null, id, SharedResourceTags.empty(), NOPLogger.NOP_LOGGER, registry);
  }

  private long count(InstanceSetId id, String operation, String outcome) {
    return registry
        .find("clouddriver.memory.calls")
        .tags("set", id.value(), "operation", operation, "outcome", outcome)
        .timers()
        .stream()
        .mapToLong(io.micrometer.core.instrument.Timer::count)
        .sum();
  }
}
