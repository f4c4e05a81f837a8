package io.github.clouddriver.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What a run has proved, clause by clause. A clause counts as proved only if all its tests were run
 * and passed. Thread-safe.
 */
final class KitReport {

  /** The configuration parameter, or system property, that keeps the report from being printed. */
  static final String QUIET = "clouddriver.testkit.quiet";

  private record Line(String test, Verdict verdict, String why) {}

  private final String name;

  /** Guarded by itself. */
  private final Map<String, List<Line>> lines = new TreeMap<>(KitReport::byNumber);

  KitReport(String name) {
    this.name = name;
  }

  private static int byNumber(String a, String b) {
    int byLetter = Integer.compare("DSITEXP".indexOf(a.charAt(0)), "DSITEXP".indexOf(b.charAt(0)));
    return byLetter != 0
        ? byLetter
        : Integer.compare(Integer.parseInt(a.substring(1)), Integer.parseInt(b.substring(1)));
  }

  void add(String test, Verdict verdict, String why) {
    synchronized (lines) {
      lines
          .computeIfAbsent(Clause.of(test).number(), any -> new ArrayList<>())
          .add(new Line(test, verdict, why));
    }
  }

  boolean hasFailed(String clause) {
    synchronized (lines) {
      return lines.getOrDefault(clause, List.of()).stream()
          .anyMatch(line -> line.verdict() == Verdict.FAILED);
    }
  }

  /** Prints the report, unless told not to, and hands it to JUnit's listeners. */
  void publish(ExtensionContext context) {
    String text = text();
    context.publishReportEntry("contract kit", text);
    if (!context.getConfigurationParameter(QUIET).map(Boolean::valueOf).orElse(false)) {
      System.out.print(text);
    }
  }

  private String text() {
    StringBuilder text = new StringBuilder("Contract kit, " + name + "\n");
    synchronized (lines) {
      summary(text, "proved", all -> all.stream().allMatch(KitReport::isProved));
      summary(
          text,
          "proved in part",
          all ->
              all.stream().anyMatch(KitReport::isProved)
                  && !all.stream().allMatch(KitReport::isProved));
      summary(text, "not proved", all -> all.stream().noneMatch(KitReport::isProved));
      lines.forEach(
          (clause, all) ->
              all.stream().filter(line -> !isProved(line)).forEach(line -> add(text, line)));
    }
    return text.toString();
  }

  private static boolean isProved(Line line) {
    return line.verdict() == Verdict.PROVED;
  }

  private void summary(StringBuilder text, String what, Predicate<List<Line>> which) {
    List<String> clauses =
        lines.entrySet().stream()
            .filter(entry -> which.test(entry.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    text.append("  ").append(what).append(" (").append(clauses.size()).append("): ");
    text.append(String.join(" ", clauses)).append('\n');
  }

  private static void add(StringBuilder text, Line line) {
    text.append("  ").append(line.test()).append(" is ").append(line.verdict()).append(": ");
    text.append(line.why().replace("\n", "\n      ")).append('\n');
  }
}
