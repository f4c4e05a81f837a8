package io.github.clouddriver.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.github.clouddriver.exec.ExecutorException;
import io.github.clouddriver.exec.Phase;
import io.github.clouddriver.exec.RemoteCommand;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clause E7: a server that has no channel for us. */
class ChannelLimitTest extends ExecutorFixture {
  private final AtomicInteger refusals = new AtomicInteger();
  private volatile int refuse;
  private volatile int reason = SshConstants.SSH_OPEN_CONNECT_FAILED;

  @BeforeEach
  void limitChannels() {
    server.onOpen(
        (channel, answer) -> {
          if (refusals.get() >= refuse) {
            return false;
          }
          refusals.incrementAndGet();
          answer.setException(
              new SshChannelOpenException(channel.getChannelId(), reason, "open failed"));
          return true;
        });
    target(TestTarget.only(HOST_KEY.getPublic()));
  }

  @Test
  void E7_aRefusedChannelIsAskedForAgainAndTheCommandRunsOnce() throws Exception {
    refuse = 3;
    assertThat(executor.execute("true", null).succeeded()).isTrue();
    assertThat(refusals).hasValue(3);
    assertThat(server.runsOf("true")).isOne();
    assertThat(server.connections).hasValue(1);
  }

  @Test
  void E7_afterTheDeadlineTheCommandWasNeverStarted() {
    refuse = Integer.MAX_VALUE;
    ExecutorException refused =
        catchThrowableOfType(
            ExecutorException.class,
            () ->
                executor.execute(
                    RemoteCommand.builder("true").deadline(Duration.ofMillis(300)).build()));
    assertThat(refused.phase()).isEqualTo(Phase.CHANNEL);
    assertThat(refused.commandMayHaveStarted()).isFalse();
    assertThat(refused).hasMessageContaining("refused a channel");
    assertThat(refusals).hasValueGreaterThan(1).hasValueLessThan(20);
    assertThat(server.started).isEmpty();
  }

  @Test
  void aServerThatKnowsNoCommandsIsNotAskedAgain() {
    refuse = Integer.MAX_VALUE;
    reason = SshConstants.SSH_OPEN_UNKNOWN_CHANNEL_TYPE;
    ExecutorException refused =
        catchThrowableOfType(ExecutorException.class, () -> executor.execute("true", null));
    assertThat(refused.phase()).isEqualTo(Phase.CHANNEL);
    assertThat(refusals).hasValue(1);
  }

  @Test
  void E7_aCommandOfOursThatEndsWakesOneThatWaits() throws Exception {
    Background running = Background.execute(executor, "block");
    await().until(() -> server.runsOf("block") == 1);
    refuse = Integer.MAX_VALUE;
    Background waiting = Background.execute(executor, "true");
    await().until(() -> refusals.get() > 0);
    refuse = 0;
    server.release.countDown();
    running.result.get();
    assertThat(waiting.result.get().succeeded()).isTrue();
  }

  @Test
  void E5_anInterruptWhileWaitingForAChannelStartsNothing() {
    refuse = Integer.MAX_VALUE;
    Background waiting = Background.execute(executor, "true");
    await().until(() -> refusals.get() > 0);
    waiting.thread.interrupt();
    assertThat(waiting.thrown())
        .isInstanceOf(InterruptedException.class)
        .hasMessageContaining("not started");
  }

  @Test
  void T5_aDriversOwnThreadDoesNotWaitForAChannelWhenTheTargetHasAnswered() throws Exception {
    refuse = Integer.MAX_VALUE;
    AtomicReference<Background> own = new AtomicReference<>();
    target(
        TestTarget.withConnection(
            (key, connection) -> {
              own.set(Background.run(() -> connection.execute("cat", null)));
              await().until(() -> refusals.get() > 0);
            }));
    Background call = Background.execute(executor, "true");
    await().until(() -> own.get() != null && own.get().result.isDone());
    assertThat(own.get().thrown()).hasMessageContaining("the verification is over");
    refuse = 0;
    assertThat(call.result.get().succeeded()).isTrue();
    assertThat(server.started).containsExactly("true");
  }

  @Test
  void E5_closeEndsTheWaitForAChannel() {
    refuse = Integer.MAX_VALUE;
    Background waiting = Background.execute(executor, "true");
    await().until(() -> refusals.get() > 0);
    executor.close();
    ExecutorException closed = (ExecutorException) waiting.thrown();
    assertThat(closed.commandMayHaveStarted()).isFalse();
    assertThat(closed).hasMessageContaining("closed");
  }
}
