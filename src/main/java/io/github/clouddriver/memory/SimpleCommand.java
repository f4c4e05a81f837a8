package io.github.clouddriver.memory;

import java.util.ArrayList;
import java.util.List;

/** What the built-in shell runs at once: words, and where its streams go. Filled by its parser. */
final class SimpleCommand {

  /** {@code 2>>file} is (2, ">>", "file"); {@code 2>&1} is (2, ">&", "1"). */
  record Redirection(int stream, String operator, String target) {}

  final List<String> words = new ArrayList<>();
  final List<Redirection> redirections = new ArrayList<>();

  /** How many of the first words are assignments, {@code NAME=value}. */
  int assignments;

  /** What stands behind it: {@code ;}, {@code &&}, {@code ||}. */
  String separator = ";";
}
