package io.github.clouddriver.error;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * No driver has the requested name (clause D10). The caller corrects the name or adds the artifact
 * that provides the driver to the class path or module path.
 */
public class UnknownDriverException extends CloudException {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final String[] knownNames;

  /**
   * An exception that lists the names there are.
   *
   * @param name the requested name
   * @param knownNames the names that were found, in any order
   * @param problems what kept other providers from being read, such as a broken service file; a
   *     sentence each, empty if there was none
   */
  public UnknownDriverException(
      String name, Collection<String> knownNames, Collection<String> problems) {
    super(
        "no driver is named \""
            + name
            + "\"; known names: "
            + (knownNames.isEmpty() ? "none" : String.join(", ", new TreeSet<>(knownNames)))
            + (problems.isEmpty() ? "" : "; not readable: " + String.join("; ", problems)));
    this.name = name;
    this.knownNames = new TreeSet<>(knownNames).toArray(String[]::new);
  }

  /**
   * The name that was asked for.
   *
   * @return the name as the caller gave it
   */
  public final String name() {
    return name;
  }

  /**
   * The names that would have been found.
   *
   * @return an unmodifiable list in alphabetical order
   */
  public final List<String> knownNames() {
    return List.of(knownNames);
  }
}
