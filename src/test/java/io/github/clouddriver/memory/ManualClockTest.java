package io.github.clouddriver.memory;

import static io.github.clouddriver.memory.Sets.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManualClockTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final ManualClock clock = ManualClock.at(START);

  @Test
  void standsStillUntilItIsMoved() {
    assertThat(clock.instant()).isEqualTo(START);
    assertThat(clock.advance(Duration.ofSeconds(5))).isEqualTo(START.plusSeconds(5));
    assertThat(clock.instant()).isEqualTo(START.plusSeconds(5));
    assertThat(clock.advance(Duration.ZERO)).isEqualTo(START.plusSeconds(5));
    clock.set(START.minusSeconds(9));
    assertThat(clock.instant()).isEqualTo(START.minusSeconds(9));
    assertThat(clock).hasToString("ManualClock[2025-12-31T23:59:51Z]");
  }

  @Test
  void refusesToAdvanceBackwards() {
    assertThatThrownBy(() -> clock.advance(Duration.ofNanos(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("turn the clock back");
    assertThat(clock.instant()).isEqualTo(START);
  }

  @Test
  void noStepIsLostAmongManyThreads() throws Exception {
    List<InThread<Void>> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      threads.add(
          InThread.start(
              () -> {
                for (int step = 0; step < 1000; step++) {
                  clock.advance(Duration.ofMillis(1));
                }
                return null;
              }));
    }
    for (InThread<Void> thread : threads) {
      thread.result();
    }
    assertThat(clock.instant()).isEqualTo(START.plusSeconds(8));
  }

  @Test
  void wakesOnlyThoseWhoseTimeHasCome() throws Exception {
    StopSignal never = new StopSignal();
    CloudTime time = new CloudTime(clock);
    InThread<Boolean> early = InThread.start(() -> time.sleep(Duration.ofSeconds(10), never));
    InThread<Boolean> late = InThread.start(() -> time.sleep(Duration.ofSeconds(20), never));
    clock.awaitWaiting(2, PATIENCE);

    clock.advance(Duration.ofSeconds(10).minusNanos(1));
    clock.awaitWaiting(2, PATIENCE);
    early.awaitWaiting();

    clock.advance(Duration.ofNanos(1));
    assertThat(early.result()).isTrue();
    late.awaitWaiting();

    clock.set(START.plusSeconds(20));
    assertThat(late.result()).isTrue();
  }

  @Test
  void tellsWhenNobodyCameToWait() {
    assertThatThrownBy(() -> clock.awaitWaiting(1, Duration.ofMillis(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("only 0 of 1 calls wait for the clock");
    assertThatThrownBy(() -> clock.awaitWaiting(0, PATIENCE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void thoseWhoLeftNoLongerCount() throws Exception {
    StopSignal stop = new StopSignal();
    InThread<Boolean> waiter =
        InThread.start(() -> new CloudTime(clock).sleep(Duration.ofSeconds(1), stop));
    clock.awaitWaiting(1, PATIENCE);
    clock.advance(Duration.ofSeconds(1));
    waiter.result();
    assertThatThrownBy(() -> clock.awaitWaiting(1, Duration.ZERO))
        .isInstanceOf(IllegalStateException.class);
  }
}
