package io.github.clouddriver.memory;

import static io.github.clouddriver.memory.Sets.A;
import static io.github.clouddriver.memory.Sets.cloud;
import static io.github.clouddriver.memory.Sets.create;
import static io.github.clouddriver.memory.Sets.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.clouddriver.Capability;
import io.github.clouddriver.Instance;
import io.github.clouddriver.InstanceQuotaGroup;
import io.github.clouddriver.InstanceSet;
import io.github.clouddriver.InstanceState;
import io.github.clouddriver.Interruption;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a builder takes and refuses, and what a cloud without some capability does. */
class MemoryCloudBuilderTest {
  private static final Duration NEGATIVE = Duration.ofSeconds(-1);
  private static final Duration AGES = Duration.ofDays(400 * 365);

  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake("the boot delay, PT-1S, is not between", b -> b.bootDelay(NEGATIVE)),
        mistake("the boot delay, PT3504000H, is not between", b -> b.bootDelay(AGES)),
        mistake("the address delay, PT-1S,", b -> b.addressDelay(NEGATIVE)),
        mistake("the shutdown delay, PT-1S,", b -> b.shutdownDelay(NEGATIVE)),
        mistake("the lag of lists, PT-1S,", b -> b.listLag(NEGATIVE)),
        mistake("the lag of tags, PT-1S,", b -> b.tagLag(NEGATIVE)),
        mistake("the page size, 0, is less than 1", b -> b.pageSize(0)),
        mistake("the quota, -1, is negative", b -> b.quota(-1)),
        mistake("the capacity for m5.large, -1, is negative", b -> b.capacity("m5.large", -1)),
        mistake("the provider type is blank", b -> b.capacity(" ", 1)),
        mistake(
            "the capacity for the quota group m5-spot, -2, is negative",
            b -> b.quotaGroupCapacity(InstanceQuotaGroup.of("m5-spot"), -2)),
        mistake("the prefix is blank", b -> b.quotaGroup("", "standard")),
        mistake("the quota group is empty", b -> b.quotaGroup("m", "")),
        mistake("0 calls in PT1S lets nothing", b -> b.rateLimit(0, Duration.ofSeconds(1))),
        mistake("1 calls in PT0S lets nothing", b -> b.rateLimit(1, Duration.ZERO)),
        mistake("the price of m5.large, -1, is", b -> b.price("m5.large", new BigDecimal(-1))),
        mistake("the price of scratch, -1, is", b -> b.scratchPrice(new BigDecimal(-1))),
        mistake("the step of spot prices, PT0S, is", b -> b.spotPriceStep(Duration.ZERO)),
        mistake(
            "the mean life of spot instances, PT0S,",
            b -> b.spotInterruptions(Duration.ZERO, Duration.ZERO)),
        mistake(
            "the notice of spot interruptions, PT-1S,",
            b -> b.spotInterruptions(Duration.ofHours(1), NEGATIVE)),
        mistake("the number of sessions, -1, is negative", b -> b.maxSessions(-1)),
        mistake("the remote user is blank", b -> b.remoteUser(" ")),
        mistake("the name of the cloud is blank", b -> b.name("")),
        mistake(
            "without INIT_COMMAND must have HOST_KEY",
            b -> b.without(Capability.INIT_COMMAND, Capability.HOST_KEY).build()),
        mistake(
            "not over a connection only",
            b -> b.without(Capability.INIT_COMMAND).hostKeyOverConnection(true).build()));
  }

  private static Arguments mistake(String message, Consumer<MemoryCloudBuilder> mistake) {
    return Arguments.of(message, mistake);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mistakes")
  void aMistakeIsRefusedAndSaysWhatWasWrong(String message, Consumer<MemoryCloudBuilder> mistake) {
    assertThatThrownBy(() -> mistake.accept(cloud()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void everythingIsClaimedUnlessItIsTakenAway() throws Exception {
    try (MemoryCloud cloud = cloud().build()) {
      assertThat(open(cloud, A).capabilities()).containsExactlyInAnyOrder(Capability.values());
    }
    try (MemoryCloud cloud = cloud().capabilities(Set.of(Capability.HOST_KEY)).build()) {
      assertThat(open(cloud, A).capabilities()).containsExactly(Capability.HOST_KEY);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsTakenAwayIsNotClaimedAndFailsCleanly(Capability lacking) throws Exception {
    try (MemoryCloud cloud = cloud().without(lacking).build()) {
      InstanceSet set = open(cloud, A);
      assertThat(set.capabilities()).isEqualTo(EnumSet.complementOf(EnumSet.of(lacking)));
      Instance made =
          set.create(
              Sets.request(Sets.SMALL).toBuilder()
                  .publicKey(Sets.newKey())
                  .initCommand(io.github.clouddriver.InitCommand.of("true"))
                  .build());
      cloud.interrupt(made.id(), Interruption.Kind.RECLAIM, Duration.ofHours(1));
      assertThat(made.state() == InstanceState.UNKNOWN).isEqualTo(lacking == Capability.STATE);
      assertThat(made.priceHistory(Sets.SMALL).isEmpty())
          .isEqualTo(lacking == Capability.PRICE_HISTORY);
      assertThat(made.interruption().isEmpty()).isEqualTo(lacking == Capability.INTERRUPTION);
      assertThat(cloud.keyPairs().isEmpty()).isEqualTo(lacking == Capability.PUBLIC_KEY);
    }
  }

  @Test
  void aCloudPrintsItsNameAndSizeAndTheNamesDiffer() throws Exception {
    try (MemoryCloud cloud = cloud().name("staging").build()) {
      create(open(cloud, A));
      assertThat(cloud).hasToString("MemoryCloud[staging, 1 instances]");
      assertThat(cloud.instances().get(0).toString())
          .matches("i-[0-9a-f]{16} RUNNING \\(m5.large, of " + A + "\\)");
    }
    assertThat(
            Arrays.asList(
                MemoryCloud.builder().settings().name(), MemoryCloud.builder().settings().name()))
        .doesNotHaveDuplicates();
  }
}
