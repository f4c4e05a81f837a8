package io.github.clouddriver.memory;

import static io.github.clouddriver.memory.Sets.A;
import static io.github.clouddriver.memory.Sets.B;
import static io.github.clouddriver.memory.Sets.SMALL;
import static io.github.clouddriver.memory.Sets.cloud;
import static io.github.clouddriver.memory.Sets.create;
import static io.github.clouddriver.memory.Sets.find;
import static io.github.clouddriver.memory.Sets.list;
import static io.github.clouddriver.memory.Sets.listed;
import static io.github.clouddriver.memory.Sets.newKey;
import static io.github.clouddriver.memory.Sets.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.clouddriver.Capability;
import io.github.clouddriver.CreateRequest;
import io.github.clouddriver.Instance;
import io.github.clouddriver.InstanceSet;
import io.github.clouddriver.InstanceSetId;
import io.github.clouddriver.InstanceTags;
import io.github.clouddriver.SharedResourceTags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.security.PublicKey;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/** Several sets on one account: adoption, isolation, key pairs, summary (clauses D3 to D7). */
class SharedAccountTest {
  private final PublicKey key = newKey();
  private final CreateRequest withKey = request(SMALL).toBuilder().publicKey(key).build();

  @Test
  void D5_setsWithDifferentIdsGoThroughAFullCycleAndNeitherTouchesTheOthers() throws Exception {
    try (MemoryCloud cloud = cloud().build()) {
      InstanceSet a = open(cloud, A);
      InstanceSet b = open(cloud, B);
      Instance ofA = a.create(withKey);
      Instance ofB = b.create(withKey);
      assertThat(listed(a)).containsExactly(ofA.id());
      assertThat(listed(b)).containsExactly(ofB.id());
      assertThat(cloud.keyPairs()).extracting(KeyPairRecord::setId).containsExactly(A, B);
      find(a, ofA.id()).setTags(InstanceTags.of("x", "a"));
      assertThat(find(b, ofB.id()).tags()).isEqualTo(InstanceTags.empty());
      find(a, ofA.id()).destroy();
      a.stop();
      assertThat(cloud.instances()).extracting(InstanceRecord::id).containsExactly(ofB.id());
      assertThat(cloud.keyPairs()).extracting(KeyPairRecord::setId).containsExactly(A, B);
      ofB.setTags(InstanceTags.of("x", "b"));
      assertThat(find(b, ofB.id()).tags()).isEqualTo(InstanceTags.of("x", "b"));
      ofB.destroy();
      b.stop();
      assertThat(cloud.instances()).isEmpty();
    }
  }

  @Test
  void D5_theCallerItselfMayDestroyAndTagWhatIsForeign() throws Exception {
    try (MemoryCloud cloud = cloud().foreignRows(true).build()) {
      Instance ofB = create(open(cloud, B));
      Instance seenByA = find(open(cloud, A), ofB.id());
      seenByA.setTags(InstanceTags.of("x", "y"));
      assertThat(cloud.instances().get(0).tags()).isEqualTo(InstanceTags.of("x", "y"));
      assertThat(cloud.instances().get(0).setId()).isEqualTo(B);
      seenByA.destroy();
      assertThat(cloud.instances()).isEmpty();
    }
  }

  @Test
  void D4_aSetWithTheSameIdTakesOverAllInstancesAndKeyPairs() throws Exception {
    try (MemoryCloud cloud = cloud().build()) {
      InstanceSet first = open(cloud, A);
      Instance one = first.create(withKey);
      Instance two = create(first);
      one.setTags(InstanceTags.empty());
      first.stop();

      InstanceSet second = open(cloud, A);
      assertThat(listed(second)).containsExactly(one.id(), two.id());
      cloud.faults().add(Operation.KEY_UPLOAD, Fault.error("no upload is needed"));
      second.create(withKey);
      assertThat(cloud.faults().pending()).containsKey(Operation.KEY_UPLOAD);
      assertThat(cloud.keyPairs()).hasSize(1);
      for (Instance each : list(second)) {
        each.destroy();
      }
      assertThat(cloud.instances()).isEmpty();
    }
  }

  @Test
  void D3_D4_aKeyPairCarriesTheSharedTagsAndTheSetId() throws Exception {
    SharedResourceTags tags = SharedResourceTags.of("owner", "me").with("project", "p");
    try (MemoryCloud cloud = cloud().build()) {
      InstanceSet set = open(cloud, A, tags);
      set.create(withKey);
      set.create(request(SMALL).toBuilder().publicKey(newKey()).build());
      create(set);
      assertThat(cloud.keyPairs()).hasSize(2);
      KeyPairRecord pair = cloud.keyPairs().get(0);
      assertThat(pair.setId()).isEqualTo(A);
      assertThat(pair.tags()).isEqualTo(tags);
      assertThat(pair.publicKey()).isEqualTo(key);
      assertThat(pair.name()).isEqualTo(A + ":" + pair.fingerprint()).startsWith(A.value());
      assertThat(pair.fingerprint()).startsWith("SHA256:");
      assertThat(cloud.keyPairs().get(1).name()).isNotEqualTo(pair.name());
    }
  }

