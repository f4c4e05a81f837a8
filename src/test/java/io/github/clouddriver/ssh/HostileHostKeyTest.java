package io.github.clouddriver.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.clouddriver.error.HostKeyMismatchException;
import io.github.clouddriver.exec.ExecutorException;
import io.github.clouddriver.exec.HostPort;
import io.github.clouddriver.exec.Phase;
import io.github.clouddriver.exec.SshPublicKeys;
import java.io.IOException;
import java.security.KeyPair;
import org.junit.jupiter.api.Test;

/** Clause E2 against servers that are not, or no longer, the one that is meant. */
class HostileHostKeyTest extends HostileFixture {

  private void assertNoLoginWasAskedFor() {
    await().untilAsserted(() -> assertThat(server.sessions()).isEmpty());
    assertThat(server.connections).hasValueGreaterThan(0);
    assertThat(server.loginRequests).hasValue(0);
    assertThat(server.loginAttempts).hasValue(0);
    assertThat(server.started).isEmpty();
  }

  @Test
  void E2_aWrongKeyNeverSeesAnAuthenticationAttempt() throws Exception {
    server.hostKeys(OTHER_KEY);
    ExecutorException failure =
        assertNeverStarts(Phase.HOST_KEY, SshPublicKeys.fingerprint(OTHER_KEY.getPublic()));
    assertThat(failure).hasCauseInstanceOf(HostKeyMismatchException.class);
    assertNoLoginWasAskedFor();
  }

  @Test
  void E2_aWrongKeyAndThenTheRightOne() throws Exception {
    server.hostKeys(OTHER_KEY);
    for (int i = 0; i < 3; i++) {
      assertNeverStarts(Phase.HOST_KEY);
    }
    assertNoLoginWasAskedFor();
    server.hostKeys(HOST_KEY);
    assertRecovers();
    assertThat(target.asked()).hasSize(4);
    assertThat(server.logins).hasValue(1);
  }

  @Test
  void E2_theRightKeyOfAServerThatDoesNotOwnIt() throws Exception {
    server.hostKeys(new KeyPair(HOST_KEY.getPublic(), OTHER_KEY.getPrivate()));
    assertNeverStarts(Phase.KEY_EXCHANGE, "signature verification failed");
    assertThat(target.asked()).isEmpty();
    assertNoLoginWasAskedFor();
    server.hostKeys(HOST_KEY);
    assertRecovers();
  }

  @Test
  void E2_aKeyThatChangesBetweenConnections() throws Exception {
    assertRecovers();
    server.hostKeys(OTHER_KEY);
    cut();
    assertNeverStarts(Phase.HOST_KEY);
    assertThat(server.loginRequests).hasValue(1);
    server.hostKeys(HOST_KEY);
    assertRecovers();
    assertThat(server.loginRequests).hasValue(2);
  }

  @Test
  void E2_anotherKeyOnTheNextConnectionIsVerifiedAgain() throws Exception {
    target.check = TestTarget.anything();
    executor.execute("true", null);
    server.hostKeys(OTHER_KEY);
    cut();
    executor.execute("true", null);
    cut();
    executor.execute("true", null);
    assertThat(target.asked()).hasSize(2);
    assertThat(SshPublicKeys.same(target.asked().get(1), OTHER_KEY.getPublic())).isTrue();
    assertThat(server.connections).hasValue(3);
  }

  private void cut() throws IOException {
    proxy.cut();
    await().untilAsserted(() -> assertThat(server.sessions()).isEmpty());
  }

  @Test
  void E2_aServerThatChangesItsKeyInTheMidstOfAConnectionLosesIt() throws Exception {
    on(
        "changing",
        call -> {
          server.hostKeys(OTHER_KEY);
          call.session().reExchangeKeys();
          return 0;
        });
    assertMayHaveStarted("changing", Phase.COMMAND, "changed its host key");
    assertNeverStarts(Phase.HOST_KEY);
    assertThat(target.asked()).hasSize(2);
    server.hostKeys(HOST_KEY);
    assertRecovers();
  }

  @Test
  void E2_anAddressThatChangesToAnotherMachines() throws Exception {
    executor.execute("true", null);
    HostPort old = target.address().orElseThrow();
    try (ScriptedServer other = new ScriptedServer(OTHER_KEY);
        ScriptedServer moved = new ScriptedServer(HOST_KEY)) {
      target.address = HostPort.of("127.0.0.1", other.port());
      assertNeverStarts(Phase.HOST_KEY);
      assertThat(other.connections).hasValue(1);
      assertThat(other.loginRequests).hasValue(0);
      target.address = HostPort.of("127.0.0.1", moved.port());
      assertThat(executor.execute("true", null).succeeded()).isTrue();
      assertThat(moved.started).containsExactly("true");
      assertThat(other.started).isEmpty();
      await().untilAsserted(() -> assertThat(server.sessions()).isEmpty());
      target.address = old;
      assertRecovers();
    }
  }
}
