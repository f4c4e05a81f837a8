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
  private static final Duration LIMIT = Duration.ofMillis(500);

  private final AtomicInteger stuck = new AtomicInteger();

  private WriteWatch watch(Duration limit) {
    return new WriteWatch(limit.toNanos(), "watch a test", stuck::incrementAndGet);
  }

  /** One that looks when it is told to, since the time for it never comes. */
  private WriteWatch watchByHand() {
    return watch(Duration.ofHours(1));
  }

  private static void look(WriteWatch watch, int times) {
    for (int i = 0; i < times; i++) {
      watch.look();
    }
  }

  @Test
  void aPacketThatDoesNotGetAwayIsNoticedOnceAndNotTooEarly() {
    WriteWatch watch = watch(LIMIT);
    long begun = System.nanoTime();
    watch.begin();
    await().until(() -> stuck.get() > 0);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(LIMIT);
    await().during(LIMIT.multipliedBy(2)).until(() -> stuck.get() == 1);
  }

  @Test
  void aPacketThatDoesNotGetAwayIsNoticedAtTheLastLook() {
    WriteWatch watch = watchByHand();
    watch.begin();
    look(watch, WriteWatch.LOOKS - 1);
    assertThat(stuck).hasValue(0);
    look(watch, 1);
    assertThat(stuck).hasValue(1);
    watch.stop();
  }

  @Test
  void packetsThatGetAwaySlowlyAreNoFault() {
    WriteWatch watch = watchByHand();
    for (int i = 0; i < 10; i++) {
      watch.begin();
      look(watch, WriteWatch.LOOKS - 1);
      watch.end();
    }
    assertThat(stuck).hasValue(0);
    watch.stop();
  }

  @Test
  void aWriterThatWaitsBehindOthersIsNotStuckWhileTheyGetOn() {
    WriteWatch watch = watchByHand();
    watch.begin();
    for (int i = 0; i < 10; i++) {
      watch.begin();
      watch.end();
      look(watch, WriteWatch.LOOKS);
    }
    assertThat(stuck).hasValue(0);
    look(watch, 1);
    assertThat(stuck).hasValue(1);
    watch.stop();
  }

  @Test
  void afterAPauseItWatchesAgain() {
    WriteWatch watch = watch(LIMIT);
    watch.begin();
    watch.end();
    await().during(LIMIT.multipliedBy(2)).until(() -> stuck.get() == 0);
    watch.begin();
    await().until(() -> stuck.get() == 1);
  }

  @Test
  void onceStoppedItSaysNothing() {
    WriteWatch watch = watch(LIMIT);
    watch.begin();
    watch.stop();
    await().during(LIMIT.multipliedBy(2)).until(() -> stuck.get() == 0);
  }
}
