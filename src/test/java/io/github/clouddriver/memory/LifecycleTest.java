package io.github.clouddriver.memory;

import static io.github.clouddriver.memory.Sets.A;
import static io.github.clouddriver.memory.Sets.MINUTE;
import static io.github.clouddriver.memory.Sets.SECOND;
import static io.github.clouddriver.memory.Sets.START;
import static io.github.clouddriver.memory.Sets.cloud;
import static io.github.clouddriver.memory.Sets.create;
import static io.github.clouddriver.memory.Sets.find;
import static io.github.clouddriver.memory.Sets.ids;
import static io.github.clouddriver.memory.Sets.list;
import static io.github.clouddriver.memory.Sets.listed;
import static io.github.clouddriver.memory.Sets.open;
import static io.github.clouddriver.memory.Sets.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.clouddriver.Instance;
import io.github.clouddriver.InstanceId;
import io.github.clouddriver.InstanceSet;
import io.github.clouddriver.InstanceState;
import io.github.clouddriver.InstanceTags;
import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.exec.HostPort;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An instance's life is a function of what happened to it and of the clock. */
class LifecycleTest {
  private final ManualClock clock = ManualClock.at(START);

  @Test
  void S1_aCreatedInstanceHasItsTypeAndTagsAtOnceAndInTheNextList() throws Exception {
    try (MemoryCloud cloud = cloud().build()) {
      InstanceSet set = open(cloud, A);
      InstanceTags tags = InstanceTags.of("b", "2").with("a", "");
      Instance made = set.create(request(Sets.SMALL).toBuilder().tags(tags).build());
      assertThat(made.providerType()).isEqualTo("m5.large");
      assertThat(made.tags()).isEqualTo(tags);
      Instance row = find(set, made.id());
      assertThat(row.providerType()).isEqualTo("m5.large");
      assertThat(row.tags()).isEqualTo(tags);
      assertThat(cloud.instances())
          .singleElement()
          .satisfies(
              record -> {
                assertThat(record.id()).isEqualTo(made.id());
                assertThat(record.setId()).isEqualTo(A);
                assertThat(record.type()).isEqualTo(Sets.SMALL);
                assertThat(record.image()).isEqualTo(Sets.IMAGE);
                assertThat(record.tags()).isEqualTo(tags);
              });
    }
  }

  @Test
  void I2_anInstancePrintsItsId() throws Exception {
    try (MemoryCloud cloud = cloud().build()) {
      Instance made = create(open(cloud, A));
      assertThat(made).hasToString(made.id().value());
      assertThat(made.id().value()).matches("i-[0-9a-f]{16}");
    }
  }

  @Test
  void withoutDelaysAnInstanceRunsAndHasAnAddressAtOnceAndIsGoneOnceDestroyed() throws Exception {
    try (MemoryCloud cloud = cloud().build()) {
      InstanceSet set = open(cloud, A);
      Instance made = create(set);
      assertThat(made.state()).isEqualTo(InstanceState.RUNNING);
      assertThat(made.address()).isPresent();
      made.destroy();
      assertThat(list(set)).isEmpty();
      assertThat(cloud.instances()).isEmpty();
    }
  }

  @Test
  void I7_T1_bootingAddressAndShutdownFollowTheClock() throws Exception {
    try (MemoryCloud cloud =
        cloud().clock(clock).addressDelay(SECOND).bootDelay(MINUTE).shutdownDelay(MINUTE).build()) {
      InstanceSet set = open(cloud, A);
      Instance made = create(set);
      InstanceId id = made.id();
      assertThat(made.state()).isEqualTo(InstanceState.BOOTING);
      assertThat(made.address()).isEmpty();
      assertThat(find(set, id).state()).as("listed while booting").isEqualTo(InstanceState.BOOTING);

      clock.advance(SECOND);
      assertThat(made.address()).isPresent();
      assertThat(made.state()).isEqualTo(InstanceState.BOOTING);
      clock.advance(MINUTE.minusSeconds(1).minusNanos(1));
      assertThat(made.state()).isEqualTo(InstanceState.BOOTING);
      clock.advance(java.time.Duration.ofNanos(1));
      assertThat(made.state()).isEqualTo(InstanceState.RUNNING);

      made.destroy();
      assertThat(made.state()).isEqualTo(InstanceState.SHUTTING_DOWN);
      clock.advance(MINUTE.minusNanos(1));
      assertThat(find(set, id).state())
          .as("listed while shutting down")
          .isEqualTo(InstanceState.SHUTTING_DOWN);
      clock.advance(java.time.Duration.ofNanos(1));
      assertThat(list(set)).isEmpty();
      assertThat(made.address()).isEmpty();
      assertThat(cloud.instances()).isEmpty();
    }
  }

  @Test
  void handlesThatAreNotLiveShowWhatTheirListSaw() throws Exception {
    try (MemoryCloud cloud =
        cloud().clock(clock).bootDelay(MINUTE).addressDelay(MINUTE).liveHandles(false).build()) {
      InstanceSet set = open(cloud, A);
      Instance made = create(set);
      clock.advance(MINUTE);
      assertThat(made.state()).isEqualTo(InstanceState.BOOTING);
      assertThat(made.address()).isEmpty();
      Instance row = find(set, made.id());
      assertThat(row.state()).isEqualTo(InstanceState.RUNNING);
      assertThat(row.address()).isPresent();
    }
  }

