package io.github.clouddriver.memory;

import static io.github.clouddriver.memory.Sets.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CloudTimeTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final StopSignal stop = new StopSignal();

  static Stream<InstantSource> sources() {
    return Stream.of(ManualClock.at(START), InstantSource.fixed(START), InstantSource.system());
  }

  @ParameterizedTest
  @MethodSource("sources")
  void doesNotWaitForWhatIsPast(InstantSource source) throws Exception {
    CloudTime time = new CloudTime(source);
    assertThat(time.sleepUntil(source.instant(), stop)).isTrue();
    assertThat(time.sleepUntil(source.instant().minusSeconds(1), stop)).isTrue();
    assertThat(time.sleep(Duration.ZERO, stop)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("sources")
  void anInterruptEndsAWaitAtOnce(InstantSource source) throws Exception {
    InThread<Boolean> waiter =
        InThread.start(() -> new CloudTime(source).sleep(Duration.ofDays(1), stop));
    waiter.awaitWaiting().interrupt();
    assertThat(waiter.failure(Duration.ofSeconds(1))).isInstanceOf(InterruptedException.class);
  }

  @ParameterizedTest
  @MethodSource("sources")
  void aStopEndsAWaitAtOnce(InstantSource source) throws Exception {
    InThread<Boolean> waiter =
        InThread.start(() -> new CloudTime(source).sleep(Duration.ofDays(1), stop));
    waiter.awaitWaiting();
    stop.stop();
    assertThat(waiter.result(Duration.ofSeconds(1))).isFalse();
  }

  @ParameterizedTest
  @MethodSource("sources")
  void afterAStopNothingWaits(InstantSource source) throws Exception {
    stop.stop();
    assertThat(new CloudTime(source).sleep(Duration.ofDays(1), stop)).isFalse();
  }

  @Test
  void followsASourceThatNobodyAnnounces() throws Exception {
    AtomicReference<Instant> now = new AtomicReference<>(START);
    CloudTime time = new CloudTime(now::get);
    InThread<Boolean> waiter = InThread.start(() -> time.sleep(Duration.ofDays(1), stop));
    waiter.awaitWaiting();
    now.set(START.plus(Duration.ofDays(1)));
    assertThat(waiter.result()).isTrue();
  }

  @Test
  void sleepsForTheWholeSpanOnTheSystemClock() throws Exception {
    CloudTime time = new CloudTime(InstantSource.system());
    Instant end = time.instant().plusMillis(50);
    assertThat(time.sleepUntil(end, stop)).isTrue();
    assertThat(time.instant()).isAfterOrEqualTo(end);
  }

  @Test
  void oneSetsStopDoesNotWakeAnother() throws Exception {
    ManualClock clock = ManualClock.at(START);
    CloudTime time = new CloudTime(clock);
    StopSignal other = new StopSignal();
    InThread<Boolean> waiter = InThread.start(() -> time.sleep(SECOND, other));
    clock.awaitWaiting(1, PATIENCE);
    stop.stop();
    waiter.awaitWaiting();
    clock.advance(SECOND);
    assertThat(waiter.result()).isTrue();
  }
}
