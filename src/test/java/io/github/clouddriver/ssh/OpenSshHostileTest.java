package io.github.clouddriver.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.clouddriver.exec.ExecResult;
import io.github.clouddriver.exec.ExecutorException;
import io.github.clouddriver.exec.HostPort;
import io.github.clouddriver.exec.Phase;
import io.github.clouddriver.exec.RemoteCommand;
import io.github.clouddriver.exec.SshPublicKeys;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OpenSSH's own server, where it has limits, or fails, or is another one. */
class OpenSshHostileTest extends HostileFixture {
  @TempDir private Path directory;

  /** Each run of a command adds a line to it. */
  private Path runs;

  @BeforeEach
  void countRuns() throws IOException {
    runs = Files.createFile(directory.resolve("runs"));
  }

  private static OpenSsh start(String... settings) throws Exception {
    return OpenSsh.start("ed25519", List.of(TestKeys.CLIENT.getPublic()), settings);
  }

  private void use(OpenSsh to, SshExecutor.Builder builder) {
    target = new TestTarget(to.port(), TestTarget.only(to.hostKey()));
    use(builder);
  }

  private String counting(String command) {
    return "echo run >> " + runs + "; " + command;
  }

  /**
   * Waits until the server has logged that a connection ended on which nobody has logged in. The
   * probe for its port, with whose end the log begins, did not get as far as the last word here.
   */
  private static void awaitEndBeforeLogin(OpenSsh server) {
    Pattern end = Pattern.compile("Connection closed by 127\\.0\\.0\\.1 port \\d+ \\[preauth]");
    await().untilAsserted(() -> assertThat(server.log()).containsPattern(end));
  }

  private void assertAlive() throws Exception {
    assertThat(executor.execute("echo alive", null).stdoutText()).isEqualTo("alive\n");
  }

  @Test
  void E2_aWrongKeyNeverSeesAnAuthenticationAttempt() throws Exception {
    try (OpenSsh own = start("LogLevel DEBUG3")) {
      use(own, SshExecutor.builder());
      target.check = TestTarget.only(OTHER_KEY.getPublic());
      assertNeverStarts(counting("true"), Phase.HOST_KEY, SshPublicKeys.fingerprint(own.hostKey()));
      awaitEndBeforeLogin(own);
      // SERVICE_REQUEST is 5, USERAUTH_REQUEST is 50; NEWKEYS, which is 21, has arrived.
      assertThat(own.log())
          .containsPattern("receive packet: type 20 ")
          .doesNotContainPattern("receive packet: type 50? ")
          .doesNotContain("userauth-request");
      target.check = TestTarget.only(own.hostKey());
      assertAlive();
      assertThat(own.log())
          .containsPattern("receive packet: type 5 ")
          .containsPattern("receive packet: type 50 ")
          .contains("userauth-request");
      assertThat(runs).isEmptyFile();
    }
  }

  @Test
  void E2_anotherServerAtTheSameAddress() throws Exception {
    try (OpenSsh own = start();
        OpenSsh other = start("LogLevel DEBUG3")) {
      use(own, SshExecutor.builder());
      assertAlive();
      target.address = HostPort.of("127.0.0.1", other.port());
      assertNeverStarts(
          counting("true"), Phase.HOST_KEY, SshPublicKeys.fingerprint(other.hostKey()));
      awaitEndBeforeLogin(other);
      assertThat(other.log()).doesNotContain("userauth-request");
      target.address = HostPort.of("127.0.0.1", own.port());
      assertAlive();
      assertThat(runs).isEmptyFile();
    }
  }

  @Test
  void E4_aConnectionThatIsKilledIsReplacedAtTheNextCommand() throws Exception {
    try (OpenSsh own = start()) {
      use(own, SshExecutor.builder());
      assertAlive();
      own.killConnections();
      assertAlive();
    }
  }

