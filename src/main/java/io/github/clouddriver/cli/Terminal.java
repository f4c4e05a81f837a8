package io.github.clouddriver.cli;

import java.io.Console;
import org.jspecify.annotations.Nullable;

/** The terminal, if the process has one. */
final class Terminal {
  private Terminal() {}

  /** Whether the standard output is a terminal that understands control sequences. */
  static boolean isPresent() {
    return !"dumb".equals(System.getenv("TERM")) && console() != null;
  }

  /** What a person types in, without showing it; null if there is no terminal to type on. */
  static @Nullable String readSecretly(String prompt) {
    Console console = console();
    if (console == null) {
      return null;
    }
    char[] typed = console.readPassword("%s", prompt);
    return typed == null ? null : String.valueOf(typed);
  }

  @SuppressWarnings(
      "SystemConsoleNull") // what is asked below is there since JDK 22, as that check says
  private static @Nullable Console console() {
    Console console = System.console();
    if (console == null) {
      return null;
    }
    try {
      // Since JDK 22 there is a console without a terminal, too, and this method tells them apart.
      return (boolean) Console.class.getMethod("isTerminal").invoke(console) ? console : null;
    } catch (NoSuchMethodException e) {
      return console; // before JDK 22 a console is a terminal
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }
}
