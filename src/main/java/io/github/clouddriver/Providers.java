package io.github.clouddriver;

import io.github.clouddriver.error.CloudException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The providers that one class loader sees, and what kept others from being read. Filled by one
 * thread and not changed afterwards.
 */
final class Providers {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");

  /** After so many failures with no provider between them, the loader itself must be broken. */
  private static final int FAILURES = 100;

  private static final String SERVICE = DriverProvider.class.getName() + ": ";
  private static final int CAUSES = 5;
  private static final int SHOWN = 500;

  private final SortedMap<String, List<DriverProvider>> byName = new TreeMap<>();
  private final Set<String> problems = new LinkedHashSet<>();

  private Providers() {}

  /** Looks for providers and steps over each one that is broken, at whatever step. */
  static Providers seenBy(@Nullable ClassLoader loader) {
    Providers found = new Providers();
    Iterator<DriverProvider> all = ServiceLoader.load(DriverProvider.class, loader).iterator();
    for (int failures = 0; failures < FAILURES; ) {
      try {
        if (!all.hasNext()) {
          break;
        }
        found.add(all.next());
        failures = 0;
      } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
        found.problems.add(said(e));
        failures++;
      }
    }
    return found;
  }

  /** The provider with a name, or null if none has it. */
  @Nullable DriverProvider get(String name) throws CloudException {
    List<DriverProvider> all = byName.getOrDefault(name, List.of());
    if (all.size() > 1) {
      throw new CloudException(twice(name, all) + "; remove all but one of them");
    }
    return all.isEmpty() ? null : all.get(0);
  }

  /** The names that exactly one provider has, in alphabetical order. */
  List<String> names() {
    return byName.entrySet().stream()
        .filter(entry -> entry.getValue().size() == 1)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** What is wrong with the providers that have no name here, a sentence each. */
  List<String> problems() {
    List<String> all = new ArrayList<>(problems);
    byName.forEach(
        (name, providers) -> {
          if (providers.size() > 1) {
            all.add(twice(name, providers));
          }
        });
    return all;
  }

  /** What an exception and its causes say, on one line. */
  static String said(Throwable thrown) {
    StringBuilder said = new StringBuilder();
    Throwable t = thrown;
    for (int depth = 0; t != null && depth < CAUSES; depth++) {
      String message = t instanceof ServiceConfigurationError ? t.getMessage() : null;
      String text = message == null ? t.toString() : message.replace(SERVICE, "");
      said.append(said.isEmpty() ? "" : ": ").append(Text.shown(text, SHOWN));
      t = t.getCause();
    }
    return said.toString();
  }

  private void add(DriverProvider provider) {
    String type = provider.getClass().getName();
    try {
      String name = provider.name();
      if (name == null || !NAME.matcher(name).matches()) {
        problems.add(
            type
                + " has the name "
                + (name == null ? "null" : "\"" + Text.shown(name) + "\"")
                + ", not lower-case letters, digits and hyphens beginning with a letter");
      } else {
        byName.computeIfAbsent(name, n -> new ArrayList<>()).add(provider);
      }
    } catch (LinkageError | RuntimeException e) {
      problems.add(type + " does not tell its name: " + said(e));
    }
  }

  private static String twice(String name, List<DriverProvider> providers) {
    return "the name "
        + name
        + " is that of several drivers: "
        + providers.stream().map(p -> p.getClass().getName()).collect(Collectors.joining(", "));
  }
}
