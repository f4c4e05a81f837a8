package io.github.clouddriver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line as a user types it, right and wrong. */
class MainTest {
  private static final String QUICK =
      "{\"DriverParameters\": {\"Account\": \"%s\"}, \"InstanceTypes\": {\"tiny\": {\"Price\": 0.5}}}";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  private int execute(String... args) {
    return Main.execute(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }

  private String config(String json) throws IOException {
    return Files.writeString(folder.resolve("config.json"), json).toString();
  }

  @Test
  void withoutArgumentsItTakesTheInMemoryCloudThroughALife() {
    int status = execute();

    assertThat(err.toString()).isEmpty();
    assertThat(status).isZero();
    assertThat(out.toString())
        .contains("driver memory", "host key SHA256:", "$ uname -a", "no instance is left")
        .doesNotContain("FAIL", "\u001b");
    assertThat(out.toString().lines().filter(line -> line.startsWith("  ok ")))
        .hasSize(11)
        .allMatch(line -> line.matches("  ok    .* \\d+\\.\\d{3} s"));
  }

  @Test
  void aConfigurationFileChoosesTypeAndCommand() throws IOException {
    int status =
        execute(
            "cloudtest",
            "--config",
            config(QUICK.formatted("main-test")),
            "--command",
            "echo it works",
            "--poll-interval",
            "20ms");

    assertThat(status).as(out.toString() + err).isZero();
    assertThat(out.toString()).contains("of type tiny", "it works", "0.5 per hour");
  }

  @Test
  void aFailingCommandIsAFailureAndLeavesNothing() throws IOException {
    int status =
        execute(
            "cloudtest",
            "--config",
            config(QUICK.formatted("main-test-failing")),
            "--command",
            "exit 3",
            "--poll-interval",
            "20ms");

    assertThat(status).isEqualTo(1);
    assertThat(err.toString()).contains("exited with status 3");
    assertThat(out.toString())
        .contains("FAIL  run a command over SSH", "ok    clean up after the failure")
        .contains("FAILED at \"run a command over SSH\" after 6 steps");
  }

  @Test
  void theDriversAreListed() {
    assertThat(execute("drivers")).isZero();
    assertThat(out.toString().lines()).contains("memory");
  }

  @Test
  void anUnknownDriverIsNamedWithThoseThereAre() {
    assertThat(execute("cloudtest", "--driver", "nimbus")).isEqualTo(2);
    assertThat(err.toString()).contains("nimbus", "memory");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"Driver\": 7}                                          | $.Driver",
        "{\"Drivr\": \"memory\"}                                  | $.Drivr",
        "{\"DriverParameters\": {\"Nonsense\": \"hunter2\"}}      | $.Nonsense",
        "{\"InstanceTypes\": {\"a\": {\"RAM\": \"hunter2\"}}}     | $.InstanceTypes.a.RAM",
        "{\"InstanceTypes\": {\"a b\": {\"VCPUs\": \"hunter2\"}}} | $.InstanceTypes['a b'].VCPUs",
      })
  void aWrongConfigurationIsShownByItsPathWithoutAnyValue(String json, String path)
      throws IOException {
    int status = execute("cloudtest", "--config", config(json));

    assertThat(status).isNotZero();
    assertThat(err.toString()).contains(path).doesNotContain("hunter2");
    assertThat(out.toString()).doesNotContain("hunter2", "create an instance");
  }

  @Test
  void whatIsNotJsonIsShownByItsPlaceWithoutAnyText() throws IOException {
    String file = config("{\"Driver\":\n  hunter2}");

    assertThat(execute("cloudtest", "--verbose", "--config", file)).isEqualTo(2);
    assertThat(err.toString()).contains("line 2").doesNotContain("hunter2");
  }

  @Test
  void aKeyThatStandsTwiceIsRefused() throws IOException {
    String file = config("{\"Driver\": \"memory\", \"Driver\": \"ec2\"}");

    assertThat(execute("cloudtest", "--config", file)).isEqualTo(2);
    assertThat(err.toString()).contains("line 1");
  }

  @Test
  void aMissingConfigurationFileIsNamed() {
    assertThat(execute("cloudtest", "--config", "no-such-file.json")).isEqualTo(2);
    assertThat(err.toString()).contains("no-such-file.json");
  }

  @Test
  void anInstanceTypeMustBeChosenAmongSeveral() throws IOException {
    String file = config("{\"InstanceTypes\": {\"a\": {}, \"b\": {}}}");

    assertThat(execute("cloudtest", "--config", file)).isEqualTo(2);
    assertThat(execute("cloudtest", "--config", file, "--instance-type", "c")).isEqualTo(2);
    assertThat(err.toString()).contains("must name one of [a, b]", "no instance type \"c\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--instance-set-id=short",
        "--boot-timeout=soon",
        "--timeout=0s",
        "--no-such-option",
        "--command="
      })
  void aWrongOptionIsExplained(String option) {
    assertThat(execute("cloudtest", option)).isEqualTo(2);
    assertThat(err.toString()).contains(option.replaceFirst("=.*", ""));
  }

  @Test
  void helpAndVersionArePrinted() {
    assertThat(execute("--version")).isZero();
    assertThat(execute("cloudtest", "--help")).isZero();
    assertThat(out.toString()).contains("cloud-driver", "--destroy-existing");
  }
}
