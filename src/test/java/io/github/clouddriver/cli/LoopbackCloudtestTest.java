package io.github.clouddriver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** This host as a test instance. */
class LoopbackCloudtestTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  private int cloudtest(String... options) {
    String[] args = new String[options.length + 3];
    args[0] = "cloudtest";
    args[1] = "--driver";
    args[2] = "loopback";
    System.arraycopy(options, 0, args, 3, options.length);
    return Main.execute(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }

  @Test
  void aCommandIsRunOnThisHost() throws Exception {
    Process uname = new ProcessBuilder("uname", "-a").start();
    String here = new String(uname.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    int status = cloudtest("--command", "uname -a");

    assertThat(status).as(out.toString() + err).isZero();
    assertThat(out.toString())
        .contains("driver loopback", "instance loopback-", "$ uname -a", here.strip())
        .contains("before the login", "no instance is left")
        .doesNotContain("FAIL");
  }

  @Test
  void aFailingCommandIsAFailure() {
    assertThat(cloudtest("--command", "echo on stderr >&2; exit 3")).isEqualTo(1);
    assertThat(err.toString()).contains("exited with status 3");
    assertThat(out.toString()).contains("ok    clean up after the failure");
  }

  @Test
  void D2_aKeyIsRefused() throws Exception {
    Path config =
        Files.writeString(
            folder.resolve("config.json"), "{\"DriverParameters\": {\"Shell\": \"hunter2\"}}");

    assertThat(cloudtest("--config", config.toString())).isNotZero();
    assertThat(err.toString()).contains("$.Shell").doesNotContain("hunter2");
  }

  @Test
  void itIsListed() {
    int status = Main.execute(new PrintWriter(out, true), new PrintWriter(err, true), "drivers");

    assertThat(status).isZero();
    assertThat(out.toString().lines()).contains("loopback");
  }
}
