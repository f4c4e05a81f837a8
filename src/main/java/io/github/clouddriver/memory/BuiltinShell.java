package io.github.clouddriver.memory;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What an instance does with commands that nobody has scripted: a small part of {@code sh}. One
 * object runs one command line; not safe for use by several threads.
 *
 * <p>Text is bytes read as ISO 8859-1, so whatever bytes came also go out.
 */
final class BuiltinShell {
  private static final int SYNTAX = 2;
  private static final int NOT_FOUND = 127;

  private final ShellCall call;
  private final InstanceFiles files;
  private final Map<String, String> variables = new HashMap<>();
  private int status;
  private boolean exited;

  private BuiltinShell(ShellCall call, InstanceFiles files) {
    this.call = call;
    this.files = files;
    variables.put("HOME", call.user().equals("root") ? "/root" : "/home/" + call.user());
    variables.put("USER", call.user());
    call.environment().forEach((name, value) -> variables.put(name, asBytes(value)));
  }

  static ShellExit run(ShellCall call, InstanceFiles files) throws IOException {
    return new BuiltinShell(call, files).runLine();
  }

  private static String asBytes(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }

  private ShellExit runLine() throws IOException {
    ShellParser parser =
        new ShellParser(new String(call.commandBytes(), ISO_8859_1), this::variable);
    String before = ";";
    try {
      while (!parser.atEnd() && !exited) {
        SimpleCommand command = parser.next();
        boolean skipped =
            (before.equals("&&") && status != 0) || (before.equals("||") && status == 0);
        if (!skipped && !(command.words.isEmpty() && command.redirections.isEmpty())) {
          status = run(command);
        }
        before = command.separator;
      }
    } catch (ShellParser.SyntaxException e) {
      print(call.stderr(), "sh: the in-memory shell does not know " + e.getMessage() + "\n");
      status = SYNTAX;
    }
    return ShellExit.status(status);
  }

  private String variable(String name) {
    return name.equals("?") ? Integer.toString(status) : variables.getOrDefault(name, "");
  }

  private int run(SimpleCommand command) throws IOException {
    try (Streams streams = new Streams(call, files)) {
      for (SimpleCommand.Redirection each : command.redirections) {
        String problem = streams.redirect(each);
        if (problem != null) {
          print(call.stderr(), "sh: " + problem + "\n");
          return 1;
        }
      }
      List<String> words = command.words.subList(command.assignments, command.words.size());
      if (words.isEmpty()) {
        command.words.forEach(this::assign);
        return 0;
      }
      return run(words.get(0), words.subList(1, words.size()), streams);
    }
  }

  private void assign(String word) {
    int equals = word.indexOf('=');
    variables.put(word.substring(0, equals), word.substring(equals + 1));
  }

  private int run(String name, List<String> arguments, Streams streams) throws IOException {
    return switch (name) {
      case "true", ":", "umask", "chmod", "mkdir" -> 0;
      case "false" -> 1;
      case "echo" -> echo(arguments, streams.out());
      case "printf" -> printf(arguments, streams);
      case "cat" -> cat(arguments, streams);
      case "rm" -> rm(arguments, streams.err());
      case "exit" -> exit(arguments, streams.err());
      case "uname" -> print(streams.out(), uname(arguments.contains("-a")));
      case "hostname" -> print(streams.out(), call.instance() + "\n");
      case "whoami" -> print(streams.out(), asBytes(call.user()) + "\n");
      default -> {
        print(streams.err(), "sh: 1: " + name + ": not found\n");
        yield NOT_FOUND;
      }
    };
  }

  private static int print(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(ISO_8859_1));
    return 0;
  }

  private String uname(boolean all) {
    return all ? "Linux " + call.instance() + " 6.1.0 #1 SMP x86_64 GNU/Linux\n" : "Linux\n";
  }

  private static int echo(List<String> arguments, OutputStream out) throws IOException {
    boolean bare = !arguments.isEmpty() && arguments.get(0).equals("-n");
    String text = String.join(" ", bare ? arguments.subList(1, arguments.size()) : arguments);
    return print(out, bare ? text : text + "\n");
  }

  /** With {@code %s}, {@code %%}, and the escapes of a line end, a tab and a backslash. */
  private static int printf(List<String> arguments, Streams streams) throws IOException {
    if (arguments.isEmpty()) {
      print(streams.err(), "printf: missing operand\n");
      return SYNTAX;
    }
    String format = arguments.get(0);
    StringBuilder text = new StringBuilder();
    int used = 1;
    do {
      int usedBefore = used;
      int at = 0;
      while (at < format.length()) {
        String two = format.substring(at, Math.min(at + 2, format.length()));
        at += two.length();
        switch (two) {
          case "%s" -> text.append(used < arguments.size() ? arguments.get(used++) : "");
          case "%%" -> text.append('%');
          case "\\n" -> text.append('\n');
          case "\\t" -> text.append('\t');
          case "\\\\" -> text.append('\\');
          default -> {
            text.append(two.charAt(0));
            at += 1 - two.length(); // the second character may begin an escape
          }
        }
      }
      if (used == usedBefore) {
        break;
      }
    } while (used < arguments.size());
    return print(streams.out(), text.toString());
  }

  private int cat(List<String> paths, Streams streams) throws IOException {
    int result = 0;
    for (String path : paths.isEmpty() ? List.of("-") : paths) {
      byte[] content = path.equals("-") ? null : files.read(path);
      if (path.equals("-")) {
        streams.in().transferTo(streams.out());
      } else if (content == null) {
        print(streams.err(), "cat: " + path + ": No such file or directory\n");
        result = 1;
      } else {
        streams.out().write(content);
      }
    }
    return result;
  }

  private int rm(List<String> arguments, OutputStream err) throws IOException {
    boolean force = false;
    int result = 0;
    for (String each : arguments) {
      if (each.startsWith("-")) {
        force |= each.contains("f");
      } else if (!files.remove(each) && !force) {
        print(err, "rm: cannot remove '" + each + "': No such file or directory\n");
        result = 1;
      }
    }
    return result;
  }

  private int exit(List<String> arguments, OutputStream err) throws IOException {
    exited = true;
    if (arguments.isEmpty()) {
      return status;
    }
    try {
      return Integer.parseInt(arguments.get(0)) & 0xff;
    } catch (NumberFormatException e) {
      print(err, "sh: exit: Illegal number: " + arguments.get(0) + "\n");
      return SYNTAX;
    }
  }
}
