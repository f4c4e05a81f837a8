package io.github.clouddriver.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.github.clouddriver.error.CloudErrors;
import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.error.HostKeyMismatchException;
import io.github.clouddriver.error.NotImplementedException;
import io.github.clouddriver.exec.ExecutorException;
import io.github.clouddriver.exec.Phase;
import io.github.clouddriver.exec.RemoteConnection;
import io.github.clouddriver.exec.RemoteStream;
import io.github.clouddriver.exec.SshPublicKeys;
import io.github.clouddriver.exec.SshSigner;
import java.io.IOException;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import net.schmizz.sshj.common.Buffer;
import org.junit.jupiter.api.Test;

/** Clause E2: nothing runs before the host key is verified; and T3 to T5 as seen from here. */
class HostKeyTest extends ExecutorFixture {

  private ExecutorException failure() {
    ExecutorException failure =
        catchThrowableOfType(ExecutorException.class, () -> executor.execute("true", null));
    assertThat(failure.phase()).isEqualTo(Phase.HOST_KEY);
    assertThat(failure.commandMayHaveStarted()).isFalse();
    assertThat(failure).hasMessageContaining("127.0.0.1:" + server.port());
    assertThat(server.started).doesNotContain("true");
    return failure;
  }

  @Test
  void E2_theRightKeyIsVerifiedBeforeTheLoginAndOnlyOnce() throws Exception {
    TestTarget target =
        target(
            (key, connection) -> {
              assertThat(connection).isNull();
              assertThat(server.loginAttempts).hasValue(0);
              TestTarget.only(HOST_KEY.getPublic()).verify(key, connection);
            });
    executor.execute("true", null);
    executor.execute("true", null);
    assertThat(target.asked()).hasSize(1);
    assertThat(target.askedOverConnection()).isEmpty();
  }

  @Test
  void E2_aTargetThatCannotTellBeforeTheLoginIsAskedAgainWithIt() throws Exception {
    TestTarget target =
        target(
            TestTarget.withConnection(
                (key, connection) -> {
                  assertThat(server.logins).hasValue(1);
                  run(connection, "cat");
                }));
    executor.execute("true", null);
    assertThat(target.asked()).hasSize(1);
    assertThat(target.askedOverConnection()).hasSize(1);
    assertThat(server.started).containsExactly("cat", "true");
  }

  private static void run(RemoteConnection connection, String text)
      throws CloudException, InterruptedException {
    try {
      connection.execute(text, null);
    } catch (IOException e) {
      throw new CloudException("cannot ask the instance", e);
    }
  }

