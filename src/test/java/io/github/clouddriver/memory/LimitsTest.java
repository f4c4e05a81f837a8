package io.github.clouddriver.memory;

import static io.github.clouddriver.memory.Sets.A;
import static io.github.clouddriver.memory.Sets.B;
import static io.github.clouddriver.memory.Sets.LARGE;
import static io.github.clouddriver.memory.Sets.MINUTE;
import static io.github.clouddriver.memory.Sets.OTHER_FAMILY;
import static io.github.clouddriver.memory.Sets.SECOND;
import static io.github.clouddriver.memory.Sets.SMALL;
import static io.github.clouddriver.memory.Sets.SPOT;
import static io.github.clouddriver.memory.Sets.START;
import static io.github.clouddriver.memory.Sets.cloud;
import static io.github.clouddriver.memory.Sets.create;
import static io.github.clouddriver.memory.Sets.list;
import static io.github.clouddriver.memory.Sets.open;
import static io.github.clouddriver.memory.Sets.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.clouddriver.Instance;
import io.github.clouddriver.InstanceQuotaGroup;
import io.github.clouddriver.InstanceSet;
import io.github.clouddriver.InstanceType;
import io.github.clouddriver.error.CapacityError;
import io.github.clouddriver.error.CapacityException;
import io.github.clouddriver.error.CapacityScope;
import io.github.clouddriver.error.CloudErrors;
import io.github.clouddriver.error.QuotaException;
import io.github.clouddriver.error.RateLimitException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What the account and the provider have room for (S7, X1 to X3). */
class LimitsTest {
  private final ManualClock clock = ManualClock.at(START);

  @Test
  void X2_theQuotaHoldsForAllSetsUntilAnInstanceIsGone() throws Exception {
    try (MemoryCloud cloud = cloud().clock(clock).quota(2).shutdownDelay(MINUTE).build()) {
      InstanceSet set = open(cloud, A);
      Instance first = create(set);
      create(open(cloud, B));
      QuotaException refused = catchThrowableOfType(QuotaException.class, () -> create(set));
      assertThat(refused.isQuotaError()).isTrue();
      assertThat(refused).hasMessageContaining("holds 2 instances and may hold 2");
      assertThat(refused.providerCode()).contains("InstanceLimitExceeded");
      first.destroy();
      assertThat(catchThrowable(() -> create(set)))
          .as("one is still shutting down")
          .isInstanceOf(QuotaException.class);
      clock.advance(MINUTE);
      create(set);
      assertThat(cloud.instances()).hasSize(2);
    }
  }

  @Test
  void X3_capacityByTypeIsForThatTypeOnly() throws Exception {
    try (MemoryCloud cloud = cloud().capacity("m5.large", 1).build()) {
      InstanceSet set = open(cloud, A);
      Instance first = set.create(request(SMALL));
      CapacityError refused = refused(set, SMALL);
      assertThat(refused.scope()).isEqualTo(CapacityScope.INSTANCE_TYPE);
      assertThat(refused.isInstanceTypeSpecific()).isTrue();
      assertThat(refused.isInstanceQuotaGroupSpecific()).isFalse();
      set.create(request(LARGE));
      first.destroy();
      set.create(request(SMALL));
    }
  }

  @Test
  void X3_capacityByQuotaGroupIsForAllTypesOfTheGroup() throws Exception {
    InstanceQuotaGroup group = InstanceQuotaGroup.of("m5-on-demand");
    try (MemoryCloud cloud = cloud().quotaGroupCapacity(group, 2).build()) {
      InstanceSet set = open(cloud, A);
      set.create(request(SMALL));
      set.create(request(LARGE));
      for (InstanceType type : new InstanceType[] {SMALL, LARGE}) {
        CapacityError refused = refused(set, type);
        assertThat(refused.scope()).isEqualTo(CapacityScope.QUOTA_GROUP);
        assertThat(refused.isInstanceTypeSpecific()).isFalse();
        assertThat(refused.isInstanceQuotaGroupSpecific()).isTrue();
      }
      set.create(request(SPOT));
      set.create(request(OTHER_FAMILY));
      assertThat(list(set)).hasSize(4);
    }
  }

  private static CapacityError refused(InstanceSet set, InstanceType type) {
    Throwable thrown = catchThrowable(() -> set.create(request(type)));
    assertThat(thrown).isInstanceOf(CapacityException.class);
    return CloudErrors.find(thrown, CapacityError.class).orElseThrow();
  }

  @Test
  void S7_aQuotaGroupIsTheFamilyWithSpotApart() throws Exception {
    try (MemoryCloud cloud = cloud().build();
        MemoryCloud otherProcess = cloud().build()) {
      InstanceSet set = open(cloud, A);
      assertThat(set.instanceQuotaGroup(SMALL)).hasToString("m5-on-demand");
      assertThat(set.instanceQuotaGroup(LARGE)).isEqualTo(set.instanceQuotaGroup(SMALL));
      assertThat(set.instanceQuotaGroup(SPOT)).hasToString("m5-spot");
      assertThat(set.instanceQuotaGroup(OTHER_FAMILY)).hasToString("c6-on-demand");
      assertThat(set.instanceQuotaGroup(of("Standard_D4s_v3"))).hasToString("Standard-on-demand");
      assertThat(set.instanceQuotaGroup(of("plain"))).hasToString("plain-on-demand");
      assertThat(set.instanceQuotaGroup(of(".odd"))).hasToString(".odd-on-demand");
      assertThat(open(otherProcess, B).instanceQuotaGroup(SPOT))
          .isEqualTo(set.instanceQuotaGroup(SPOT));
    }
  }

  @Test
  void S7_quotaGroupsAreConfigurableByTheLongestPrefix() throws Exception {
    try (MemoryCloud cloud =
        cloud()
            .quotaGroup("m", "standard")
            .quotaGroup("c", "standard")
            .quotaGroup("m5.x", "big")
            .build()) {
      InstanceSet set = open(cloud, A);
      assertThat(set.instanceQuotaGroup(SMALL)).hasToString("standard-on-demand");
      assertThat(set.instanceQuotaGroup(OTHER_FAMILY)).hasToString("standard-on-demand");
      assertThat(set.instanceQuotaGroup(LARGE)).hasToString("big-on-demand");
      assertThat(set.instanceQuotaGroup(of("x1.large"))).hasToString("x1-on-demand");
    }
  }

  private static InstanceType of(String providerType) {
    return InstanceType.builder("any", providerType).build();
  }

  @Test
  void X1_theRateLimitHoldsForAllSetsAndTellsWhenToTryAgain() throws Exception {
    try (MemoryCloud cloud = cloud().clock(clock).rateLimit(2, Duration.ofSeconds(2)).build()) {
      InstanceSet set = open(cloud, A);
      InstanceSet sameAccount = open(cloud, B);
      create(set);
      list(sameAccount);
      Instant retry = tooOften(set).earliestRetry();
      assertThat(retry).isAfter(START);
      assertThat(tooOften(set).earliestRetry()).isAfter(retry);
      assertThat(cloud.instances()).hasSize(1);
      clock.set(retry);
      create(set);
      assertThat(Duration.between(retry, tooOften(set).earliestRetry()))
          .as("after a success the delay starts from the smallest again")
          .isEqualTo(SECOND);
    }
  }

  private static RateLimitException tooOften(InstanceSet set) {
    return catchThrowableOfType(RateLimitException.class, () -> create(set));
  }
}
