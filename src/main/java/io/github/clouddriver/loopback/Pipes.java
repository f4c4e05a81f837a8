package io.github.clouddriver.loopback;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The three pipes between this process and one that it has started.
 *
 * <p>A thread that reads or writes one of Java's own streams to a process is blocked until the
 * other end is closed, which a daemon that has left the process group may never do. So where the
 * system shows the pipes as files (Linux), they are opened again as channels: an interrupt ends
 * whatever their threads do. Elsewhere such a thread stays until that daemon ends.
 */
record Pipes(OutputStream stdin, InputStream stdout, InputStream stderr) implements Closeable {

  /**
   * To be called while the process is sure to have them open still.
   *
   * @param processes where the system shows the processes as files, if it does
   * @throws IOException if it does, and they cannot be opened; the pipes are closed then
   */
  static Pipes of(Process process, Path processes) throws IOException {
    Path files = processes.resolve(String.valueOf(process.pid())).resolve("fd");
    List<FileChannel> opened = new ArrayList<>();
    try {
      opened.add(open(files, 0, StandardOpenOption.WRITE));
      opened.add(open(files, 1, StandardOpenOption.READ));
      opened.add(open(files, 2, StandardOpenOption.READ));
    } catch (NoSuchFileException | AccessDeniedException e) {
      // There are no such files here, or they are not for this process: no fault of anybody's.
      close(opened);
      return new Pipes(
          process.getOutputStream(), process.getInputStream(), process.getErrorStream());
    } catch (IOException e) {
      // This process may have no more files open, say.
      close(opened);
      closeStreams(process);
      throw e;
    }
    closeStreams(process);
    return new Pipes(
        Channels.newOutputStream(opened.get(0)),
        Channels.newInputStream(opened.get(1)),
        Channels.newInputStream(opened.get(2)));
  }

  private static void close(List<FileChannel> opened) throws IOException {
    for (FileChannel each : opened) {
      each.close();
    }
  }

  private static void closeStreams(Process process) throws IOException {
    process.getOutputStream().close();
    process.getInputStream().close();
    process.getErrorStream().close();
  }

  private static FileChannel open(Path files, int descriptor, OpenOption how) throws IOException {
    return FileChannel.open(files.resolve(String.valueOf(descriptor)), how);
  }

  @Override
  public void close() throws IOException {
    try (stdin;
        stdout;
        stderr) {
      // Each is closed, also where another one fails.
    }
  }
}
