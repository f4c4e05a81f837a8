package io.github.clouddriver.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.github.clouddriver.exec.ExecResult;
import io.github.clouddriver.exec.ExecutorException;
import io.github.clouddriver.exec.Phase;
import io.github.clouddriver.exec.RemoteCommand;
import io.github.clouddriver.exec.RunningCommand;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The handle of a running command. */
class StartedCommandTest extends ExecutorFixture {

  @BeforeEach
  void setTarget() {
    target(TestTarget.only(HOST_KEY.getPublic()));
  }

  private RunningCommand start(String text) throws Exception {
    return executor.start(RemoteCommand.builder(text).build());
  }

  private static ExecutorException failure(RunningCommand running) {
    return catchThrowableOfType(ExecutorException.class, running::await);
  }

  @Test
  void aCommandRunsOnAfterItsStartAndTellsItsEndToEachWhoAsks() throws Exception {
    RunningCommand running = start("block");
    assertThat(running.isRunning()).isTrue();
    assertThat(running.await(Duration.ZERO)).isEmpty();
    assertThat(running.await(Duration.ofMillis(1))).isEmpty();
    Background waiting = Background.run(running::await);
    server.release.countDown();
    assertThat(waiting.result.get().exitStatus()).hasValue(0);
    assertThat(running.await().exitStatus()).hasValue(0);
    assertThat(running.await(Duration.ZERO).map(ExecResult::succeeded)).hasValue(true);
    assertThat(running.isRunning()).isFalse();
    assertThat(server.runsOf("block")).isOne();
  }

