package io.github.clouddriver.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.clouddriver.CreateRequest;
import io.github.clouddriver.ImageId;
import io.github.clouddriver.Instance;
import io.github.clouddriver.InstanceId;
import io.github.clouddriver.InstanceSet;
import io.github.clouddriver.InstanceSetId;
import io.github.clouddriver.InstanceTags;
import io.github.clouddriver.InstanceType;
import io.github.clouddriver.SharedResourceTags;
import io.github.clouddriver.error.CloudException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.helpers.NOPLogger;

/** What the tests of the in-memory cloud share: ids, types, requests, and sets in one line. */
final class Sets {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  static final Duration SECOND = Duration.ofSeconds(1);
  static final Duration MINUTE = Duration.ofMinutes(1);

  /** How long a test waits for what must happen at once. */
  static final Duration PATIENCE = Duration.ofSeconds(20);

  static final InstanceSetId A = InstanceSetId.of("aaaaa-aaaaa-aaaaaaaaaaaaaaa");
  static final InstanceSetId B = InstanceSetId.of("bbbbb-bbbbb-bbbbbbbbbbbbbbb");
  static final ImageId IMAGE = ImageId.of("image-1");
  static final InstanceType SMALL =
      InstanceType.builder("small", "m5.large").price(new BigDecimal("0.10")).build();
  static final InstanceType LARGE = InstanceType.builder("large", "m5.xlarge").build();
  static final InstanceType OTHER_FAMILY = InstanceType.builder("other", "c6.large").build();
  static final InstanceType SPOT = SMALL.toBuilder().preemptible(true).build();

  private Sets() {}

  /** A builder of a cloud without SSH, which most tests do not need. */
  static MemoryCloudBuilder cloud() {
    return MemoryCloud.builder().ssh(false);
  }

  static InstanceSet open(MemoryCloud cloud, InstanceSetId id)
      throws CloudException, InterruptedException {
    return open(cloud, id, SharedResourceTags.empty());
  }

  static InstanceSet open(MemoryCloud cloud, InstanceSetId id, SharedResourceTags tags)
      throws CloudException, InterruptedException {
    return cloud
        .driver()
        .instanceSet(null, id, tags, NOPLogger.NOP_LOGGER, new SimpleMeterRegistry());
  }

  static CreateRequest request(InstanceType type) {
    return CreateRequest.builder(type, IMAGE).build();
  }

  static CreateRequest tagged(String key, String value) {
    return CreateRequest.builder(SMALL, IMAGE).tags(InstanceTags.of(key, value)).build();
  }

  static Instance create(InstanceSet set) throws CloudException, InterruptedException {
    return set.create(request(SMALL));
  }

  static List<Instance> list(InstanceSet set) throws CloudException, InterruptedException {
    return set.instances(InstanceTags.empty());
  }

  static List<InstanceId> ids(List<Instance> instances) {
    return instances.stream().map(Instance::id).toList();
  }

  static List<InstanceId> listed(InstanceSet set) throws CloudException, InterruptedException {
    return ids(list(set));
  }

  /** The instance as the next list shows it. */
  static Instance find(InstanceSet set, InstanceId id) throws CloudException, InterruptedException {
    List<Instance> found = list(set).stream().filter(each -> each.id().equals(id)).toList();
    assertThat(found).as("rows of " + id).hasSize(1);
    return found.get(0);
  }

  static PublicKey newKey() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
