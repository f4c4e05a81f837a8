package io.github.clouddriver.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged jar in two projects of a user's: one on the class path, one on the module path. Each
 * finds a driver by name, binds a typed configuration and takes an instance through create, execute
 * and destroy.
 */
class ConsumerIT {
  private static final Path PROJECT = Path.of("src", "test", "resources", "consumer");
  private static final Path SOURCE = Path.of("com", "example", "consumer", "Consumer.java");
  private static final String MAIN = "com.example.consumer.Consumer";
  private static final String JAR = System.getProperty("cloud.driver.jar");

  @TempDir Path classes;

  @Test
  void worksOnTheClassPath() throws Exception {
    String path = JAR + File.pathSeparator + read("cloud.driver.full.classpath");
    javac("-cp", path, PROJECT.resolve(SOURCE).toString());

    String output = java("-cp", classes + File.pathSeparator + path, MAIN, "true");

    assertThat(output).contains(expected("ran hello"));
  }

  @Test
  void worksOnTheClassPathWithoutTheOptionalArtifacts() throws Exception {
    String path = JAR + File.pathSeparator + read("cloud.driver.consumer.classpath");
    javac("-cp", path, PROJECT.resolve(SOURCE).toString());

    String output = java("-cp", classes + File.pathSeparator + path, MAIN, "false");

    assertThat(output).contains(expected()).doesNotContain("ran ");
  }

  @Test
  void worksOnTheModulePath() throws Exception {
    String path = JAR + File.pathSeparator + read("cloud.driver.full.classpath");
    javac(
        "-p",
        path,
        PROJECT.resolve("module-info.java").toString(),
        PROJECT.resolve(SOURCE).toString());

    String output =
        java(
            "-p",
            classes + File.pathSeparator + path,
            "--add-modules",
            "org.apache.sshd.osgi",
            "-m",
            "com.example.consumer/" + MAIN,
            "true");

    assertThat(output).contains(expected("ran hello"));
  }

  @Test
  void worksOnTheModulePathWithoutTheOptionalArtifacts() throws Exception {
    String path = JAR + File.pathSeparator + read("cloud.driver.consumer.classpath");
    javac(
        "-p",
        path,
        PROJECT.resolve("module-info.java").toString(),
        PROJECT.resolve(SOURCE).toString());

    String output =
        java(
            "-p",
            classes + File.pathSeparator + path,
            "-m",
            "com.example.consumer/" + MAIN,
            "false");

    assertThat(output).contains(expected()).doesNotContain("ran ");
  }

  private static List<String> expected(String... between) {
    return Stream.of(
            Stream.of(
                "refused $.zones[0].weight",
                "bound Settings[region=here, zones=[Zone[name=a, weight=1, spot=Optional.empty]],"
                    + " key=[secret], patience=PT3S, note=null]"),
            Stream.of(between),
            Stream.of("left "))
        .flatMap(each -> each)
        .toList();
  }

  private void javac(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(tool("javac"), "-d", classes.toString()));
    command.addAll(Arrays.asList(arguments));
    run(command);
  }

  private static String java(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(tool("java")));
    command.addAll(Arrays.asList(arguments));
    return run(command);
  }

  private static String tool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  /** What the process printed; fails the test with that if the process failed. */
  private static String run(List<String> command) throws IOException, InterruptedException {
    Path output = Files.createTempFile("consumer", ".log");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      boolean ended = process.waitFor(2, TimeUnit.MINUTES);
      String printed = Files.readString(output, UTF_8);
      assertThat(ended).as("ended by itself; printed: " + printed).isTrue();
      assertThat(process.exitValue()).as(printed).isZero();
      return printed;
    } finally {
      process.destroyForcibly();
      Files.delete(output);
    }
  }

  private static String read(String property) throws IOException {
    return Files.readString(Path.of(System.getProperty(property))).strip();
  }
}
