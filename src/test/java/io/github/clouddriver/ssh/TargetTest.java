package io.github.clouddriver.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.github.clouddriver.exec.ExecutorException;
import io.github.clouddriver.exec.HostPort;
import io.github.clouddriver.exec.NoAddressException;
import io.github.clouddriver.exec.Phase;
import io.github.clouddriver.exec.SshSigner;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Clauses E3 and E6: changing the target and the keys, and having none. */
class TargetTest extends ExecutorFixture {

  private Background runBlocking() {
    int before = server.runsOf("block");
    Background running = Background.execute(executor, "block");
    await().until(() -> server.runsOf("block") == before + 1);
    return running;
  }

  @Test
  void E6_noTargetAndNoAddressAreToldAtOnce() {
    assertThat(executor.target()).isNull();
    assertThatThrownBy(() -> executor.execute("true", null))
        .isInstanceOf(IllegalStateException.class);
    TestTarget target = target(TestTarget.anything());
    target.address = null;
    NoAddressException none =
        catchThrowableOfType(NoAddressException.class, () -> executor.execute("true", null));
    // A target's own description is not ours to print: it could hold a secret.
    assertThat(none)
        .hasMessageContaining("user " + target.remoteUser())
        .hasMessageNotContaining(target.toString());
    assertThat(none.phase()).isEqualTo(Phase.ADDRESS);
    assertThat(none.commandMayHaveStarted()).isFalse();
    assertThat(server.connections).hasValue(0);
  }

  @Test
  void E6_aClosedStdinIsNotOurDoing() throws Exception {
    target(TestTarget.anything());
    var stdin =
        new ByteArrayInputStream(new byte[10]) {
          boolean closed;

          @Override
          public void close() {
            closed = true;
          }
        };
    executor.execute("cat", stdin);
    assertThat(stdin.closed).isFalse();
  }

  @Test
  void E3_settersDoNotWaitForARunningOrConnectingCommand() throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    TestTarget slow = target((key, connection) -> answer.await());
    Background connecting = Background.execute(executor, "true");
    await().until(() -> !slow.asked().isEmpty());
    Background setter =
        Background.execute(
            SshExecutor.builder().build(), "not run"); // only to have a thread that is done
    setter.thrown();
    TestTarget next = new TestTarget(server.port(), TestTarget.anything());
    executor.setSigners(SshSigner.of(TestKeys.CLIENT));
    executor.setTarget(next);
    assertThat(executor.target()).isSameAs(next);
    assertThat(connecting.result).isNotDone();

