package io.github.clouddriver.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.github.clouddriver.exec.ExecutorException;
import io.github.clouddriver.exec.HostPort;
import io.github.clouddriver.exec.Phase;
import io.github.clouddriver.exec.RemoteCommand;
import io.github.clouddriver.exec.SshSigner;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.sshd.core.CoreModuleProperties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clause E5: every phase has an end, and so has the executor. */
@Timeout(60)
class DeadlineTest {
  private static final KeyPair HOST_KEY = TestKeys.ec("secp256r1");
  private static final Duration SHORT = Duration.ofSeconds(1);

  private ScriptedServer server;
  private final List<SshExecutor> executors = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedServer(HOST_KEY);
  }

  @AfterEach
  void stop() throws IOException {
    executors.forEach(SshExecutor::close);
    server.close();
  }

  private SshExecutor executor(SshExecutor.Builder builder, int port) {
    SshExecutor executor = builder.build();
    executors.add(executor);
    executor.setSigners(SshSigner.of(TestKeys.CLIENT));
    executor.setTarget(new TestTarget(port, TestTarget.only(HOST_KEY.getPublic())));
    return executor;
  }

  private static ExecutorException failure(SshExecutor executor, String text) {
    return catchThrowableOfType(ExecutorException.class, () -> executor.execute(text, null));
  }

  private static void assertLate(
      ExecutorException failure, Phase phase, boolean mayHaveStarted, int port) {
    assertThat(failure.phase()).isEqualTo(phase);
    assertThat(failure.commandMayHaveStarted()).isEqualTo(mayHaveStarted);
    assertThat(failure)
        .hasMessageContaining("1 s")
        .hasMessageContaining("127.0.0.1:" + port)
        .hasMessageContaining(mayHaveStarted ? "may still run" : "not started");
  }

  @Test
  void E5_aRefusedConnectionIsToldAtOnce() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    ExecutorException failure = failure(executor(SshExecutor.builder(), port), "true");
    assertThat(failure.phase()).isEqualTo(Phase.CONNECT);
    assertThat(failure.commandMayHaveStarted()).isFalse();
    assertThat(failure).hasMessageContaining("refused");
  }

  @Test
  void E5_anUnknownHostIsToldByName() {
    SshExecutor executor = executor(SshExecutor.builder(), 1);
    TestTarget target = new TestTarget(1, TestTarget.anything());
    target.address = HostPort.of("no-such-host.invalid");
    executor.setTarget(target);
    ExecutorException failure = failure(executor, "true");
    assertThat(failure.phase()).isEqualTo(Phase.CONNECT);
    assertThat(failure).hasMessageContaining("no-such-host.invalid");
  }

  private static void assertSocketsAreClosed(RawServer server) {
    await()
        .untilAsserted(
            () -> {
              for (Socket socket : server.sockets()) {
                socket.setSoTimeout(100);
                while (socket.getInputStream().read() >= 0) {
                  // what the client said before it left
                }
              }
            });
  }

  @Test
  void E5_aSignerThatStallsOrFails() throws Exception {
    SshExecutor executor =
        executor(SshExecutor.builder().authenticationTimeout(SHORT), server.port());
    CountDownLatch never = new CountDownLatch(1);
    executor.setSigners(
        TestSigner.of(
            TestKeys.CLIENT,
            (real, data, algorithm) -> {
              never.await();
              return new byte[0];
            }));
    assertLate(failure(executor, "true"), Phase.AUTHENTICATION, false, server.port());
    executor.setSigners(
        TestSigner.of(
            TestKeys.CLIENT,
            (real, data, algorithm) -> {
              throw new IOException("the agent is gone");
            }));
    ExecutorException failure = failure(executor, "true");
    assertThat(failure.phase()).isEqualTo(Phase.AUTHENTICATION);
    assertThat(failure).hasRootCauseMessage("the agent is gone");
    await().untilAsserted(() -> assertThat(server.sessions()).isEmpty());
  }

  @Test
  void E5_aStalledServerDoesNotHoldUpOtherCallsBeyondTheDeadline() throws Exception {
    try (RawServer silent = new RawServer(socket -> {})) {
      SshExecutor executor =
          executor(SshExecutor.builder().connectTimeout(Duration.ofSeconds(30)), silent.port());
      Background stalled = Background.execute(executor, "true");
      silent.first.await();
      executor.setTarget(new TestTarget(server.port(), TestTarget.anything()));
      assertThat(executor.execute("true", null).succeeded()).isTrue();
      assertThat(stalled.result).isNotDone();
    }
  }

  @Test
  void E5_anInterruptWhileConnectingStartsNothingAndEndsNobodyElsesAttempt() throws Exception {
    try (Proxy proxy = new Proxy(server.port())) {
      SshExecutor executor = executor(SshExecutor.builder(), proxy.port());
      proxy.hold();
      Background interrupted = Background.execute(executor, "cat");
      Background other = Background.execute(executor, "true");
      await().until(() -> other.thread.getState() == Thread.State.WAITING);
      await().until(() -> interrupted.thread.getState() == Thread.State.WAITING);
      interrupted.thread.interrupt();
      assertThat(interrupted.thrown())
          .isInstanceOf(InterruptedException.class)
          .hasMessageContaining("not started");
      proxy.resume();
      other.result.get();
      assertThat(server.started).containsExactly("true");
    }
  }

  @Test
  void E5_anInterruptedCommandIsSentKillAndMayStillRun() throws Exception {
    SshExecutor executor = executor(SshExecutor.builder(), server.port());
    Background running = Background.execute(executor, "block");
    await().until(() -> server.runsOf("block") == 1);
    running.thread.interrupt();
    assertThat(running.thrown())
        .isInstanceOf(InterruptedException.class)
        .hasMessageContaining("may still run");
    await().untilAsserted(() -> assertThat(server.signals).containsExactly("block KILL"));
    executor.execute("true", null);
    assertThat(server.connections).hasValue(1);
  }

  @Test
  void anInterruptBeforeTheCallStartsNothing() {
    SshExecutor executor = executor(SshExecutor.builder(), server.port());
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> executor.execute("true", null))
        .isInstanceOf(InterruptedException.class)
        .hasMessageContaining("not started");
    assertThat(server.connections).hasValue(0);
  }

  @Test
  void E5_closeEndsRunningAndConnectingCallsAndIsFinal() throws Exception {
    try (RawServer silent = new RawServer(socket -> {})) {
      SshExecutor executor = executor(SshExecutor.builder(), server.port());
      Background running = Background.execute(executor, "block");
      await().until(() -> server.runsOf("block") == 1);
      executor.setTarget(new TestTarget(silent.port(), TestTarget.anything()));
      Background connecting = Background.execute(executor, "true");
      silent.first.await();
      executor.close();
      ExecutorException ended = (ExecutorException) running.thrown();
      assertThat(ended).hasMessageContaining("closed");
      assertThat(ended.commandMayHaveStarted()).isTrue();
      ended = (ExecutorException) connecting.thrown();
      assertThat(ended).hasMessageContaining("closed");
      assertThat(ended.commandMayHaveStarted()).isFalse();
      await().untilAsserted(() -> assertThat(server.signals).containsExactly("block KILL"));
      executor.close();
      assertThatThrownBy(() -> executor.execute("true", null))
          .isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> executor.setSigners()).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> executor.setTarget(new TestTarget(1, TestTarget.anything())))
          .isInstanceOf(IllegalStateException.class);
      assertSocketsAreClosed(silent);
      await().untilAsserted(() -> assertThat(server.sessions()).isEmpty());
    }
  }

  @Test
  void E5_aServerThatTakesNoDataIsGivenUp() throws Exception {
    try (Proxy proxy = new Proxy(server.port())) {
      SshExecutor executor =
          executor(SshExecutor.builder().channelTimeout(SHORT).connectTimeout(SHORT), proxy.port());
      Background running = runUntilStuck(executor, proxy);
      long before = System.nanoTime();
      assertLate(failure(executor, "true"), Phase.CONNECT, false, proxy.port());
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
      ExecutorException lost = (ExecutorException) running.thrown();
      assertThat(lost.phase()).isEqualTo(Phase.COMMAND);
      assertThat(lost).hasMessageContaining("took no data for 1 s");
    }
  }

  @Test
  void E5_closeDoesNotWaitForAServerThatTakesNoData() throws Exception {
    try (Proxy proxy = new Proxy(server.port())) {
      SshExecutor executor = executor(SshExecutor.builder(), proxy.port());
      Background running = runUntilStuck(executor, proxy);
      long before = System.nanoTime();
      executor.close();
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
      assertThat(running.thrown()).hasMessageContaining("closed");
    }
  }

  /** A command whose stdin is being written to a socket that takes no more. */
  private Background runUntilStuck(SshExecutor executor, Proxy proxy) {
    CoreModuleProperties.WINDOW_SIZE.set(server.mina(), 1L << 30); // so that TCP is what gets full
    AtomicLong read = new AtomicLong();
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            read.incrementAndGet();
            return 0;
          }
        };
    Background running =
        Background.execute(executor, RemoteCommand.builder("block").stdin(endless).build());
    await().until(() -> server.runsOf("block") == 1);
    proxy.hold();
    AtomicLong last = new AtomicLong(-1);
    await()
        .during(Duration.ofMillis(200))
        .until(() -> last.getAndSet(read.get()) == read.get() || running.result.isDone());
    return running;
  }
}
