package io.github.clouddriver.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Programs that tests need and that need not be installed. */
public final class Programs {
  private Programs() {}

  /** Skips the test if the program is not installed, or fails it if it must be there. */
  public static Path find(String name) {
    Path found =
        Stream.concat(
                Arrays.stream(System.getenv("PATH").split(File.pathSeparator)),
                Stream.of("/usr/sbin", "/usr/local/sbin"))
            .map(path -> Path.of(path, name))
            .filter(Files::isExecutable)
            .findFirst()
            .orElse(null);
    if (found == null) {
      String required = System.getProperty("cloud.driver.tests.require", "");
      assertThat(required.split(","))
          .as("%s is required but not installed", name)
          .doesNotContain(name);
      Assumptions.abort(name + " is not installed");
    }
    return found;
  }

  /** Runs a program, found as above, to its successful end; gives what it printed. */
  public static String run(String name, String... arguments)
      throws IOException, InterruptedException {
    return run(prepare(name, arguments));
  }

  /** A program, found as above, that has yet to be started. */
  static ProcessBuilder prepare(String name, String... arguments) {
    return new ProcessBuilder(
            Stream.concat(Stream.of(find(name).toString()), Stream.of(arguments)).toList())
        .redirectErrorStream(true);
  }

  static String run(ProcessBuilder program) throws IOException, InterruptedException {
    Process process = program.start();
    process.getOutputStream().close();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    List<String> command = program.command();
    assertThat(process.waitFor()).as("%s printed: %s", command, printed).isZero();
    return printed;
  }
}