    // Nor does a command for the new target wait for the old one's connection.
    executor.execute("true", null);
    assertThat(connecting.result).isNotDone();
    answer.countDown();
    connecting.result.get();
    Background running = runBlocking();
    executor.setTarget(slow);
    executor.setSigners();
    assertThat(running.result).isNotDone();
  }

  @Test
  void E3_aTargetThatAcceptsTheKeyKeepsTheConnection() throws Exception {
    target(TestTarget.only(HOST_KEY.getPublic()));
    executor.execute("true", null);
    TestTarget next = target(TestTarget.only(HOST_KEY.getPublic()));
    executor.execute("true", null);
    assertThat(next.asked()).hasSize(1);
    TestTarget overConnection =
        target(TestTarget.withConnection(TestTarget.only(HOST_KEY.getPublic())));
    executor.execute("true", null);
    assertThat(overConnection.askedOverConnection()).hasSize(1);
    assertThat(server.connections).hasValue(1);
  }

  @Test
  void E3_aTargetThatDoesNotAcceptTheKeyGetsANewConnection() throws Exception {
    target(TestTarget.only(HOST_KEY.getPublic()));
    Background running = runBlocking();
    server.hostKeys(OTHER_KEY); // another machine took over the address
    TestTarget next = target(TestTarget.only(OTHER_KEY.getPublic()));
    executor.execute("true", null);
    assertThat(next.asked()).hasSize(2);
    assertThat(server.connections).hasValue(2);
    assertThat(server.sessions()).hasSize(2);

    // What runs finishes on the old connection, which is closed then.
    assertThat(running.result).isNotDone();
    server.release.countDown();
    assertThat(running.result.get().exitStatus()).hasValue(0);
    await().untilAsserted(() -> assertThat(server.sessions()).hasSize(1));
  }

  @Test
  void E3_aTargetThatRefusesEveryKeyRunsNothing() throws Exception {
    target(TestTarget.only(HOST_KEY.getPublic()));
    executor.execute("true", null);
    target(TestTarget.only(OTHER_KEY.getPublic()));
    ExecutorException refused =
        catchThrowableOfType(ExecutorException.class, () -> executor.execute("cat", null));
    assertThat(refused.phase()).isEqualTo(Phase.HOST_KEY);
    assertThat(server.started).containsExactly("true");
    assertThat(server.logins).hasValue(1);
    await().untilAsserted(() -> assertThat(server.sessions()).isEmpty());
  }

  @Test
  void E3_anotherUserOrAddressMeansAnotherConnection() throws Exception {
    TestTarget target = target(TestTarget.anything());
    executor.execute("true", null);
    executor.setTarget(new TestTarget(server.port(), TestTarget.anything(), "somebody"));
    executor.execute("true", null);
    await().untilAsserted(() -> assertThat(server.sessions()).hasSize(1));
    assertThat(server.sessions().get(0).getUsername()).isEqualTo("somebody");
    try (ScriptedServer elsewhere = new ScriptedServer(HOST_KEY)) {
      executor.setTarget(target);
      target.address = HostPort.of("127.0.0.1", elsewhere.port());
      executor.execute("true", null);
      assertThat(elsewhere.started).containsExactly("true");
      await().untilAsserted(() -> assertThat(server.sessions()).isEmpty());
    }
  }

  @Test
  void E3_newSignersCountFromTheNextConnection() throws Exception {
    target(TestTarget.anything());
    executor.execute("true", null);
    executor.setSigners(SshSigner.of(TestKeys.RSA));
    executor.execute("true", null);
    server.sessions().get(0).close(true);
    await().untilAsserted(() -> assertThat(server.sessions()).isEmpty());
    ExecutorException refused =
        catchThrowableOfType(ExecutorException.class, () -> executor.execute("true", null));
    assertThat(refused.phase()).isEqualTo(Phase.AUTHENTICATION);
    assertThat(refused).hasMessageContaining("publickey");
    executor.setSigners();
    refused = catchThrowableOfType(ExecutorException.class, () -> executor.execute("true", null));
    assertThat(refused.phase()).isEqualTo(Phase.AUTHENTICATION);
    assertThat(refused).hasMessageContaining("no key");
    assertThat(server.runsOf("true")).isEqualTo(2);
  }

  @Test
  void E3_newSignersCountForTheCommandsThatComeAfterThemThoughAnAttemptIsUnderWay()
      throws Exception {
    target(TestTarget.anything());
    CountDownLatch signing = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    executor.setSigners(
        TestSigner.of(
            TestKeys.CLIENT,
            (real, data, algorithm) -> {
              signing.countDown();
              goOn.await();
              throw new IOException("the old signer fails");
            }));
    Background old = Background.execute(executor, "cat");
    signing.await();
    executor.setSigners(SshSigner.of(TestKeys.CLIENT));
    Background next = Background.execute(executor, "true");
    await().until(() -> server.connections.get() == 2);
    assertThat(next.result.get().succeeded()).isTrue();
    assertThat(old.result).isNotDone();
    goOn.countDown();
    assertThat(old.thrown()).hasRootCauseMessage("the old signer fails");
    // The old attempt's end leaves the newer connection alone.
    executor.execute("true", null);
    assertThat(server.connections).hasValue(2);
    assertThat(server.started).containsExactly("true", "true");
  }

  @Test
  void theDefaultPortIsUsedForAnAddressWithoutOne() throws Exception {
    try (SshExecutor other =
        SshExecutor.builder()
            .defaultPort(server.port())
            .connectTimeout(Duration.ofSeconds(20))
            .build()) {
      other.setSigners(SshSigner.of(TestKeys.CLIENT));
      TestTarget target = new TestTarget(1, TestTarget.anything());
      target.address = HostPort.of("localhost");
      other.setTarget(target);
      assertThat(other.execute("true", null).succeeded()).isTrue();
    }
  }

  @Test
  void theBuilderRefusesWhatMakesNoSense() {
    SshExecutor.Builder builder = SshExecutor.builder();
    assertThatThrownBy(() -> builder.connectTimeout(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.commandTimeout(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.defaultPort(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
