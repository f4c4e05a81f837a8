package io.github.clouddriver;

import java.util.Objects;

/** The checks that the one-string values share; their messages show what was wrong. */
final class Text {
  private static final int SHOWN = 100;

  private Text() {}

  /**
   * One line of 1 to {@code longest} characters without control characters or outer white space.
   */
  static String line(String what, String value, int longest) {
    Objects.requireNonNull(value, what);
    if (value.isEmpty()) {
      throw new IllegalArgumentException("the " + what + " is empty");
    }
    if (value.length() > longest) {
      throw new IllegalArgumentException(
          "the " + what + " has " + value.length() + " characters; " + longest + " are allowed");
    }
    if (!value.equals(value.strip())) {
      throw new IllegalArgumentException(
          "the " + what + " \"" + shown(value) + "\" begins or ends with white space");
    }
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "the " + what + " \"" + shown(value) + "\" holds a control character");
    }
    return value;
  }

  /** A value as it may stand in a message: one short line. */
  static String shown(String value) {
    return shown(value, SHOWN);
  }

  /** A text as it may stand in a message: one line of at most {@code longest} characters. */
  static String shown(String value, int longest) {
    String start = value.length() > longest ? value.substring(0, longest) + "…" : value;
    StringBuilder out = new StringBuilder();
    start
        .chars()
        .forEach(
            c -> {
              if (Character.isISOControl(c)) {
                out.append(String.format("\\u%04x", c));
              } else {
                out.append((char) c);
              }
            });
    return out.toString();
  }
}
