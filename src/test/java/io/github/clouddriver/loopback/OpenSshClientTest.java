package io.github.clouddriver.loopback;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.clouddriver.Instance;
import io.github.clouddriver.exec.SshPublicKeys;
import io.github.clouddriver.internal.sshserver.TestClient;
import io.github.clouddriver.ssh.Programs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With the client that everybody has. */
@Timeout(120)
class OpenSshClientTest {
  private final Host host = new Host(HostShell.find());
  private Instance instance;
  private String ssh;

  @TempDir Path folder;

  @BeforeEach
  void create() throws Exception {
    ssh = Programs.find("ssh").toString();
    Programs.run(
        "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder.resolve("key").toString());
    instance =
        host.set.create(
            host.request()
                .publicKey(SshPublicKeys.parse(Files.readString(folder.resolve("key.pub"))))
                .build());
    try (TestClient client = Host.connect(instance)) {
      Files.writeString(
          folder.resolve("known_hosts"),
          "["
              + instance.address().orElseThrow().host()
              + "]:"
              + instance.address().orElseThrow().portOr(0)
              + " "
              + SshPublicKeys.toOpenSsh(client.seenHostKey)
              + "\n");
    }
  }

  @AfterEach
  void stop() {
    host.close();
    await().atMost(Host.PATIENCE).until(() -> Host.threads().isEmpty());
  }

  private ProcessBuilder ssh(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                ssh,
                "-F",
                "none",
                "-o",
                "BatchMode=yes",
                "-o",
                "IdentitiesOnly=yes",
                "-o",
                "UserKnownHostsFile=" + folder.resolve("known_hosts"),
                "-i",
                folder.resolve("key").toString(),
                "-p",
                String.valueOf(instance.address().orElseThrow().portOr(0)),
                instance.remoteUser() + "@" + instance.address().orElseThrow().host()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command);
  }

  @Test
  void output_error_and_status_are_those_of_the_command() throws IOException, InterruptedException {
    Process ssh = ssh("echo \"it's\"; echo err >&2; exit 42").start();
    ssh.getOutputStream().close();

    assertThat(new String(ssh.getInputStream().readAllBytes(), UTF_8)).isEqualTo("it's\n");
    assertThat(new String(ssh.getErrorStream().readAllBytes(), UTF_8)).isEqualTo("err\n");
    assertThat(ssh.waitFor()).isEqualTo(42);
  }

  @Test
  void sixteen_megabytes_go_through_cat_and_back() throws IOException, InterruptedException {
    byte[] input = new byte[16 << 20];
    new Random(7).nextBytes(input);
    Path sent = Files.write(folder.resolve("sent"), input);
    Path received = folder.resolve("received");

    Process ssh = ssh("cat").redirectInput(sent.toFile()).redirectOutput(received.toFile()).start();

    assertThat(ssh.waitFor()).isZero();
    assertThat(Files.mismatch(sent, received)).isEqualTo(-1);
  }

  @Test
  void a_killed_client_takes_its_command_along() throws IOException {
    Process ssh = ssh("echo $$; sleep 1000 & echo $!; wait").start();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(ssh.getInputStream(), UTF_8))) {
      long shell = Long.parseLong(lines.readLine());
      long background = Long.parseLong(lines.readLine());

      ssh.destroyForcibly();

      await().atMost(Host.PATIENCE).until(() -> !Host.runs(shell) && !Host.runs(background));
    }
  }

  @Test
  void a_shell_without_a_command_is_refused() throws IOException, InterruptedException {
    Process shell = ssh().start();
    shell.getOutputStream().close();
    assertThat(shell.waitFor()).isEqualTo(255);
  }
}