  @Test
  void D3_aKeyPairThatIsTakenOverGetsTheTagsThatItLacks() throws Exception {
    try (MemoryCloud cloud = cloud().build()) {
      open(cloud, A, SharedResourceTags.of("owner", "me").with("stage", "1")).create(withKey);
      SharedResourceTags later = SharedResourceTags.of("stage", "2");
      open(cloud, A, later).create(withKey);
      assertThat(cloud.keyPairs())
          .singleElement()
          .satisfies(pair -> assertThat(pair.tags()).isEqualTo(later.with("owner", "me")));
    }
  }

  @Test
  void withoutAdoptionInstancesEndWithTheirSet() throws Exception {
    try (MemoryCloud cloud = cloud().without(Capability.ADOPTION).build()) {
      InstanceSet set = open(cloud, A);
      InstanceSet sameId = open(cloud, A);
      Instance made = set.create(withKey);
      sameId.create(withKey);
      assertThat(list(sameId)).hasSize(1);
      set.stop();
      assertThat(cloud.instances()).hasSize(1);
      assertThat(cloud.keyPairs()).hasSize(1);
      assertThat(made.address()).isEmpty();
      assertThat(list(sameId)).hasSize(1);
    }
  }

  @Test
  void withoutAdoptionAHeldCreateLeavesNothingBehindAfterStop() throws Exception {
    try (MemoryCloud cloud = cloud().without(Capability.ADOPTION).build()) {
      InstanceSet set = open(cloud, A);
      Hold hold = Fault.hold();
      cloud.faults().add(Operation.CREATE, hold);
      InThread<Instance> call = InThread.heldBy(hold, () -> create(set));
      set.stop();
      hold.release();
      call.failure(Duration.ofSeconds(5));
      assertThat(cloud.instances()).isEmpty();
    }
  }

  @Test
  void cloudsAreIsolatedFromEachOther() throws Exception {
    MemoryCloud one = cloud().quota(1).build();
    try (MemoryCloud two = cloud().quota(1).build()) {
      InstanceSet inOne = open(one, A);
      InstanceSet inTwo = open(two, A);
      Instance made = inOne.create(withKey);
      Instance other = inTwo.create(withKey);
      one.faults().add(Operation.LIST, Fault.error("in cloud one"));
      assertThat(listed(inTwo)).containsExactly(other.id());
      assertThat(two.keyPairs()).hasSize(1);
      assertThat(made.id()).as("ids differ from cloud to cloud").isNotEqualTo(other.id());
      one.close();
      assertThat(listed(inTwo)).containsExactly(other.id());
      other.destroy();
      create(inTwo);
    }
  }

  @Test
  void D6_eachSetLogsTheOthersResourcesOnceAtStartUp() throws Exception {
    try (MemoryCloud cloud = cloud().build()) {
      RecordingLogger logger = new RecordingLogger();
      InstanceSet a = open(cloud, A, logger);
      Instance made = a.create(withKey);
      open(cloud, A, logger);
      assertThat(logger.lines()).as("nothing is foreign").isEmpty();

      InstanceSet b = open(cloud, B, logger);
      create(b);
      list(b);
      assertThat(logger.lines())
          .singleElement()
          .asString()
          .startsWith("INFO instance set " + B + ": account memory-")
          .contains(
              "holds 1 instances and 1 key pairs that are not this set's and are left alone",
              made.id() + " of " + A,
              cloud.keyPairs().get(0).name());
    }
  }

  private static InstanceSet open(MemoryCloud cloud, InstanceSetId id, Logger logger)
      throws Exception {
    return cloud
        .driver()
        .instanceSet(null, id, SharedResourceTags.empty(), logger, new SimpleMeterRegistry());
  }

  private static InstanceSet open(MemoryCloud cloud, InstanceSetId id) throws Exception {
    return Sets.open(cloud, id);
  }

  private static InstanceSet open(MemoryCloud cloud, InstanceSetId id, SharedResourceTags tags)
      throws Exception {
    return Sets.open(cloud, id, tags);
  }

  @Test
  void D6_theSummaryStaysShort() throws Exception {
    try (MemoryCloud cloud = cloud().build()) {
      InstanceSet a = open(cloud, A);
      for (int i = 0; i < 23; i++) {
        create(a);
      }
      RecordingLogger logger = new RecordingLogger();
      open(cloud, B, logger);
      assertThat(logger.lines())
          .singleElement()
          .asString()
          .contains("holds 23 instances and 0 key pairs", " and 3 more; key pairs: none");
    }
  }
}