  @Test
  void streamsAndEnvironmentAreAsInExecute() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] data = new byte[3 << 20];
    RunningCommand running =
        executor.start(
            RemoteCommand.builder("cat")
                .stdin(new ByteArrayInputStream(data))
                .stdoutSink(out)
                .build());
    assertThat(running.await().succeeded()).isTrue();
    assertThat(out.toByteArray()).isEqualTo(data);
    server.on("export A='b'; show", call -> 3);
    running = executor.start(RemoteCommand.builder("show").environment("A", "b").build());
    assertThat(running.await().exitStatus()).hasValue(3);
  }

  @Test
  void aSignalReachesTheCommand() throws Exception {
    RunningCommand running = start("block");
    running.signal("TERM");
    running.signal("USR1");
    await()
        .untilAsserted(
            () -> assertThat(server.signals).containsExactly("block TERM", "block USR1"));
    assertThat(running.isRunning()).isTrue();
    server.release.countDown();
    running.await();
    running.signal("TERM");
    executor.execute("true", null); // comes behind it on the same connection
    assertThat(server.signals).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "SIGTERM", "term", "TERM ", "TE\nRM", "@", "a@", "x@y@z"})
  void whatIsNoNameOfASignalIsNotSent(String name) throws Exception {
    RunningCommand running = start("block");
    assertThatThrownBy(() -> running.signal(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("TERM");
    executor.execute("true", null); // comes behind it on the same connection
    assertThat(server.connections).hasValue(1);
    assertThat(server.signals).isEmpty();
  }

  @Test
  void E5_theDeadlineHoldsThoughNobodyWaits() throws Exception {
    RunningCommand running =
        executor.start(RemoteCommand.builder("block").deadline(Duration.ofMillis(300)).build());
    await().untilAsserted(() -> assertThat(server.signals).containsExactly("block KILL"));
    await().until(() -> !running.isRunning());
    ExecutorException late = failure(running);
    assertThat(late.phase()).isEqualTo(Phase.COMMAND);
    assertThat(late.commandMayHaveStarted()).isTrue();
    assertThat(late)
        .hasMessageContaining("300 ms")
        .hasMessageContaining("may still run")
        .hasMessageContaining(":" + server.port());
    assertThat(failure(running)).isNotSameAs(late).hasMessage(late.getMessage());
    assertThatThrownBy(() -> running.await(Duration.ZERO)).hasMessage(late.getMessage());
  }

  @Test
  void anInterruptEndsTheWaitAndNotTheCommand() throws Exception {
    RunningCommand running = start("block");
    Background waiting = Background.run(running::await);
    Background other = Background.run(() -> running.await(Duration.ofMinutes(1)).orElseThrow());
    await().until(() -> waiting.thread.getState() == Thread.State.WAITING);
    waiting.thread.interrupt();
    assertThat(waiting.thrown())
        .isInstanceOf(InterruptedException.class)
        .hasMessageContaining("goes on");
    assertThat(running.isRunning()).isTrue();
    server.release.countDown();
    assertThat(other.result.get().succeeded()).isTrue();
    assertThat(server.signals).isEmpty();
  }

  @Test
  void aCloseKillsTheCommandOnce() throws Exception {
    RunningCommand running = start("block");
    Background waiting = Background.run(running::await);
    running.close();
    running.close();
    assertThat(waiting.thrown())
        .isInstanceOf(ExecutorException.class)
        .hasMessageContaining("handle was closed");
    assertThat(failure(running).commandMayHaveStarted()).isTrue();
    executor.execute("true", null);
    await().untilAsserted(() -> assertThat(server.signals).containsExactly("block KILL"));
    assertThat(server.connections).hasValue(1);
  }

  @Test
  void aCloseAfterTheEndChangesNothing() throws Exception {
    RunningCommand running = start("true");
    assertThat(running.await().succeeded()).isTrue();
    running.close();
    assertThat(running.await().succeeded()).isTrue();
    assertThat(server.signals).isEmpty();
  }

  @Test
  void E5_theExecutorsCloseEndsIt() throws Exception {
    RunningCommand running = start("block");
    executor.close();
    assertThat(failure(running)).hasMessageContaining("the executor was closed");
    assertThat(running.isRunning()).isFalse();
    await().untilAsserted(() -> assertThat(server.signals).containsExactly("block KILL"));
  }

  @Test
  void E8_aLostConnectionIsNoResult() throws Exception {
    RunningCommand running = start("block");
    server.sessions().forEach(session -> session.close(true));
    ExecutorException lost = failure(running);
    assertThat(lost.phase()).isEqualTo(Phase.COMMAND);
    assertThat(lost.commandMayHaveStarted()).isTrue();
    assertThat(running.isRunning()).isFalse();
    running.signal("TERM"); // to nobody
    assertThat(server.signals).isEmpty();
  }

  @Test
  void E8_noStatusIsNoResult() throws Exception {
    server.on(
        "vanish",
        call -> {
          call.channel().close(false);
          server.release.await();
          return 0;
        });
    assertThat(failure(start("vanish"))).hasMessageContaining("without an exit status");
  }

  @Test
  void E3_itEndsOnTheOldConnectionWhichGoesThen() throws Exception {
    RunningCommand running = start("block");
    try (ScriptedServer next = new ScriptedServer(OTHER_KEY)) {
      executor.setTarget(new TestTarget(next.port(), TestTarget.only(OTHER_KEY.getPublic())));
      executor.execute("true", null);
      assertThat(server.sessions()).hasSize(1);
      server.release.countDown();
      assertThat(running.await().succeeded()).isTrue();
      await().untilAsserted(() -> assertThat(server.sessions()).isEmpty());
      assertThat(next.sessions()).hasSize(1);
    }
  }

  @Test
  void aFailingSinkEndsIt() throws Exception {
    server.on(
        "speak",
        call -> {
          call.out().write("hello".getBytes(StandardCharsets.UTF_8));
          call.out().flush();
          server.release.await();
          return 0;
        });
    RunningCommand running =
        executor.start(
            RemoteCommand.builder("speak")
                .stdoutSink(
                    new ByteArrayOutputStream() {
                      @Override
                      public void write(byte[] data, int offset, int length) {
                        throw new IllegalStateException("full");
                      }
                    })
                .build());
    assertThat(failure(running)).hasRootCauseMessage("full").hasMessageContaining("stdout");
    await().untilAsserted(() -> assertThat(server.signals).containsExactly("speak KILL"));
  }

  @Test
  void whatIsRefusedDidNotStart() {
    server
        .mina()
        .setCommandFactory(
            (channel, text) -> {
              throw new IOException("not today");
            });
    ExecutorException failure = catchThrowableOfType(ExecutorException.class, () -> start("true"));
    assertThat(failure.phase()).isEqualTo(Phase.CHANNEL);
    assertThat(failure.commandMayHaveStarted()).isFalse();
    assertThat(failure).hasMessageContaining("refused to start");
  }

  @Test
  void manyRunAtOnceOnOneConnectionWithoutAThreadEach() throws Exception {
    RunningCommand[] all = new RunningCommand[50];
    for (int i = 0; i < all.length; i++) {
      all[i] = start("block");
    }
    await().until(() -> server.runsOf("block") == all.length);
    // One reads the connection; what it took to connect goes after a short idle time.
    await()
        .until(
            () ->
                Thread.getAllStackTraces().keySet().stream()
                        .map(Thread::getName)
                        .filter(name -> name.startsWith("sshj-") || name.startsWith(Workers.PREFIX))
                        .count()
                    == 1);
    server.release.countDown();
    for (RunningCommand each : all) {
      assertThat(each.await(Duration.ofSeconds(30)).map(ExecResult::succeeded)).hasValue(true);
    }
    assertThat(server.connections).hasValue(1);
  }
}
