package io.github.clouddriver.cli;

import java.io.Console;

/** Tells whether the standard output is a terminal. */
final class Terminal {
  private Terminal() {}

  @SuppressWarnings(
      "SystemConsoleNull") // what is asked below is there since JDK 22, as that check says
  static boolean isPresent() {
    Console console = System.console();
    if (console == null || "dumb".equals(System.getenv("TERM"))) {
      return false;
    }
    try {
      // Since JDK 22 there is a console without a terminal, too, and this method tells them apart.
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true; // before JDK 22 a console is a terminal
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
