package io.github.clouddriver.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.github.clouddriver.exec.ExecResult;
import io.github.clouddriver.exec.ExecutorException;
import io.github.clouddriver.exec.Phase;
import io.github.clouddriver.exec.RemoteCommand;
import io.github.clouddriver.exec.RemoteStream;
import io.github.clouddriver.exec.SshPublicKeys;
import io.github.clouddriver.exec.SshSigner;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The executor against OpenSSH's own server, with a real shell behind it. */
@Timeout(60)
class OpenSshTest {
  private OpenSsh server;

  private final SshExecutor executor =
      SshExecutor.builder()
          .commandTimeout(Duration.ofSeconds(30))
          .goodbyeTimeout(Duration.ofSeconds(20))
          .build();

  @BeforeEach
  void startServer() throws Exception {
    server = OpenSsh.start("ed25519", List.of(TestKeys.CLIENT.getPublic()));
  }

  @AfterEach
  void stop() {
    executor.close();
    server.close();
  }

  private SshExecutor connected() {
    return connected(server);
  }

  private SshExecutor connected(OpenSsh to) {
    executor.setSigners(SshSigner.of(TestKeys.CLIENT));
    executor.setTarget(new TestTarget(to.port(), TestTarget.only(to.hostKey())));
    return executor;
  }

  @Test
  void E1_stdoutAndStderrComeApartWithTheExitStatus() throws Exception {
    ExecResult result = connected().execute("printf out; printf err >&2; exit 7", null);
    assertThat(result.stdoutText()).isEqualTo("out");
    assertThat(result.stderrText()).isEqualTo("err");
    assertThat(result.exitStatus()).hasValue(7);
  }

  @Test
  void E1_aSignalEndsTheCommand() throws Exception {
    ExecResult result = connected().execute("kill -TERM $$", null);
    assertThat(result.exitSignal()).hasValue("TERM");
    assertThat(result.exitStatus()).isEmpty();
  }

  @Test
  void E1_stdinOf16MiBFlowsBackByteForByte() throws Exception {
    byte[] data = new byte[16 << 20];
    new Random(1).nextBytes(data);
    ExecResult result = connected().execute("cat", new ByteArrayInputStream(data));
    assertThat(result.stdout()).isEqualTo(data);
    assertThat(result.stdoutCut()).isZero();
  }

  @Test
  void E1_absentAndEmptyStdinEndAtOnce() throws Exception {
    assertThat(connected().execute("cat | wc -c", null).stdoutText().strip()).isEqualTo("0");
    ExecResult result = executor.execute("cat | wc -c", new ByteArrayInputStream(new byte[0]));
    assertThat(result.stdoutText().strip()).isEqualTo("0");
  }

  @Test
  void E1_aCommandThatReadsOnlyPartOfItsStdinEnds() throws Exception {
    byte[] data = new byte[10 << 20];
    ExecResult result =
        connected().execute("head -c 3 >/dev/null; echo done", new ByteArrayInputStream(data));
    assertThat(result.stdoutText()).isEqualTo("done\n");
    assertThat(executor.execute("echo next", null).stdoutText()).isEqualTo("next\n");
  }

  @Test
  void theEnvironmentArrivesUnharmed() throws Exception {
    String value = "it's \"$HOME\" `x` \\ \n second line \u00e9";
    ExecResult result =
        connected()
            .execute(
                RemoteCommand.builder("printf %s \"$A\"; printf %s \"$B_2\" >&2")
                    .environment("A", value)
                    .environment("B_2", "")
                    .build());
    assertThat(result.stdoutText()).isEqualTo(value);
    assertThat(result.stderrText()).isEmpty();
  }

  @Test
  void E9_theCaptureIsBoundedAndSaysWhatWasCut() throws Exception {
    ExecResult result =
        connected()
            .execute(
                RemoteCommand.builder("head -c 5000000 /dev/zero; head -c 7 /dev/zero >&2")
                    .captureLimit(1000)
                    .build());
    assertThat(result.stdout()).hasSize(1000);
    assertThat(result.stdoutCut()).isEqualTo(4_999_000);
    assertThat(result.stderr()).hasSize(7);
    assertThat(result.stderrCut()).isZero();
  }

