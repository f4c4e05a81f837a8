package io.github.clouddriver.testkit;

import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;

/** A clause was broken; the message names it, and what a driver author should look at. */
final class Breach extends AssertionFailedError {
  private static final long serialVersionUID = 1L;

  private final String clause;

  /**
   * A breach.
   *
   * @param clause such as {@code S4}
   * @param what what was seen, and what should have been
   * @param check what the driver author should look at
   * @param cause what the driver raised, or null
   */
  Breach(String clause, String what, String check, @Nullable Throwable cause) {
    super("[" + clause + "] " + what + " Check: " + check, cause);
    this.clause = clause;
  }

  String clause() {
    return clause;
  }
}
