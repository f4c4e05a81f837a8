package io.github.clouddriver.memory;

import java.util.function.UnaryOperator;

/**
 * Cuts a command line into simple commands, one at a time, so that a variable is looked up when its
 * command's turn comes. Characters are bytes, so that nothing is changed on the way. Not safe for
 * use by several threads.
 */
final class ShellParser {

  /** The line has what this shell cannot do. */
  static final class SyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    SyntaxException(String what) {
      super(what);
    }
  }

  private final String line;
  private final UnaryOperator<String> variables;
  private int at;

  ShellParser(String line, UnaryOperator<String> variables) {
    this.line = line;
    this.variables = variables;
  }

  boolean atEnd() {
    return at >= line.length();
  }

  /** The next command; it has no words where two separators follow each other. */
  SimpleCommand next() throws SyntaxException {
    SimpleCommand command = new SimpleCommand();
    while (!atEnd()) {
      char c = line.charAt(at);
      if (c == ' ' || c == '\t' || c == '\r') {
        at++;
      } else if (c == '\\' && follows(1) == '\n') {
        at += 2;
      } else if (c == '#') {
        at = endOf('\n', at);
      } else if (c == '\n' || c == ';') {
        at++;
        return command;
      } else if (c == '&' || c == '|') {
        command.separator = connector(c);
        return command;
      } else if (isRedirection()) {
        redirection(command);
      } else if ("()`".indexOf(c) >= 0) {
        throw new SyntaxException("'" + c + "'");
      } else {
        word(command);
      }
    }
    return command;
  }

  private String connector(char c) throws SyntaxException {
    if (follows(1) != c) {
      throw new SyntaxException("'" + c + "'");
    }
    at += 2;
    // A line may go on after a connector.
    while (!atEnd() && Character.isWhitespace(line.charAt(at))) {
      at++;
    }
    return "" + c + c;
  }

  private boolean isRedirection() {
    char c = line.charAt(at);
    char operator = c == '1' || c == '2' ? follows(1) : c;
    return operator == '>' || c == '<';
  }

  private void redirection(SimpleCommand command) throws SyntaxException {
    int stream = line.charAt(at) == '2' ? 2 : 1;
    if (Character.isDigit(line.charAt(at))) {
      at++;
    }
    String operator = String.valueOf(line.charAt(at++));
    if (operator.equals("<")) {
      stream = 0;
      if (follows(0) == '<' || follows(0) == '&') {
        throw new SyntaxException("'<" + follows(0) + "'");
      }
    } else if (follows(0) == '>' || follows(0) == '&') {
      operator += line.charAt(at++);
    }
    while (follows(0) == ' ') {
      at++;
    }
    SimpleCommand target = new SimpleCommand();
    if (!atEnd() && ";&|<>()`\n#".indexOf(line.charAt(at)) < 0) {
      word(target);
    }
    if (target.words.size() != 1) {
      throw new SyntaxException("a redirection without a target");
    }
    command.redirections.add(new SimpleCommand.Redirection(stream, operator, target.words.get(0)));
  }

  private void word(SimpleCommand command) throws SyntaxException {
    StringBuilder word = new StringBuilder();
    int start = at;
    boolean quoted = false;
    while (!atEnd()) {
      char c = line.charAt(at);
      if (c == '\'') {
        quoted = true;
        int end = endOf('\'', at + 1);
        checkClosed(end);
        word.append(line, at + 1, end);
        at = end + 1;
      } else if (c == '"') {
        quoted = true;
        at++;
        doubleQuoted(word);
      } else if (c == '\\') {
        escaped(word);
      } else if (c == '$') {
        variable(word);
      } else if (" \t\r\n;&|<>()".indexOf(c) >= 0) {
        break;
      } else if (c == '`') {
        throw new SyntaxException("'`'");
      } else {
        word.append(c);
        at++;
      }
    }
    if (command.assignments == command.words.size() && isAssignment(start)) {
      command.assignments++;
      command.words.add(word.toString());
    } else if (quoted || word.length() > 0) {
      command.words.add(word.toString());
    }
  }

  /** Whether the source at this place, not what became of it, is a name and an equals sign. */
  private boolean isAssignment(int start) {
    int end = start;
    while (end < line.length() && isNamePart(line.charAt(end), end > start)) {
      end++;
    }
    return end > start && end < line.length() && line.charAt(end) == '=';
  }

  private void doubleQuoted(StringBuilder word) throws SyntaxException {
    while (true) {
      checkClosed(at);
      char c = line.charAt(at);
      if (c == '"') {
        at++;
        return;
      } else if (c == '$') {
        variable(word);
      } else if (c == '`') {
        throw new SyntaxException("'`'");
      } else if (c == '\\' && "\\\"$`\n".indexOf(follows(1)) >= 0) {
        escaped(word);
      } else {
        word.append(c);
        at++;
      }
    }
  }

  private void escaped(StringBuilder word) {
    if (at + 1 >= line.length()) {
      word.append('\\');
    } else if (line.charAt(at + 1) != '\n') {
      word.append(line.charAt(at + 1));
    }
    at = Math.min(at + 2, line.length());
  }

  private void variable(StringBuilder word) throws SyntaxException {
    at++;
    char c = follows(0);
    if (c == '(') {
      throw new SyntaxException("'$('");
    }
    if (c == '?') {
      at++;
      word.append(variables.apply("?"));
      return;
    }
    boolean braces = c == '{';
    int start = braces ? at + 1 : at;
    int end = start;
    while (end < line.length() && isNamePart(line.charAt(end), end > start)) {
      end++;
    }
    if (braces && (end == start || end >= line.length() || line.charAt(end) != '}')) {
      throw new SyntaxException("'${' with more than a name");
    }
    if (end == start) {
      word.append('$');
      return;
    }
    word.append(variables.apply(line.substring(start, end)));
    at = braces ? end + 1 : end;
  }

  private static boolean isNamePart(char c, boolean inside) {
    return c == '_'
        || (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (inside && c >= '0' && c <= '9');
  }

  private char follows(int offset) {
    return at + offset < line.length() ? line.charAt(at + offset) : '\0';
  }

  private int endOf(char what, int from) {
    int end = line.indexOf(what, from);
    return end < 0 ? line.length() : end;
  }

  private void checkClosed(int end) throws SyntaxException {
    if (end >= line.length()) {
      throw new SyntaxException("an unfinished quotation");
    }
  }
}
