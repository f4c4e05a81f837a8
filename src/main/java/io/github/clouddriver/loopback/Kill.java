package io.github.clouddriver.loopback;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One run of {@code kill}, which is a part of every shell, while not every host has a program of
 * that name. Used by one thread.
 */
final class Kill {
  /** Succeeds if one target at least got the signal; the others may have ended meanwhile. */
  private static final String SCRIPT =
      """
      signal=$1 status=1
      shift
      for target do
        kill -s "$signal" -- "$target" && status=0
      done
      exit $status
      """;

  /** How one is started, which is {@link #start} but in tests. */
  @FunctionalInterface
  interface Starter {
    Kill start(String signal, List<String> targets) throws IOException;
  }

  private final Process process;

  /** One that runs. */
  Kill(Process process) {
    this.process = process;
  }

  /**
   * Starts it.
   *
   * @param signal its name, such as {@code TERM}
   * @param targets process ids; that of a group has a minus before it
   * @throws IOException if this host starts no process
   */
  static Kill start(String signal, List<String> targets) throws IOException {
    List<String> command = new ArrayList<>(List.of(HostShell.SH, "-c", SCRIPT, "kill", signal));
    command.addAll(targets);
    return new Kill(
        new ProcessBuilder(command)
            .redirectInput(new File("/dev/null"))
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.DISCARD)
            .start());
  }

  /**
   * Waits for its end.
   *
   * @return whether somebody got the signal
   * @throws IOException if that is not known, since the limit was over; it is then ended
   * @throws InterruptedException if the thread was interrupted; it is then ended
   */
  boolean await(Duration limit) throws IOException, InterruptedException {
    try {
      return result(within(limit.toNanos()), limit);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  /** Waits like {@link #await}, and heeds no interruption. */
  boolean awaitUninterrupted(Duration limit) throws IOException {
    return result(Uninterrupted.await(limit, this::within), limit);
  }

  private boolean within(long nanos) throws InterruptedException {
    return process.waitFor(nanos, TimeUnit.NANOSECONDS);
  }

  private boolean result(boolean ended, Duration limit) throws IOException {
    if (!ended) {
      process.destroyForcibly();
      throw new IOException("a kill did not end within " + limit.toMillis() + " ms");
    }
    return process.exitValue() == 0;
  }
}
