package io.github.clouddriver.testkit;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the name of a kit test says: how strong its clause is, and which. */
record Clause(Strength strength, String number) {
  private static final Pattern NAME =
      Pattern.compile("(required|optional|untested)_([DSITEXP]\\d+)_\\w+");

  /** How strong a clause is. */
  enum Strength {
    /** MUST. */
    REQUIRED,
    /** SHOULD: the kit reports a breach without failing. */
    OPTIONAL,
    /** MUST, but nobody can see it from outside. */
    UNTESTED
  }

  static Clause of(String testName) {
    Matcher name = NAME.matcher(testName);
    if (!name.matches()) {
      throw new IllegalArgumentException(
          "the kit test " + testName + " is not named like required_S4_whatItProves");
    }
    return new Clause(
        Strength.valueOf(name.group(1).toUpperCase(java.util.Locale.ROOT)), name.group(2));
  }

  @Override
  public String toString() {
    return number;
  }
}
