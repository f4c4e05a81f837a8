package io.github.clouddriver.loopback;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.clouddriver.internal.sshserver.ExecExit;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.helpers.NOPLogger;

/** A command on a host that is not as it should be. */
@Timeout(120)
class CommandRunTest {
  private static final String NAME = "loopback-run";

  @TempDir Path folder;

  @AfterEach
  void nothingIsLeft() {
    await().atMost(Host.PATIENCE).until(() -> Host.threads().isEmpty());
  }

  private static ExecExit run(ScriptedCall call, HostShell shell)
      throws IOException, InterruptedException {
    return new CommandRun(NAME, call, shell, NOPLogger.NOP_LOGGER).run();
  }

  /** A host whose {@code setsid} is a script; what it is to start are its arguments. */
  private HostShell hostWith(String setsid) throws IOException {
    Path script = folder.resolve("setsid");
    Files.writeString(script, "#!/bin/sh\n" + setsid + "\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return new HostShell(script, Path.of("/proc"));
  }

  @Test
  void what_a_shell_says_as_it_starts_stops_no_command() throws Exception {
    String setsid = ProcessGroupTest.groups().setsid() + " \"$@\"";
    ScriptedCall call = new ScriptedCall("echo hi");

    ExecExit exit = run(call, hostWith("echo 'warning: no such locale' >&2; exec " + setsid));

    assertThat(exit).isEqualTo(ExecExit.status(0));
    assertThat(call.printed.toString(UTF_8)).isEqualTo("hi\n");
    assertThat(call.complained.toString(UTF_8)).isEqualTo("warning: no such locale\n");
  }

  /** As a shell does that cannot fork, with a status that would be taken for the command's. */
  @Test
  void E8_a_command_whose_shell_cannot_be_started_has_no_status() throws Exception {
    ScriptedCall call = new ScriptedCall("echo hi");

    assertThatThrownBy(() -> run(call, hostWith("echo; IFS= read -r program; exit 2")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("could not start");

    assertThat(call.complained.toString(UTF_8)).contains("could not start");
    assertThat(call.printed.size()).isZero();
  }

  @Test
  void E8_the_client_reads_why_no_shell_leads_its_command() throws Exception {
    ScriptedCall call = new ScriptedCall("echo hi");
    HostShell none = new HostShell(folder.resolve("no-such-program"), Path.of("/proc"));

    assertThatThrownBy(() -> run(call, none)).isInstanceOf(IOException.class);

    assertThat(call.complained.toString(UTF_8)).contains("no-such-program");
  }

  /** The command makes its standard error one that takes nothing while it is full, and fills it. */
  @Test
  void E8_a_status_that_could_not_be_reported_is_none() throws Exception {
    CountDownLatch clientIsSlow = new CountDownLatch(1);
    CountDownLatch clientGoesOn = new CountDownLatch(1);
    ScriptedCall call =
        new ScriptedCall(
            "printf x >&2; read line; dd if=/dev/zero bs=65536 oflag=nonblock >&2 2>/dev/null");
    call.stderr =
        new OutputStream() {
          @Override
          public void write(int one) {
            clientIsSlow.countDown();
            Uninterrupted.await(
                Host.PATIENCE, nanos -> clientGoesOn.await(nanos, TimeUnit.NANOSECONDS));
          }
        };
    call.stdin =
        new SequenceInputStream(
            new InputStream() {
              @Override
              public int read() {
                Uninterrupted.await(
                    Host.PATIENCE, nanos -> clientIsSlow.await(nanos, TimeUnit.NANOSECONDS));
                return -1;
              }
            },
            new ByteArrayInputStream("go\n".getBytes(UTF_8)));
    CompletableFuture<ExecExit> exit =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return run(call, HostShell.find());
              } catch (IOException | InterruptedException e) {
                throw new CompletionException(e);
              }
            });
    assertThat(clientIsSlow.await(20, TimeUnit.SECONDS)).isTrue();
    // The leader has given its report up, and closes its outputs.
    await().atMost(Host.PATIENCE).until(() -> !Host.threads().contains(NAME + "-stdout"));

    clientGoesOn.countDown();

    assertThatThrownBy(() -> exit.get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(IOException.class)
        .hasMessageContaining("not known");
  }

  @Test
  void a_locale_with_digits_of_its_own_changes_nothing() throws Exception {
    Locale before = Locale.getDefault();
    ScriptedCall call = new ScriptedCall("(sleep 0.5; echo late) & echo now");
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG"));
      assertThat(String.format("%d", 1)).isNotEqualTo("1");

      assertThat(run(call, HostShell.find())).isEqualTo(ExecExit.status(0));
    } finally {
      Locale.setDefault(before);
    }
    assertThat(call.printed.toString(UTF_8)).isEqualTo("now\nlate\n");
  }

  /** Such as OPTIND in dash, if it is no number, and UID in bash. */
  @Test
  void a_variable_that_the_shell_guards_stops_no_command() throws Exception {
    ScriptedCall call = new ScriptedCall("printf %s \"$LAST\"");
    call.environment.put("OPTIND", "abc");
    call.environment.put("UID", "5");
    call.environment.put("LAST", "set");

    assertThat(run(call, HostShell.find())).isEqualTo(ExecExit.status(0));

    assertThat(call.printed.toString(UTF_8)).isEqualTo("set");
  }

  /** In a JVM of its own, which may have few and uses them up. */
  @Test
  void without_a_file_descriptor_commands_end_all_the_same() throws Exception {
    ProcessGroupTest.groups();
    Process probe =
        new ProcessBuilder(
                HostShell.SH,
                "-c",
                "ulimit -n 256; exec \"$@\"",
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                DescriptorsProbe.class.getName())
            .redirectErrorStream(true)
            .start();
    try {
      String printed = new String(probe.getInputStream().readAllBytes(), UTF_8);
      assertThat(probe.waitFor()).as(printed).isZero();
    } finally {
      probe.destroyForcibly();
    }
  }
}
