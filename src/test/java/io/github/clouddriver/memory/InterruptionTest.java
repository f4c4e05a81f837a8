package io.github.clouddriver.memory;

import static io.github.clouddriver.memory.Sets.A;
import static io.github.clouddriver.memory.Sets.MINUTE;
import static io.github.clouddriver.memory.Sets.START;
import static io.github.clouddriver.memory.Sets.cloud;
import static io.github.clouddriver.memory.Sets.create;
import static io.github.clouddriver.memory.Sets.find;
import static io.github.clouddriver.memory.Sets.list;
import static io.github.clouddriver.memory.Sets.open;
import static io.github.clouddriver.memory.Sets.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.clouddriver.Capability;
import io.github.clouddriver.Instance;
import io.github.clouddriver.InstanceId;
import io.github.clouddriver.InstanceSet;
import io.github.clouddriver.InstanceState;
import io.github.clouddriver.Interruption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Stops that the provider announces (clause I8). */
class InterruptionTest {
  private final ManualClock clock = ManualClock.at(START);

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "REBALANCE")
  void I8_anInterruptionIsToldAndEndsTheInstanceAtItsDeadline(Interruption.Kind kind)
      throws Exception {
    try (MemoryCloud cloud = cloud().clock(clock).shutdownDelay(MINUTE).build()) {
      InstanceSet set = open(cloud, A);
      Instance made = create(set);
      assertThat(made.interruption()).isEmpty();
      cloud.interrupt(made.id(), kind, Duration.ofMinutes(2));
      Interruption told = made.interruption().orElseThrow();
      assertThat(told.kind()).isEqualTo(kind);
      assertThat(told.deadline()).contains(START.plus(Duration.ofMinutes(2)));
      assertThat(find(set, made.id()).interruption()).contains(told);
      clock.advance(Duration.ofMinutes(2).minusNanos(1));
      assertThat(made.state()).isEqualTo(InstanceState.RUNNING);
      clock.advance(Duration.ofNanos(1));
      assertThat(made.state()).isEqualTo(InstanceState.SHUTTING_DOWN);
      clock.advance(MINUTE);
      assertThat(list(set)).isEmpty();
      assertThat(made.interruption()).isEmpty();
      made.destroy();
    }
  }

  @Test
  void I8_aRebalanceIsAWarningThatTheInstanceSurvives() throws Exception {
    try (MemoryCloud cloud = cloud().clock(clock).build()) {
      InstanceSet set = open(cloud, A);
      Instance made = create(set);
      cloud.interrupt(made.id(), Interruption.Kind.REBALANCE, MINUTE);
      assertThat(made.interruption().orElseThrow().kind()).isEqualTo(Interruption.Kind.REBALANCE);
      clock.advance(Duration.ofDays(1));
      assertThat(made.state()).isEqualTo(InstanceState.RUNNING);
      cloud.interrupt(made.id(), Interruption.Kind.RECLAIM, MINUTE);
      assertThat(made.interruption().orElseThrow().kind()).isEqualTo(Interruption.Kind.RECLAIM);
    }
  }

  @Test
  void anInterruptionWithoutNoticeEndsTheInstanceAtOnce() throws Exception {
    try (MemoryCloud cloud = cloud().clock(clock).build()) {
      InstanceSet set = open(cloud, A);
      Instance made = create(set);
      cloud.interrupt(made.id(), Interruption.Kind.RECLAIM, Duration.ZERO);
      assertThat(list(set)).isEmpty();
    }
  }

  @Test
  void I8_withoutTheCapabilityNothingIsToldButTheInstanceEnds() throws Exception {
    try (MemoryCloud cloud = cloud().clock(clock).without(Capability.INTERRUPTION).build()) {
      InstanceSet set = open(cloud, A);
      Instance made = create(set);
      cloud.interrupt(made.id(), Interruption.Kind.RECLAIM, MINUTE);
      assertThat(made.interruption()).isEmpty();
      clock.advance(MINUTE);
      assertThat(list(set)).isEmpty();
    }
  }

  @Test
  void aMistakenInterruptionIsRefused() throws Exception {
    try (MemoryCloud cloud = cloud().build()) {
      Instance made = create(open(cloud, A));
      assertThatThrownBy(
              () ->
                  cloud.interrupt(
                      InstanceId.of("i-none"), Interruption.Kind.RECLAIM, Duration.ZERO))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("there is no instance i-none");
      assertThatThrownBy(
              () -> cloud.interrupt(made.id(), Interruption.Kind.RECLAIM, MINUTE.negated()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("negative");
    }
  }

  @Test
  void spotInstancesAreTakenBackAtRandomOnesOfTheSeedAndOthersAreNot() throws Exception {
    List<Duration> lives = lives(3);
    assertThat(lives).hasSize(200).isEqualTo(lives(3)).isNotEqualTo(lives(4));
    double meanHours =
        lives.stream().mapToLong(Duration::toMillis).average().orElseThrow() / 3_600_000;
    assertThat(meanHours).as("mean of 200 lives around 6 h").isBetween(4.5, 7.5);
  }

  private List<Duration> lives(long seed) throws Exception {
    clock.set(START);
    List<Duration> lives = new ArrayList<>();
    try (MemoryCloud cloud =
        cloud()
            .clock(clock)
            .seed(seed)
            .spotInterruptions(Duration.ofHours(6), Duration.ofMinutes(2))
            .build()) {
      InstanceSet set = open(cloud, A);
      List<Instance> spots = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        spots.add(set.create(request(Sets.SPOT)));
      }
      Instance onDemand = create(set);
      clock.advance(Duration.ofDays(60));
      assertThat(onDemand.interruption()).isEmpty();
      assertThat(list(set)).singleElement().hasToString(onDemand.toString());
      clock.set(START);
    }
    for (int n = 1; n <= 200; n++) {
      lives.add(new SpotInterruptions(Duration.ofHours(6), MINUTE).lifeOf(n, seed));
    }
    return lives;
  }

  @Test
  void aSpotInstanceIsToldOfItsEndInTime() throws Exception {
    Duration notice = Duration.ofMinutes(2);
    try (MemoryCloud cloud =
        cloud().clock(clock).seed(9).spotInterruptions(Duration.ofHours(6), notice).build()) {
      InstanceSet set = open(cloud, A);
      Instance made = set.create(request(Sets.SPOT));
      Duration life = new SpotInterruptions(Duration.ofHours(6), notice).lifeOf(1, 9);
      clock.advance(life.minusNanos(1));
      assertThat(made.interruption()).isEmpty();
      clock.advance(Duration.ofNanos(1));
      assertThat(made.interruption())
          .contains(Interruption.of(Interruption.Kind.RECLAIM, START.plus(life).plus(notice)));
      clock.advance(notice);
      assertThat(list(set)).isEmpty();
    }
  }
}
