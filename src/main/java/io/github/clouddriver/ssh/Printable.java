package io.github.clouddriver.ssh;

/** Text of a server's, fit for a message of ours. */
final class Printable {
  private static final int LONGEST = 512;

  private Printable() {}

  /** On one line, without control characters, and not too long. */
  static String text(String told) {
    String line = told.strip().replaceAll("\\p{Cntrl}+", " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }

  /** What an exception says; its class, if it says nothing. */
  static String message(Throwable failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank()
        ? failure.getClass().getSimpleName()
        : text(message);
  }
}
