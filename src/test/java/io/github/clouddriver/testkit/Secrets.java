package io.github.clouddriver.testkit;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** What must not be seen anywhere, and where it was seen (clause D8). Thread-safe. */
final class Secrets {
  private final List<String> hidden = new CopyOnWriteArrayList<>();
  private final List<String> seen = new CopyOnWriteArrayList<>();

  /** From now on this text is a secret. */
  void add(String secret) {
    hidden.add(secret);
  }

  /** The driver has shown this text. */
  void saw(String where, String text) {
    seen.add(where + ": " + text);
  }

  /** The driver has raised this. */
  void saw(Throwable raised) {
    saw("the exception " + raised.getClass().getName(), everythingIn(raised));
  }

  /** The messages of a throwable, its causes and what was suppressed, with their classes. */
  static String everythingIn(Throwable raised) {
    StringWriter text = new StringWriter();
    raised.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }

  /** Where a secret has been seen, without telling it. */
  Optional<String> leak(RecordingLogger logger, List<MeterRegistry> registries) {
    List<String> all = new ArrayList<>(seen);
    logger.lines().forEach(line -> all.add("the log line: " + line));
    for (Meter meter : registries.stream().flatMap(each -> each.getMeters().stream()).toList()) {
      all.add("the name of the meter " + meter.getId().getName());
      for (Tag tag : meter.getId().getTags()) {
        all.add("a tag of the meter " + meter.getId().getName() + ": " + tag);
      }
    }
    for (String secret : hidden) {
      for (String text : all) {
        if (text.contains(secret)) {
          return Optional.of(text.replace(secret, "<the secret>"));
        }
      }
    }
    return Optional.empty();
  }
}
