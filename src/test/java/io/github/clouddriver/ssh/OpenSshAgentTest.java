package io.github.clouddriver.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.clouddriver.cli.Main;
import io.github.clouddriver.exec.ExecutorException;
import io.github.clouddriver.exec.SshPublicKeys;
import io.github.clouddriver.exec.SshSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** OpenSSH's own agent logs in to OpenSSH's own server; no private key is ever in this process. */
@Timeout(60)
class OpenSshAgentTest {
  static final Iterable<String> KINDS = KeyFiles.KINDS.keySet();

  @TempDir Path directory;
  private KeyFiles files;
  private Path socket;
  private Process agent;

  @BeforeEach
  void startAgent() throws Exception {
    OpenSsh.program();
    files = new KeyFiles(directory);
    socket = directory.resolve("agent");
    agent =
        Programs.prepare("ssh-agent", "-D", "-a", socket.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    await().until(() -> Files.exists(socket));
  }

  @AfterEach
  void stopAgent() {
    if (agent != null) {
      agent.destroyForcibly();
    }
  }

  private void add(Path file) throws IOException, InterruptedException {
    ProcessBuilder program = Programs.prepare("ssh-add", "-q", file.toString());
    program.environment().put("SSH_AUTH_SOCK", socket.toString());
    Programs.run(program);
  }

  private static void logIn(OpenSsh server, List<SshSigner> signers) throws Exception {
    try (SshExecutor executor = SshExecutor.builder().build()) {
      executor.setSigners(signers.toArray(SshSigner[]::new));
      executor.setTarget(new TestTarget(server.port(), TestTarget.only(server.hostKey())));
      assertThat(executor.execute("echo in", null).stdoutText()).isEqualTo("in\n");
    }
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  void everyKindOfKeyLogsIn(String kind) throws Exception {
    Path file = files.make("id", KeyFiles.KINDS.get(kind));
    PublicKey key = KeyFiles.publicKey(file);
    assertThat(SshAgent.signers(socket)).isEmpty();
    add(file);
    Files.delete(file);
    List<SshSigner> signers = SshAgent.signers(socket);
    assertThat(signers).hasSize(1);
    try (OpenSsh server = OpenSsh.start("ed25519", List.of(key))) {
      logIn(server, signers);
    }
  }

  @Test
  void anRsaKeySignsWithSha256Too() throws Exception {
    Path file = files.make("id", KeyFiles.KINDS.get("rsa"));
    add(file);
    try (OpenSsh server =
        OpenSsh.start(
            "ed25519",
            List.of(KeyFiles.publicKey(file)),
            "PubkeyAcceptedAlgorithms rsa-sha2-256")) {
      logIn(server, SshAgent.signers(socket));
    }
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  void aCertificateLogsIn(String kind) throws Exception {
    Path authority = files.make("authority", "ed25519");
    Path file = files.make("id", KeyFiles.KINDS.get(kind));
    KeyFiles.certifyUser(authority, file, System.getProperty("user.name"));
    add(file); // which takes the certificate beside it along
    List<SshSigner> certificate =
        SshAgent.signers(socket).stream()
            .filter(each -> each.algorithms().get(0).contains("-cert-"))
            .toList();
    assertThat(certificate).hasSize(1);
    try (OpenSsh server =
        OpenSsh.start("ed25519", List.of(), "TrustedUserCAKeys " + authority + ".pub")) {
      logIn(server, certificate);
    }
  }

  @Test
  void anAgentThatIsGoneFailsTheLogin() throws Exception {
    Path file = files.make("id", "ed25519");
    add(file);
    List<SshSigner> signers = SshAgent.signers(socket);
    agent.destroyForcibly().waitFor();
    try (OpenSsh server = OpenSsh.start("ed25519", List.of(KeyFiles.publicKey(file)))) {
      assertThatThrownBy(() -> logIn(server, signers))
          .isInstanceOf(ExecutorException.class)
          .hasMessageContaining(socket.toString());
    }
  }

  @Test
  void cloudtestLogsInWithAKeyOfTheAgent() throws Exception {
    Path file = files.make("id", "ed25519");
    add(file);
    Path config = directory.resolve("config.json");
    Files.writeString(config, "{\"DriverParameters\": {\"Account\": \"agent-test\"}}");
    ProcessBuilder program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName(),
                "cloudtest",
                "--config",
                config.toString(),
                "--agent")
            .redirectErrorStream(true);
    program.environment().put("SSH_AUTH_SOCK", socket.toString());
    assertThat(Programs.run(program))
        .contains(SshPublicKeys.fingerprint(KeyFiles.publicKey(file)) + ", of the SSH agent");
  }
}
