package io.github.clouddriver.ssh;

import io.github.clouddriver.exec.RemoteCommand;

/** A command as the remote shell gets it. */
final class ShellCommand {
  private ShellCommand() {}

  /**
   * The command behind the assignments of its environment. They are made by the shell since servers
   * accept hardly any variable by the protocol's own request.
   */
  static String text(RemoteCommand command) {
    if (command.environment().isEmpty()) {
      return command.text();
    }
    StringBuilder text = new StringBuilder();
    command
        .environment()
        .forEach(
            (name, value) ->
                text.append("export ").append(name).append('=').append(quote(value)).append("; "));
    return text.append(command.text()).toString();
  }

  /** One word for any POSIX shell: within single quotes only the single quote itself is special. */
  static String quote(String value) {
    return "'" + value.replace("'", "'\\''") + "'";
  }
}
