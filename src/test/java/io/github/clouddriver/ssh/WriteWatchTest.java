package io.github.clouddriver.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is stuck is noticed, and nobody else. */
@Timeout(60)
class WriteWatchTest {
  private static final Duration LIMIT = Duration.ofMillis(200);

  private final AtomicInteger stuck = new AtomicInteger();
  private final WriteWatch watch =
      new WriteWatch(LIMIT.toNanos(), "watch a test", stuck::incrementAndGet);

  @Test
  void aPacketThatDoesNotGetAwayIsNoticedOnceAndNotTooEarly() {
    long begun = System.nanoTime();
    watch.begin();
    await().until(() -> stuck.get() > 0);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(LIMIT);
    await().during(LIMIT.multipliedBy(2)).until(() -> stuck.get() == 1);
  }

  @Test
  void packetsThatGetAwaySlowlyAreNoFault() {
    for (int i = 0; i < 10; i++) {
      watch.begin();
      long begun = System.nanoTime();
      await().until(() -> System.nanoTime() - begun > LIMIT.toNanos() / 2);
      watch.end();
    }
    assertThat(stuck).hasValue(0);
  }

  @Test
  void aWriterThatWaitsBehindOthersIsNotStuckWhileTheyGetOn() {
    watch.begin();
    long begun = System.nanoTime();
    while (System.nanoTime() - begun < LIMIT.toNanos() * 3) {
      watch.begin();
      watch.end();
      Thread.yield();
    }
    watch.end();
    assertThat(stuck).hasValue(0);
  }

  @Test
  void afterAPauseItWatchesAgain() {
    watch.begin();
    watch.end();
    await().during(LIMIT.multipliedBy(2)).until(() -> stuck.get() == 0);
    watch.begin();
    await().until(() -> stuck.get() == 1);
  }

  @Test
  void onceStoppedItSaysNothing() {
    watch.begin();
    watch.stop();
    await().during(LIMIT.multipliedBy(3)).until(() -> stuck.get() == 0);
  }
}
