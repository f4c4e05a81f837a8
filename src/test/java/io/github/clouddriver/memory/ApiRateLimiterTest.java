package io.github.clouddriver.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.clouddriver.error.RateLimitException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiRateLimiterTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final ManualClock clock = ManualClock.at(START);
  private final ApiRateLimiter limiter = new ApiRateLimiter(10, Duration.ofSeconds(10), clock);

  private void pass(int calls) throws RateLimitException {
    for (int i = 0; i < calls; i++) {
      limiter.check(Operation.LIST, "req-1");
    }
  }

  /** How long a refused call is told to wait. */
  private Duration refused() {
    RateLimitException e = assertThrows(RateLimitException.class, () -> pass(1));
    return Duration.between(clock.instant(), e.earliestRetry());
  }

  @Test
  void letsOneIntervalsCallsThroughAtOnceAndThenOneAtATime() throws Exception {
    pass(10);
    refused();
    clock.advance(Duration.ofMillis(999));
    refused();
    clock.advance(Duration.ofMillis(1));
    pass(1);
    refused();
    clock.advance(Duration.ofSeconds(3));
    pass(3);
    refused();
    clock.advance(Duration.ofDays(1));
    pass(10);
    refused();
  }

  @Test
  void aRefusalNamesTheOperationTheLimitAndTheRequest() throws Exception {
    pass(10);
    assertThatThrownBy(() -> limiter.check(Operation.DESTROY, "req-9"))
        .isInstanceOfSatisfying(
            RateLimitException.class,
            e -> {
              assertThat(e).hasMessage("DESTROY: more calls than 10 in PT10S");
              assertThat(e.providerCode()).contains("RequestLimitExceeded");
              assertThat(e.requestId()).contains("req-9");
            });
  }

  @Test
  void whoKeepsAskingIsToldToWaitLongerAndASuccessStartsAgain() throws Exception {
    pass(10);
    List<Duration> told = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      told.add(refused());
    }
    assertThat(told.stream().map(Duration::toSeconds)).containsExactly(1L, 2L, 4L, 8L, 10L, 10L);
    clock.advance(Duration.ofSeconds(1));
    pass(1);
    assertThat(refused()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void aCallAtTheToldTimeIsLetThrough() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 1000; i++) {
      try {
        pass(1);
      } catch (RateLimitException e) {
        assertThat(e.earliestRetry()).as("seed %d", seed).isAfter(clock.instant());
        clock.set(e.earliestRetry());
        assertThatCode(() -> pass(1)).as("seed %d", seed).doesNotThrowAnyException();
      }
      clock.advance(Duration.ofMillis(random.nextInt(900)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7, 1000})
  void neverLetsMoreThanTwoBucketsThroughAnInterval(int calls) {
    ApiRateLimiter each = new ApiRateLimiter(calls, Duration.ofSeconds(1), clock);
    int passed = 0;
    for (int i = 0; i < 20_000; i++) {
      try {
        each.check(Operation.LIST, "req-1");
        passed++;
      } catch (RateLimitException e) {
        clock.advance(Duration.ofMillis(1));
        if (!clock.instant().isBefore(START.plusSeconds(1))) {
          break;
        }
      }
    }
    assertThat(passed).isBetween(calls, 2 * calls);
  }

  @Test
  void aClockTurnedBackLocksNobodyOut() throws Exception {
    pass(10);
    clock.set(START.minus(Duration.ofDays(365)));
    assertThat(refused()).isLessThanOrEqualTo(Duration.ofSeconds(10));
    clock.advance(Duration.ofSeconds(10));
    pass(10);
  }

  @Test
  void ofManyThreadsOnlyAsManyAsThereAreTokensPass() throws Exception {
    ApiRateLimiter shared =
        new ApiRateLimiter(100, Duration.ofHours(1), InstantSource.fixed(START));
    List<InThread<Integer>> threads = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      threads.add(
          InThread.start(
              () -> {
                int passed = 0;
                for (int i = 0; i < 100; i++) {
                  try {
                    shared.check(Operation.LIST, "req-1");
                    passed++;
                  } catch (RateLimitException e) {
                    assertThat(e.earliestRetry()).isAfter(START);
                  }
                }
                return passed;
              }));
    }
    int passed = 0;
    for (InThread<Integer> thread : threads) {
      passed += thread.result();
    }
    assertThat(passed).isEqualTo(100);
  }

  @Test
  void aLimitThatLetsNothingThroughIsRefused() {
    assertThatThrownBy(() -> new ApiRateLimiter(0, Duration.ofSeconds(1), clock))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ApiRateLimiter(1, Duration.ZERO, clock))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
