package io.github.clouddriver.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.clouddriver.exec.ExecutorException;
import io.github.clouddriver.exec.Phase;
import io.github.clouddriver.exec.SshSigner;
import java.io.IOException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.common.session.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clauses E4 and E8: broken connections, and no command twice. */
@Timeout(60)
class ReconnectTest {
  private static final KeyPair HOST_KEY = TestKeys.ec("secp256r1");

  private ScriptedServer server;
  private Proxy proxy;
  private SshExecutor executor;

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedServer(HOST_KEY);
    proxy = new Proxy(server.port());
    use(SshExecutor.builder());
  }

  private void use(SshExecutor.Builder builder) {
    if (executor != null) {
      executor.close();
    }
    executor = builder.build();
    executor.setSigners(SshSigner.of(TestKeys.CLIENT));
    executor.setTarget(new TestTarget(proxy.port(), TestTarget.only(HOST_KEY.getPublic())));
  }

  @AfterEach
  void stop() throws IOException {
    executor.close();
    proxy.close();
    server.close();
  }

  @Test
  void E4_aBrokenConnectionIsReplacedAtTheNextCommand() throws Exception {
    executor.execute("true", null);
    proxy.cut();
    executor.execute("true", null);
    assertThat(proxy.connections()).isEqualTo(2);
    assertThat(server.runsOf("true")).isEqualTo(2);
  }

  @Test
  void E8_aNonZeroExitIsAResult() throws Exception {
    assertThat(executor.execute("false", null).exitStatus()).hasValue(1);
  }

  @Test
  void E4_aHalfOpenConnectionIsReplacedWithinTheCallSinceNothingStarted() throws Exception {
    use(SshExecutor.builder().channelTimeout(Duration.ofSeconds(2)));
    executor.execute("true", null);
    proxy.hold();
    Background next = Background.execute(executor, "cat");
    // The second connection has to get through.
    await().until(() -> proxy.connections() == 2);
    proxy.resume();
    assertThat(next.result.get().exitStatus()).hasValue(0);
    assertThat(server.runsOf("cat")).isOne();
  }

  @Test
  void aLivingIdleConnectionIsKept() throws Exception {
    use(SshExecutor.builder().keepAliveInterval(Duration.ofMillis(200)));
    Background running = Background.execute(executor, "block");
    List<Session> sessions = new ArrayList<>();
    await().until(() -> sessions.addAll(server.sessions()) && server.runsOf("block") == 1);
    // Each answer is an occasion to be given up by mistake; more than three are wanted.
    long before = server.globalRequests.get();
    await().until(() -> server.globalRequests.get() > before + 4);
    server.release.countDown();
    running.result.get();
    assertThat(proxy.connections()).isOne();
  }

  /** Calls that wait for one attempt to connect, which waits for the proxy. */
  private List<Background> callsThatWait(int count) {
    proxy.hold();
    List<Background> calls = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      calls.add(Background.execute(executor, "true"));
    }
    await()
        .atMost(Duration.ofSeconds(40))
        .until(
            () ->
                proxy.connections() == 1
                    && calls.stream().allMatch(c -> c.thread.getState() == Thread.State.WAITING));
    return calls;
  }

  @Test
  void E7_concurrentCommandsShareOneAttemptToConnectAndItsResult() throws Exception {
    use(SshExecutor.builder().connectTimeout(Duration.ofSeconds(50))); // all are to come in time
    List<Background> calls = callsThatWait(8);
    proxy.resume();
    for (Background call : calls) {
      assertThat(call.result.get().exitStatus()).hasValue(0);
    }
    assertThat(server.connections).hasValue(1);
    assertThat(server.runsOf("true")).isEqualTo(8);
  }

  @Test
  void E7_aFailedAttemptFailsAllWhoSharedItEachWithAnExceptionOfItsOwn() throws Exception {
    use(SshExecutor.builder().connectTimeout(Duration.ofSeconds(50))); // all are to come in time
    List<Background> calls = callsThatWait(4);
    proxy.cut();
    List<Throwable> failures = calls.stream().map(Background::thrown).toList();
    assertThat(failures)
        .doesNotHaveDuplicates()
        .allSatisfy(
            failure -> assertThat(((ExecutorException) failure).phase()).isEqualTo(Phase.CONNECT));
    assertThat(proxy.connections()).isOne();
  }
}
