package io.github.clouddriver.loopback;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.clouddriver.internal.sshserver.ExecExit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
}
