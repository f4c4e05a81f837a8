package io.github.clouddriver.memory;

import static io.github.clouddriver.memory.Sets.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HoldTest {
  private final Hold hold = Fault.hold();
  private final StopSignal stop = new StopSignal();

  @Test
  void holdsEveryCallUntilReleasedAndNoneAfterwards() throws Exception {
    List<InThread<Boolean>> calls = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      calls.add(InThread.start(() -> hold.pass(stop)));
    }
    hold.awaitReached(10, PATIENCE);
    assertThat(calls).noneMatch(InThread::isDone);
    assertThat(hold).hasToString("hold");

    hold.release();
    for (InThread<Boolean> call : calls) {
      assertThat(call.result()).isTrue();
    }
    assertThat(hold.pass(stop)).isTrue();
    hold.awaitReached(11, PATIENCE);
    hold.release();
    assertThat(hold).hasToString("hold (released)");
  }

  @Test
  void releasedAndReachedAtOnceLosesNobody() throws Exception {
    for (int i = 0; i < 2000; i++) {
      Hold each = Fault.hold();
      InThread<Boolean> call = InThread.start(() -> each.pass(stop));
      each.release();
      assertThat(call.result()).isTrue();
    }
  }

  @Test
  void stopAndInterruptEndTheirOwnCallsOnly() throws Exception {
    InThread<Boolean> stopped = InThread.start(() -> hold.pass(stop));
    InThread<Boolean> interrupted = InThread.start(() -> hold.pass(new StopSignal()));
    InThread<Boolean> other = InThread.start(() -> hold.pass(new StopSignal()));
    hold.awaitReached(3, PATIENCE);
    stop.stop();
    interrupted.awaitWaiting().interrupt();
    assertThat(stopped.result(Duration.ofSeconds(1))).isFalse();
    assertThat(interrupted.failure(Duration.ofSeconds(1))).isInstanceOf(InterruptedException.class);
    other.awaitWaiting();
    hold.release();
    assertThat(other.result()).isTrue();
  }

  @Test
  void tellsWhenItIsNotReached() throws Exception {
    assertThatThrownBy(() -> hold.awaitReached(Duration.ofMillis(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("only 0 of 1 calls have reached the hold");
    InThread<Void> test =
        InThread.start(
            () -> {
              hold.awaitReached(PATIENCE);
              return null;
            });
    test.awaitWaiting().interrupt();
    assertThat(test.failure()).isInstanceOf(InterruptedException.class);
  }
}
