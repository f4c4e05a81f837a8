package io.github.clouddriver.loopback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the system shows the pipes as files, or does not. */
class PipesTest {
  @TempDir Path processes;

  @Test
  void without_such_files_they_are_those_that_java_has() throws Exception {
    Process process = new ProcessBuilder("sleep", "1000").start();
    try (Pipes pipes = Pipes.of(process, processes)) {
      assertThat(pipes.stdin()).isSameAs(process.getOutputStream());
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void files_that_cannot_be_opened_are_an_error_and_leave_no_pipe() throws Exception {
    Process process = new ProcessBuilder("sleep", "1000").start();
    try {
      // A folder in place of the first file, which nobody can write to.
      Files.createDirectories(processes.resolve(String.valueOf(process.pid())).resolve("fd/0"));

      assertThatThrownBy(() -> Pipes.of(process, processes))
          .isInstanceOf(FileSystemException.class);

      assertThatThrownBy(() -> process.getInputStream().read()).isInstanceOf(IOException.class);
    } finally {
      process.destroyForcibly();
    }
  }
}
