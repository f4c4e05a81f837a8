package io.github.clouddriver.error;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/**
 * A driver's configuration is wrong (clause D2). Nothing has been created; an operator must correct
 * the configuration, and trying again without that cannot help.
 *
 * <p>It names the place and what belongs there, and shows <strong>no value at all</strong>, since a
 * value in the wrong place may be a secret. For the same reason it takes no cause.
 */
public class ConfigException extends CloudException {
  private static final long serialVersionUID = 1L;

  private final String path;
  private final String expected;
  private final String[] knownKeys;

  /**
   * An exception for one place in the configuration.
   *
   * @param path the JSON path of the place, such as {@code $.regions[2].subnet}
   * @param expected what belongs there, such as {@code a whole number}; may tell the kind of what
   *     was found instead ({@code a whole number, not text}), never its value
   * @param knownKeys the keys that the object around that place takes, in any order; empty if it is
   *     not inside an object with fixed keys
   */
  public ConfigException(String path, String expected, Collection<String> knownKeys) {
    super(text(path, expected, knownKeys));
    this.path = path;
    this.expected = expected;
    this.knownKeys = new TreeSet<>(knownKeys).toArray(String[]::new);
  }

  private static String text(String path, String expected, Collection<String> knownKeys) {
    String text =
        "configuration at "
            + Objects.requireNonNull(path, "path")
            + ": expected "
            + Objects.requireNonNull(expected, "expected");
    return knownKeys.isEmpty()
        ? text
        : text + " (known keys: " + String.join(", ", new TreeSet<>(knownKeys)) + ")";
  }

  /**
   * Where the mistake is.
   *
   * @return the JSON path, beginning with {@code $}
   */
  public final String path() {
    return path;
  }

  /**
   * What belongs there.
   *
   * @return a phrase such as {@code a whole number, not text}
   */
  public final String expected() {
    return expected;
  }

  /**
   * The keys that the object around that place takes.
   *
   * @return an unmodifiable list in alphabetical order; empty outside an object with fixed keys
   */
  public final List<String> knownKeys() {
    return List.of(knownKeys);
  }
}
