package io.github.clouddriver.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
    String path = JAR + File.pathSeparator + Jdk.read("cloud.driver.full.classpath");
    javac("-cp", path, PROJECT.resolve(SOURCE).toString());

    String output = java("-cp", classes + File.pathSeparator + path, MAIN, "true");

    assertThat(output).contains(expected("ran hello"));
  }

  @Test
  void worksOnTheClassPathWithoutTheOptionalArtifacts() throws Exception {
    String path = JAR + File.pathSeparator + Jdk.read("cloud.driver.consumer.classpath");
    javac("-cp", path, PROJECT.resolve(SOURCE).toString());

    String output = java("-cp", classes + File.pathSeparator + path, MAIN, "false");

    assertThat(output).contains(expected()).doesNotContain("ran ");
  }

  @Test
  void worksOnTheModulePath() throws Exception {
    String path = JAR + File.pathSeparator + Jdk.read("cloud.driver.full.classpath");
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
    String path = JAR + File.pathSeparator + Jdk.read("cloud.driver.consumer.classpath");
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
    List<String> all = new ArrayList<>(List.of("-d", classes.toString()));
    all.addAll(Arrays.asList(arguments));
    Jdk.run("javac", all.toArray(String[]::new));
  }

  private static String java(String... arguments) throws Exception {
    return Jdk.run("java", arguments);
  }
}
