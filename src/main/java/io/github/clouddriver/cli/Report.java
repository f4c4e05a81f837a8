package io.github.clouddriver.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Prints the steps of a run: on a terminal with one progress line that is written over, elsewhere a
 * plain line for each change. Used by one thread.
 */
final class Report {
  /** Moves to the beginning of the line and clears it (ECMA-48, EL). */
  private static final String CLEAR = "\r\u001b[K";

  private final PrintWriter out;
  private final boolean terminal;
  private @Nullable String lastProgress;

  Report(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** A line of its own. */
  void line(String text) {
    clearProgress();
    out.println(text);
  }

  /** Lines that belong to the step that runs, indented under it. */
  void detail(String text) {
    clearProgress();
    text.lines().forEach(each -> out.println("        " + each));
  }

  /** How far the step is that runs. */
  void progress(String step, Duration elapsed, String state) {
    if (terminal) {
      out.print(CLEAR + "  ...   " + step + ": " + state + ", " + seconds(elapsed));
      out.flush();
      lastProgress = state;
    } else if (!state.equals(lastProgress)) {
      out.println("  ...   " + step + ": " + state + ", " + seconds(elapsed));
      lastProgress = state;
    }
  }

  void passed(String step, Duration took) {
    ended("  ok    ", step, took);
  }

  void failed(String step, Duration took) {
    ended("  FAIL  ", step, took);
  }

  private void ended(String mark, String step, Duration took) {
    clearProgress();
    out.println(mark + String.format(Locale.ROOT, "%-44s %10s", step, seconds(took)));
  }

  private void clearProgress() {
    if (terminal && lastProgress != null) {
      out.print(CLEAR);
    }
    lastProgress = null;
  }

  static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.3f s", duration.toNanos() / 1e9);
  }
}
