package io.github.clouddriver.memory;

import static io.github.clouddriver.memory.Sets.A;
import static io.github.clouddriver.memory.Sets.B;
import static io.github.clouddriver.memory.Sets.LARGE;
import static io.github.clouddriver.memory.Sets.MINUTE;
import static io.github.clouddriver.memory.Sets.SMALL;
import static io.github.clouddriver.memory.Sets.START;
import static io.github.clouddriver.memory.Sets.cloud;
import static io.github.clouddriver.memory.Sets.list;
import static io.github.clouddriver.memory.Sets.listed;
import static io.github.clouddriver.memory.Sets.open;
import static io.github.clouddriver.memory.Sets.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.clouddriver.AttemptToken;
import io.github.clouddriver.Capability;
import io.github.clouddriver.CreateRequest;
import io.github.clouddriver.Instance;
import io.github.clouddriver.InstanceId;
import io.github.clouddriver.InstanceSet;
import io.github.clouddriver.InstanceTags;
import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.error.NotImplementedException;
import io.github.clouddriver.error.OutcomeUnknownException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A token makes one instance at the most (clause S11). */
class AttemptTokenTest {
  private static final CreateRequest REQUEST =
      request(SMALL).toBuilder()
          .attemptToken(AttemptToken.of("attempt-1"))
          .tags(InstanceTags.of("k", "v"))
          .build();
  private final ManualClock clock = ManualClock.at(START);

  @Test
  void S11_repeatingARequestReturnsTheSameInstance() throws Exception {
    try (MemoryCloud cloud = cloud().quota(1).build()) {
      InstanceSet set = open(cloud, A);
      InstanceId id = set.create(REQUEST).id();
      assertThat(set.create(REQUEST).id()).isEqualTo(id);
      assertThat(set.create(REQUEST.toBuilder().build()).id()).isEqualTo(id);
      assertThat(open(cloud, A).create(REQUEST).id()).as("from another host").isEqualTo(id);
      assertThat(listed(set)).containsExactly(id);
    }
  }

  @Test
  void S11_aRepetitionFindsOutWhatAnUnknownOutcomeWas() throws Exception {
    try (MemoryCloud cloud = cloud().build()) {
      InstanceSet set = open(cloud, A);
      cloud
          .faults()
          .add(
              Operation.CREATE,
              Fault.outcomeUnknownBeforeCommit(),
              Fault.outcomeUnknownAfterCommit());
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> set.create(REQUEST)).isInstanceOf(OutcomeUnknownException.class);
      }
      Instance found = set.create(REQUEST);
      assertThat(listed(set)).containsExactly(found.id());
    }
  }

  @Test
  void S11_aTokenWithOtherParametersIsRefused() throws Exception {
    try (MemoryCloud cloud = cloud().build()) {
      InstanceSet set = open(cloud, A);
      set.create(REQUEST);
      CreateRequest other =
          CreateRequest.builder(LARGE, Sets.IMAGE)
              .attemptToken(AttemptToken.of("attempt-1"))
              .build();
      assertRefused(set, other, "IdempotentParameterMismatch");
      assertRefused(
          set,
          REQUEST.toBuilder().tags(InstanceTags.empty()).build(),
          "IdempotentParameterMismatch");
      assertThat(list(set)).hasSize(1);
    }
  }

  @Test
  void S11_aTokenIsRefusedOnceItsInstanceHasEndedAndForEver() throws Exception {
    try (MemoryCloud cloud = cloud().clock(clock).shutdownDelay(MINUTE).listLag(MINUTE).build()) {
      InstanceSet set = open(cloud, A);
      set.create(REQUEST).destroy();
      assertRefused(set, REQUEST, "IdempotentInstanceTerminated");
      for (int i = 0; i < 3; i++) {
        clock.advance(MINUTE);
        list(set); // the account forgets what is gone
        assertRefused(set, REQUEST, "IdempotentInstanceTerminated");
      }
      assertThat(cloud.instances()).isEmpty();
    }
  }

  private static void assertRefused(InstanceSet set, CreateRequest request, String code) {
    CloudException refused = catchThrowableOfType(CloudException.class, () -> set.create(request));
    assertThat(refused).isExactlyInstanceOf(CloudException.class).hasMessageContaining("attempt-1");
    assertThat(refused.providerCode()).contains(code);
  }

  @Test
  void D5_setsWithDifferentIdsHaveTokensOfTheirOwn() throws Exception {
    try (MemoryCloud cloud = cloud().build()) {
      InstanceId first = open(cloud, A).create(REQUEST).id();
      assertThat(open(cloud, B).create(REQUEST).id()).isNotEqualTo(first);
    }
  }

  @Test
  void S11_manyThreadsWithOneTokenMakeOneInstance() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try (MemoryCloud cloud = cloud().build()) {
      InstanceSet set = open(cloud, A);
      Set<InstanceId> made = ConcurrentHashMap.newKeySet();
      Callable<Boolean> create = () -> made.add(set.create(REQUEST).id());
      List<Future<Boolean>> results =
          threads.invokeAll(Stream.generate(() -> create).limit(200).toList());
      for (Future<Boolean> result : results) {
        result.get();
      }
      assertThat(made).hasSize(1);
      assertThat(cloud.instances()).hasSize(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void S11_withoutTheCapabilityATokenIsRefusedBeforeAnythingIsDone() throws Exception {
    try (MemoryCloud cloud = cloud().without(Capability.ATTEMPT_TOKEN).build()) {
      InstanceSet set = open(cloud, A);
      assertThat(set.capabilities()).doesNotContain(Capability.ATTEMPT_TOKEN);
      CreateRequest withKey = REQUEST.toBuilder().publicKey(Sets.newKey()).build();
      assertThatThrownBy(() -> set.create(withKey))
          .isExactlyInstanceOf(NotImplementedException.class);
      assertThat(cloud.instances()).isEmpty();
      assertThat(cloud.keyPairs()).isEmpty();
    }
  }
}