  @Test
  void E8_aConnectionThatIsKilledInTheMidstOfACommand() throws Exception {
    try (OpenSsh own = start()) {
      use(own, SshExecutor.builder());
      Background killer =
          Background.run(
              () -> {
                await().until(() -> Files.size(runs) > 0);
                own.killConnections();
                return ExecResult.builder().build();
              });
      assertMayHaveStarted(counting("sleep 1000"), Phase.COMMAND, "the connection was lost");
      killer.result.get();
      assertAlive();
      assertThat(runs).hasContent("run");
    }
  }

  @Test
  void E5_aServerThatIsStoppedInTheMidstOfACommand() throws Exception {
    try (OpenSsh own = start()) {
      use(own, SshExecutor.builder().keepAliveInterval(Duration.ofMillis(300)));
      Background stopper =
          Background.run(
              () -> {
                await().until(() -> Files.size(runs) > 0);
                own.stopConnections();
                return ExecResult.builder().build();
              });
      assertMayHaveStarted(counting("sleep 1000"), Phase.COMMAND, "no sign of life");
      stopper.result.get();
      assertAlive();
      assertThat(runs).hasContent("run");
    }
  }

  @Test
  void E7_commandsBeyondTheServersLimitWaitForAFreeChannel() throws Exception {
    try (OpenSsh own = start("MaxSessions 2")) {
      use(own, SshExecutor.builder());
      Path refused = directory.resolve("refused");
      String hold = "until [ -e " + refused + " ]; do sleep 0.05; done; ";
      ExecutorService threads = Executors.newCachedThreadPool();
      try {
        List<Future<ExecResult>> results = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
          String text = counting(hold + "sleep 0.1; echo " + i + "; echo $SSH_CONNECTION >&2");
          results.add(threads.submit(() -> executor.execute(text, null)));
        }
        await().until(() -> own.log().contains("no more sessions"));
        Files.createFile(refused);
        String connection = results.get(0).get().stderrText();
        for (int i = 0; i < 12; i++) {
          assertThat(results.get(i).get().stdoutText()).isEqualTo(i + "\n");
          assertThat(results.get(i).get().stderrText()).isEqualTo(connection);
        }
        assertThat(Files.readAllLines(runs)).hasSize(12);
      } finally {
        threads.shutdownNow();
      }
    }
  }

  @Test
  void E7_aCallThatGetsNoChannelInTimeWasNeverStarted() throws Exception {
    try (OpenSsh own = start("MaxSessions 1")) {
      use(own, SshExecutor.builder());
      Path running = directory.resolve("running");
      Background first =
          Background.execute(
              executor, "touch " + running + "; while [ -e " + running + " ]; do sleep 0.05; done");
      await().until(() -> Files.exists(running));
      ExecutorException refused =
          (ExecutorException)
              thrown(
                  Background.execute(
                      executor,
                      RemoteCommand.builder(counting("true"))
                          .deadline(Duration.ofMillis(300))
                          .build()));
      assertThat(refused.phase()).isEqualTo(Phase.CHANNEL);
      assertThat(refused.commandMayHaveStarted()).isFalse();
      assertThat(refused).hasMessageContaining("refused a channel");
      Files.delete(running);
      assertThat(first.result.get().exitStatus()).hasValue(0);
      assertThat(runs).isEmptyFile();
    }
  }

  @Test
  void keysAreExchangedAnewInTheMidstOfACommand() throws Exception {
    try (OpenSsh own = start("RekeyLimit 1M", "LogLevel DEBUG1")) {
      use(own, SshExecutor.builder());
      long seed = 2;
      byte[] data = new byte[8 << 20];
      new Random(seed).nextBytes(data);
      ExecResult result = executor.execute(counting("cat"), new ByteArrayInputStream(data));
      assertThat(result.stdout()).isEqualTo(data);
      assertThat(runs).hasContent("run");
      assertThat(target.asked()).hasSize(1);
      Pattern exchange = Pattern.compile("SSH2_MSG_NEWKEYS received");
      assertThat(exchange.matcher(own.log()).results()).hasSizeGreaterThan(3);
    }
  }
}
