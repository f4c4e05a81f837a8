package io.github.clouddriver.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs of the JDK that runs the test, each in a process of its own, as a consumer has them. */
final class Jdk {
  private Jdk() {}

  /** What a program printed; fails the test with that if the program failed. */
  static String run(String program, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", program).toString());
    command.addAll(Arrays.asList(arguments));
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

  /** What a file holds whose name is in a system property that the build sets. */
  static String read(String property) throws IOException {
    return Files.readString(Path.of(System.getProperty(property))).strip();
  }
}