  @Test
  void E9_sinksGetEverything() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    ExecResult result =
        connected()
            .execute(
                RemoteCommand.builder("head -c 20000000 /dev/zero; head -c 9000000 /dev/zero >&2")
                    .stdoutSink(out)
                    .stderrSink(err)
                    .captureLimit(0)
                    .build());
    assertThat(out.size()).isEqualTo(20_000_000);
    assertThat(err.size()).isEqualTo(9_000_000);
    assertThat(result.stdout()).isEmpty();
    assertThat(result.exitStatus()).hasValue(0);
  }

  static List<KeyPair> clientKeys() {
    return List.of(
        TestKeys.ec("secp256r1"),
        TestKeys.ec("secp384r1"),
        TestKeys.ec("secp521r1"),
        TestKeys.ed25519(),
        TestKeys.RSA);
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("clientKeys")
  void everyKindOfClientKeyLogsIn(KeyPair key) throws Exception {
    try (OpenSsh own = OpenSsh.start("ed25519", List.of(key.getPublic()))) {
      // A key that the server does not know comes first.
      executor.setSigners(SshSigner.of(TestKeys.CLIENT), SshSigner.of(key));
      executor.setTarget(new TestTarget(own.port(), TestTarget.only(own.hostKey())));
      assertThat(executor.execute("echo in", null).stdoutText()).isEqualTo("in\n");
    }
  }

  private CompletableFuture<ExecResult> async(String text) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return executor.execute(text, null);
          } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
        },
        task -> new Thread(task).start());
  }

  @Test
  void E5_anInterruptKillsTheCommandAndSaysThatItMayStillRun(@TempDir Path directory)
      throws Exception {
    connected();
    Path pid = directory.resolve("pid");
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread caller =
        new Thread(
            () -> {
              try {
                executor.execute("echo $$ > " + pid + "; exec sleep 1000", null);
              } catch (Throwable t) {
                thrown.set(t);
              }
            });
    caller.start();
    await().until(() -> Files.exists(pid) && !Files.readString(pid).isBlank());
    caller.interrupt();
    caller.join(10_000);
    assertThat(thrown.get())
        .isInstanceOf(InterruptedException.class)
        .hasMessageContaining("may still run");
    awaitKill(pid);
    assertThat(executor.execute("echo alive", null).stdoutText()).isEqualTo("alive\n");
  }

  @Test
  void E5_aCommandThatTakesTooLongIsKilled(@TempDir Path directory) throws Exception {
    Path pid = directory.resolve("pid");
    ExecutorException late =
        catchThrowableOfType(
            ExecutorException.class,
            () ->
                connected()
                    .execute(
                        RemoteCommand.builder("echo $$ > " + pid + "; exec sleep 1000")
                            .deadline(Duration.ofMillis(500))
                            .build()));
    assertThat(late.phase()).isEqualTo(Phase.COMMAND);
    assertThat(late.commandMayHaveStarted()).isTrue();
    assertThat(late).hasMessageContaining("500 ms").hasMessageContaining(":" + server.port());
    awaitKill(pid);
  }

  @Test
  void E5_closeEndsTheCallAndKillsTheCommand(@TempDir Path directory) throws Exception {
    connected();
    Path pid = directory.resolve("pid");
    CompletableFuture<ExecResult> running = async("echo $$ > " + pid + "; exec sleep 1000");
    await().until(() -> Files.exists(pid) && !Files.readString(pid).isBlank());
    executor.close();
    assertThatThrownBy(running::get).rootCause().hasMessageContaining("the executor was closed");
    awaitKill(pid);
    assertThatThrownBy(() -> executor.execute("true", null))
        .isInstanceOf(IllegalStateException.class);
  }

  /** OpenSSH passes no signal on where the login is root's, and says so instead. */
  private void awaitKill(Path pid) throws IOException {
    Optional<ProcessHandle> command =
        ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()));
    if (System.getProperty("user.name").equals("root")) {
      await()
          .until(() -> server.log().contains("session signalling requires privilege separation"));
      command.ifPresent(ProcessHandle::destroyForcibly);
    }
    await().until(() -> command.filter(ProcessHandle::isAlive).isEmpty());
  }

  @Test
  void T5_aTargetMayRunCommandsAndReachOutOverTheLogin() throws Exception {
    try (ServerSocket metadata = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread service =
          new Thread(
              () -> {
                try (Socket socket = metadata.accept()) {
                  byte[] request = socket.getInputStream().readNBytes(3);
                  socket.getOutputStream().write(request);
                  socket.getOutputStream().write("!".getBytes(StandardCharsets.UTF_8));
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      service.start();
      StringBuilder seen = new StringBuilder();
      TestTarget target =
          new TestTarget(
              server.port(),
              TestTarget.withConnection(
                  (key, connection) -> {
                    assertThat(SshPublicKeys.same(key, server.hostKey())).isTrue();
                    try {
                      ExecResult result =
                          connection.execute(
                              "cat; head -c 100000 /dev/zero >&2",
                              new ByteArrayInputStream("in".getBytes(StandardCharsets.UTF_8)));
                      seen.append(result.stdoutText())
                          .append(result.stderr().length)
                          .append(' ')
                          .append(result.stderrCut())
                          .append(' ');
                      try (RemoteStream stream =
                          connection.open("127.0.0.1", metadata.getLocalPort())) {
                        stream.output().write("abc".getBytes(StandardCharsets.UTF_8));
                        stream.output().flush();
                        seen.append(
                            new String(stream.input().readAllBytes(), StandardCharsets.UTF_8));
                      }
                      assertThatThrownBy(() -> connection.open("127.0.0.1", 1))
                          .isInstanceOf(IOException.class);
                    } catch (IOException e) {
                      throw new io.github.clouddriver.error.CloudException("failed", e);
                    }
                  }));
      executor.setSigners(SshSigner.of(TestKeys.CLIENT));
      executor.setTarget(target);
      assertThat(executor.execute("echo ok", null).stdoutText()).isEqualTo("ok\n");
      assertThat(seen.toString()).isEqualTo("in65536 34464 abc!");
      service.join();
    }
  }
}
