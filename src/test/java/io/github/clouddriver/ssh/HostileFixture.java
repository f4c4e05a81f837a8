package io.github.clouddriver.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.clouddriver.exec.ExecResult;
import io.github.clouddriver.exec.ExecutorException;
import io.github.clouddriver.exec.Phase;
import io.github.clouddriver.exec.RemoteCommand;
import io.github.clouddriver.exec.SshSigner;
import java.io.IOException;
import java.io.OutputStream;
import java.security.KeyPair;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * An executor that reaches a good server through a proxy, either of which a test turns hostile; and
 * what holds for every failing call, whatever the server does: it ends in time, it says where, in
 * which phase and whether the command may have started, it runs nothing twice, it leaves nothing
 * behind, and the executor is as good as new once the server is.
 */
@Timeout(60)
abstract class HostileFixture {
  static final KeyPair HOST_KEY = TestKeys.ec("secp256r1");
  static final KeyPair OTHER_KEY = TestKeys.ec("secp256r1");

  /** The deadline of the phase that a test is about; those of the others stay far longer. */
  static final Duration SHORT = Duration.ofSeconds(1);

  /** When a failing call has ended, its deadline included; shorter than any deadline not set. */
  static final Duration BOUND = Duration.ofSeconds(10);

  /** A command that only the good server's counter can tell of. */
  static final String COUNTED = "counted";

  /** As far as a message may go, with all that the server said in it. */
  private static final int LONGEST_MESSAGE = 1_000;

  /** What may turn a line of a log, or the screen that shows it, into something else. */
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

  /** Control characters of every kind, with which a screen can be painted or a log forged. */
  static final String CONTROLS = "\u001b[2J\u0007\u0000\r\n\u009b31m\u202e\u2028WARN forged";

  private final Leftovers before = Leftovers.now();
  ScriptedServer server;
  Proxy proxy;
  TestTarget target;
  SshExecutor executor;

  /** Classes that are loaded and keys that are made at first use take longer than a deadline. */
  @BeforeAll
  static void warmUp() throws Exception {
    try (ScriptedServer server = new ScriptedServer(HOST_KEY);
        SshExecutor executor = SshExecutor.builder().build()) {
      executor.setSigners(SshSigner.of(TestKeys.CLIENT));
      executor.setTarget(new TestTarget(server.port(), TestTarget.anything()));
      executor.execute("true", null);
    }
  }

  @BeforeEach
  final void startServer() throws IOException {
    server = new ScriptedServer(HOST_KEY).on(COUNTED, call -> 0);
    proxy = new Proxy(server.port());
    target = new TestTarget(proxy.port(), TestTarget.only(HOST_KEY.getPublic()));
    use(SshExecutor.builder());
  }

  /** Replaces the executor by one with other settings. */
  final void use(SshExecutor.Builder builder) {
    if (executor != null) {
      executor.close();
    }
    executor = builder.build();
    executor.setSigners(SshSigner.of(TestKeys.CLIENT));
    executor.setTarget(target);
  }

  @AfterEach
  final void nothingIsLeftBehind() throws Exception {
    long start = System.nanoTime();
    executor.close();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).as("closing").isLessThan(BOUND);
    // Not helped by the servers' own end.
    Leftovers.assertNoBusyThread();
    proxy.close();
    server.close();
    before.assertSameSockets();
  }

  /**
   * Does this when the command runs, and the client has said that it gets no stdin, which is the
   * last that it says; the command then goes on for as long as it is let.
   */
  final void on(String command, ScriptedServer.Script script) {
    server.on(
        command,
        call -> {
          assertThat(call.in().read()).isEqualTo(-1);
          script.run(call);
          server.release.await();
          return 0;
        });
  }

  /** Does this only when the client has certainly heard that the command was started. */
  final RemoteCommand whenHeardOf(String command, ScriptedServer.Script script) {
    CountDownLatch heard = new CountDownLatch(1);
    on(
        command,
        call -> {
          call.out().write(1);
          call.out().flush();
          heard.await();
          return script.run(call);
        });
    OutputStream sink =
        new OutputStream() {
          @Override
          public void write(int b) {
            assertThat(b).isEqualTo(1);
            heard.countDown();
          }
        };
    return RemoteCommand.builder(command).stdoutSink(sink).build();
  }

  /** Asserts that a command fails before it was started. */
  final ExecutorException assertNeverStarts(Phase phase, String... says) throws Exception {
    ExecutorException failure = assertNeverStarts(COUNTED, phase, says);
    assertThat(server.runsOf(COUNTED)).as("runs").isZero();
    return failure;
  }

  /**
   * Asserts the same where the command does not go to {@link #server}: its runs are not counted.
   */
  final ExecutorException assertNeverStarts(String command, Phase phase, String... says)
      throws Exception {
    ExecutorException failure = failure(RemoteCommand.builder(command).build(), phase, says);
    assertThat(failure.commandMayHaveStarted()).isFalse();
    assertThat(failure).hasMessageContaining("not started");
    return failure;
  }

  /** Asserts that a command fails that may have been started, and was so once at most. */
  final ExecutorException assertMayHaveStarted(String command, Phase phase, String... says)
      throws Exception {
    return assertMayHaveStarted(RemoteCommand.builder(command).build(), phase, says);
  }

  final ExecutorException assertMayHaveStarted(RemoteCommand command, Phase phase, String... says)
      throws Exception {
    ExecutorException failure = failure(command, phase, says);
    assertThat(failure.commandMayHaveStarted()).isTrue();
    assertThat(failure).hasMessageContaining("may still run");
    return failure;
  }

  /** Asserts that the executor works, and has not run the failing command again. */
  final void assertRecovers() throws Exception {
    proxy.passOn();
    proxy.resume();
    int before = server.runsOf("true");
    assertThat(get(Background.execute(executor, "true")).succeeded()).isTrue();
    assertThat(server.runsOf("true")).isEqualTo(before + 1);
    assertThat(server.started).filteredOn(each -> !each.equals("true")).doesNotHaveDuplicates();
  }

  private ExecutorException failure(RemoteCommand command, Phase phase, String... says)
      throws Exception {
    long start = System.nanoTime();
    Throwable thrown = thrown(Background.execute(executor, command));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).as("time").isLessThan(BOUND);
    assertThat(thrown).isInstanceOf(ExecutorException.class);
    ExecutorException failure = (ExecutorException) thrown;
    assertThat(failure.phase()).as("phase of %s", failure).isEqualTo(phase);
    assertThat(failure)
        .hasMessageContaining(target.remoteUser() + "@" + target.address().orElseThrow());
    for (String each : says) {
      assertThat(failure).hasMessageContaining(each);
    }
    assertPrintable(failure);
    return failure;
  }

  /** A log shows the message of every cause. */
  private static void assertPrintable(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t.getMessage() != null) {
        assertThat(t.getMessage())
            .doesNotContainPattern(UNPRINTABLE)
            .hasSizeLessThan(LONGEST_MESSAGE);
      }
    }
  }

  private static ExecResult get(Background call) throws Exception {
    return call.result.get(BOUND.toSeconds(), TimeUnit.SECONDS);
  }

  /** What a call throws, if it ends in time. */
  static Throwable thrown(Background call) throws Exception {
    CompletableFuture<Throwable> thrown = call.result.handle((done, failure) -> failure);
    return thrown.get(2 * BOUND.toSeconds(), TimeUnit.SECONDS);
  }
}
