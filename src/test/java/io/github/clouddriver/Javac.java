package io.github.clouddriver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import org.assertj.core.api.Assertions;

/** Compiles the few classes of a test that must not be on the test's own class path. */
final class Javac {
  private Javac() {}

  /**
   * Compiles sources.
   *
   * @param root where {@code src} and {@code classes} are made
   * @param sources file names, such as {@code acme/Main.java}, and what they hold
   * @param options of the compiler
   * @return the directory of classes
   */
  static Path compile(Path root, Map<String, String> sources, String... options) {
    Path classes = root.resolve("classes");
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.addAll(List.of("-d", classes.toString(), "-proc:none"));
    sources.forEach(
        (name, text) -> arguments.add(write(root.resolve("src"), name, text).toString()));
    int status =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(System.out, System.err, arguments.toArray(String[]::new));
    Assertions.assertThat(status).as("exit status of javac %s", arguments).isZero();
    return classes;
  }

  /** Writes a file, with the directories it is in. */
  static Path write(Path root, String name, String text) {
    try {
      Path file = root.resolve(name);
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