  @Test
  void E2_nobodyElseUsesTheConnectionUntilItIsVerified() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    target(
        TestTarget.withConnection(
            (key, connection) -> {
              asked.countDown();
              answer.await();
              assertThat(server.started).isEmpty();
              run(connection, "cat");
            }));
    Background one = Background.execute(executor, "true");
    Background two = Background.execute(executor, "true");
    asked.await();
    await()
        .until(
            () ->
                one.thread.getState() == Thread.State.WAITING
                    && two.thread.getState() == Thread.State.WAITING);
    answer.countDown();
    one.result.get();
    two.result.get();
    assertThat(server.started).containsExactly("cat", "true", "true");
    assertThat(server.connections).hasValue(1);
  }

  @Test
  void E2_notImplementedBothTimesMeansThatNothingRuns() {
    target(
        (key, connection) -> {
          throw new NotImplementedException("never");
        });
    assertThat(failure()).hasCauseInstanceOf(NotImplementedException.class);
    assertThat(server.started).isEmpty();
    await().untilAsserted(() -> assertThat(server.sessions()).isEmpty());
  }

  @Test
  void E2_aMismatchThatIsFoundOverTheLoginMeansThatNothingRuns() {
    target(TestTarget.withConnection(TestTarget.only(OTHER_KEY.getPublic())));
    assertThat(CloudErrors.find(failure(), HostKeyMismatchException.class)).isPresent();
    await().untilAsserted(() -> assertThat(server.sessions()).isEmpty());
  }

  @Test
  void E2_aCheckThatFailsOrIsBrokenMeansThatNothingRuns() {
    target(
        (key, connection) -> {
          throw new CloudException("the console is not readable");
        });
    assertThat(failure()).hasRootCauseMessage("the console is not readable");
    target(
        (key, connection) -> {
          throw new IllegalStateException("a bug");
        });
    assertThat(failure()).hasRootCauseMessage("a bug");
    target(
        (key, connection) -> {
          throw new AssertionError("a worse bug");
        });
    assertThat(failure()).hasRootCauseMessage("a worse bug");
    assertThat(server.loginAttempts).hasValue(0);
  }

  @Test
  void E2_aFailedCheckIsMadeAnewAtTheNextCommand() throws Exception {
    TestTarget target =
        target(
            (key, connection) -> {
              throw new CloudException("not now");
            });
    failure();
    target.check = TestTarget.only(HOST_KEY.getPublic());
    executor.execute("true", null);
    assertThat(target.asked()).hasSize(2);
  }

  @Test
  void E2_aVerificationThatTakesTooLongFailsAtItsDeadline() throws Exception {
    try (SshExecutor impatient =
        SshExecutor.builder().hostKeyTimeout(Duration.ofMillis(200)).build()) {
      CountDownLatch never = new CountDownLatch(1);
      impatient.setSigners(SshSigner.of(TestKeys.CLIENT));
      for (TestTarget.Check check :
          List.<TestTarget.Check>of(
              (key, connection) -> never.await(),
              (key, connection) -> awaitStubbornly(never),
              TestTarget.withConnection((key, connection) -> never.await()),
              TestTarget.withConnection((key, connection) -> run(connection, "block")),
              TestTarget.withConnection(
                  (key, connection) -> {
                    try (RemoteStream stream = connection.open("127.0.0.1", server.port())) {
                      stream.input().readAllBytes();
                    } catch (IOException e) {
                      throw new CloudException("cannot read", e);
                    }
                  }))) {
        impatient.setTarget(new TestTarget(server.port(), check));
        ExecutorException failure =
            catchThrowableOfType(ExecutorException.class, () -> impatient.execute("true", null));
        assertThat(failure.phase()).isEqualTo(Phase.HOST_KEY);
        assertThat(failure.commandMayHaveStarted()).isFalse();
      }
      assertThat(server.runsOf("true")).isZero();
      await().untilAsserted(() -> assertThat(server.sessions()).isEmpty());
      never.countDown();
    }
  }

  @Test
  void E2_eachQuestionAboutAnOpenConnectionHasADeadlineOfItsOwn() throws Exception {
    try (SshExecutor other = SshExecutor.builder().hostKeyTimeout(Duration.ofSeconds(3)).build()) {
      other.setSigners(SshSigner.of(TestKeys.CLIENT));
      other.setTarget(new TestTarget(server.port(), TestTarget.anything()));
      other.execute("true", null);
      CountDownLatch never = new CountDownLatch(1);
      other.setTarget(
          new TestTarget(
              server.port(),
              (key, connection) -> {
                assertThat(never.await(1_800, TimeUnit.MILLISECONDS)).isFalse();
                if (connection == null) {
                  throw new NotImplementedException("not without a connection");
                }
              }));
      other.execute("true", null);
      assertThat(server.connections).hasValue(1);
    }
  }

  private static void awaitStubbornly(CountDownLatch latch) {
    boolean done = false;
    while (!done) {
      try {
        latch.await();
        done = true;
      } catch (InterruptedException e) {
        // a driver should not do this, but one may
      }
    }
  }

  @Test
  void T5_theConnectionIsOfNoUseOnceTheTargetHasAnswered() throws Exception {
    AtomicReference<RemoteConnection> lent = new AtomicReference<>();
    AtomicReference<RemoteStream> stream = new AtomicReference<>();
    target(
        TestTarget.withConnection(
            (key, connection) -> {
              lent.set(connection);
              try {
                stream.set(connection.open("127.0.0.1", server.port()));
              } catch (IOException e) {
                throw new CloudException("cannot connect", e);
              }
            }));
    executor.execute("true", null);
    assertThatThrownBy(() -> lent.get().execute("true", null)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> lent.get().open("127.0.0.1", 1)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> stream.get().input().read()).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> stream.get().output().write(1)).isInstanceOf(IOException.class);
    assertThat(server.runsOf("true")).isOne();
  }

  @Test
  void T5_aCommandOfADriversOwnThreadEndsWhenTheTargetHasAnswered() throws Exception {
    AtomicReference<Background> own = new AtomicReference<>();
    target(
        TestTarget.withConnection(
            (key, connection) -> {
              own.set(Background.run(() -> connection.execute("block", null)));
              await().until(() -> server.runsOf("block") == 1);
            }));
    executor.execute("true", null);
    own.get().thread.join(Duration.ofSeconds(20).toMillis());
    assertThat(own.get().result).isDone();
    assertThat(own.get().thrown())
        .isInstanceOf(ExecutorException.class)
        .hasMessageContaining("the verification is over");
    await().untilAsserted(() -> assertThat(server.signals).contains("block KILL"));
    assertThat(server.connections).hasValue(1);
  }

  @Test
  void T3_anEcdsaHostKeyIsTheRuntimesOwnThoughSshjsIsBouncyCastles() throws Exception {
    PublicKey sshj =
        new Buffer.PlainBuffer(SshPublicKeys.encode(HOST_KEY.getPublic())).readPublicKey();
    assertThat(sshj).isNotEqualTo(HOST_KEY.getPublic());
    assertThat(SshPublicKeys.same(sshj, HOST_KEY.getPublic())).isTrue();
    HostKeyRecorder recorder = new HostKeyRecorder(() -> {});
    assertThat(recorder.verify("host", 22, sshj)).isTrue();
    assertThat(recorder.key()).isEqualTo(HOST_KEY.getPublic());
    assertThat(recorder.verify("host", 22, sshj)).isTrue();
    assertThat(recorder.verify("host", 22, OTHER_KEY.getPublic())).isFalse();

    TestTarget target = target(TestTarget.anything());
    executor.execute("true", null);
    assertThat(target.asked()).containsExactly(HOST_KEY.getPublic());
  }
}