  @Test
  void aClockThatIsTurnedBackMakesNothingVanish() throws Exception {
    try (MemoryCloud cloud = cloud().clock(clock).shutdownDelay(MINUTE).build()) {
      InstanceSet set = open(cloud, A);
      Instance made = create(set);
      clock.set(START.minusSeconds(3600));
      assertThat(listed(set)).containsExactly(made.id());
      assertThat(made.state()).isEqualTo(InstanceState.RUNNING);
      Instance second = create(set);
      assertThat(listed(set)).containsExactly(made.id(), second.id());
    }
  }

  @Test
  void I1_anIdIsNeverGivenAgain() throws Exception {
    try (MemoryCloud cloud = cloud().build()) {
      InstanceSet set = open(cloud, A);
      Set<InstanceId> seen = new HashSet<>();
      for (int i = 0; i < 1000; i++) {
        Instance made = create(set);
        assertThat(seen.add(made.id())).as("id " + made.id()).isTrue();
        made.destroy();
      }
    }
  }

  @Test
  void I1_anIdStaysOverBootTagsAndAnotherSet() throws Exception {
    try (MemoryCloud cloud = cloud().clock(clock).bootDelay(MINUTE).build()) {
      InstanceSet set = open(cloud, A);
      Instance made = create(set);
      InstanceId id = made.id();
      clock.advance(MINUTE);
      made.setTags(InstanceTags.of("x", "y"));
      set.stop();
      assertThat(listed(open(cloud, A))).containsExactly(id);
      assertThat(made.id()).isEqualTo(id);
    }
  }

  @Test
  void T1_I1_anAddressMayChangeAndTheIdStays() throws Exception {
    try (MemoryCloud cloud = cloud().build()) {
      InstanceSet set = open(cloud, A);
      Instance made = create(set);
      Instance other = create(set);
      InstanceId id = made.id();
      HostPort before = made.address().orElseThrow();
      HostPort others = other.address().orElseThrow();
      assertThat(others).isNotEqualTo(before);
      cloud.moveAddress(id);
      assertThat(made.address().orElseThrow()).isNotEqualTo(before);
      assertThat(find(set, id).address()).isEqualTo(made.address());
      assertThat(other.address()).contains(others);
      assertThat(made.id()).isEqualTo(id);
    }
  }

  @Test
  void I5_destroyingAgainOrWhatIsGoneSucceeds() throws Exception {
    try (MemoryCloud cloud = cloud().clock(clock).shutdownDelay(MINUTE).build()) {
      InstanceSet set = open(cloud, A);
      Instance made = create(set);
      Instance row = find(set, made.id());
      made.destroy();
      clock.advance(SECOND);
      row.destroy();
      clock.advance(MINUTE.minusSeconds(1));
      assertThat(list(set)).as("the second destroy begins no new shutdown").isEmpty();
      made.destroy();
      row.destroy();
    }
  }

  @Test
  void I5_aStaleHandleHarmsNobodyElse() throws Exception {
    try (MemoryCloud cloud = cloud().build()) {
      InstanceSet set = open(cloud, A);
      Instance stale = create(set);
      stale.destroy();
      Instance successor = create(set);
      stale.destroy();
      assertThatThrownBy(() -> stale.setTags(InstanceTags.of("x", "y")))
          .isInstanceOf(CloudException.class)
          .hasMessageContaining(stale.id().value())
          .hasMessageContaining("does not exist any more");
      assertThat(ids(list(set))).containsExactly(successor.id());
      assertThat(find(set, successor.id()).tags()).isEqualTo(InstanceTags.empty());
    }
  }

  @Test
  void S6_eitherHandleWorks() throws Exception {
    try (MemoryCloud cloud = cloud().build()) {
      InstanceSet set = open(cloud, A);
      Instance made = create(set);
      Instance row = find(set, made.id());
      row.setTags(InstanceTags.of("x", "1"));
      assertThat(find(set, made.id()).tags()).isEqualTo(InstanceTags.of("x", "1"));
      made.setTags(InstanceTags.of("x", "2"));
      assertThat(find(set, made.id()).tags()).isEqualTo(InstanceTags.of("x", "2"));
      row.destroy();
      assertThat(list(set)).isEmpty();
    }
  }

  @Test
  void aSlowBootIsSlowerByThatMuchForThatInstanceOnly() throws Exception {
    try (MemoryCloud cloud = cloud().clock(clock).bootDelay(SECOND).build()) {
      cloud.faults().add(Operation.CREATE, Fault.slowBoot(MINUTE));
      InstanceSet set = open(cloud, A);
      Instance slow = create(set);
      Instance usual = create(set);
      clock.advance(MINUTE);
      assertThat(slow.state()).isEqualTo(InstanceState.BOOTING);
      assertThat(usual.state()).isEqualTo(InstanceState.RUNNING);
      clock.advance(SECOND);
      assertThat(slow.state()).isEqualTo(InstanceState.RUNNING);
    }
  }
}
