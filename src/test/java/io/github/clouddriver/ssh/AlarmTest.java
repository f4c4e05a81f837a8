package io.github.clouddriver.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Alarms for which there is no thread at first. */
@Timeout(60)
class AlarmTest {
  private final AtomicInteger runs = new AtomicInteger();

  /** Rings at once; the first so many tries to start a thread fail, the next one comes soon. */
  private Alarm alarm(AtomicInteger tries, int failing) {
    return Alarm.after(
        1,
        TimeUnit.MILLISECONDS.toNanos(20),
        "ring",
        runs::incrementAndGet,
        (what, task) -> {
          if (tries.incrementAndGet() <= failing) {
            throw new InternalError("there is no thread to be had");
          }
          Workers.run(what, task);
        });
  }

  @Test
  void anAlarmRingsOnceThereIsAThread() {
    AtomicInteger tries = new AtomicInteger();
    Alarm alarm = alarm(tries, 1);
    await().untilAsserted(() -> assertThat(runs).hasValue(1));
    assertThat(tries).hasValue(2);
    alarm.cancel();
  }

  @Test
  void anAlarmThatIsSwitchedOffMeanwhileIsNotTriedAgain() {
    AtomicInteger tries = new AtomicInteger();
    Alarm alarm = alarm(tries, Integer.MAX_VALUE);
    await().until(() -> tries.get() > 0);
    alarm.cancel();
    int before = tries.get();
    AtomicInteger triesOfAnother = new AtomicInteger();
    Alarm another = alarm(triesOfAnother, Integer.MAX_VALUE);
    await().until(() -> triesOfAnother.get() > 2);
    another.cancel();
    assertThat(tries).hasValue(before);
    assertThat(runs).hasValue(0);
  }
}
