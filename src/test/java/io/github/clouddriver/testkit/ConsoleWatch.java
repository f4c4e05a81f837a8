package io.github.clouddriver.testkit;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What the threads of one test write to the console. Everything is still printed. */
final class ConsoleWatch implements AutoCloseable {
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final SetThreads threads;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  private ConsoleWatch(SetThreads threads) {
    this.threads = threads;
  }

  static ConsoleWatch begin(SetThreads threads) {
    ConsoleWatch watch = new ConsoleWatch(threads);
    System.setOut(watch.tee(watch.out));
    System.setErr(watch.tee(watch.err));
    return watch;
  }

  private PrintStream tee(OutputStream original) {
    OutputStream both =
        new FilterOutputStream(original) {
          @Override
          public void write(int b) throws IOException {
            out.write(b);
            if (threads.areRunning()) {
              written.write(b);
            }
          }
        };
    return new PrintStream(both, true, StandardCharsets.UTF_8);
  }

  /** What has been written so far. */
  String written() {
    return written.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    System.setOut(out);
    System.setErr(err);
  }
}
