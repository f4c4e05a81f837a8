package io.github.clouddriver.memory;

import io.github.clouddriver.internal.sshserver.ExecExit;
import java.util.Objects;

/** How a command on an in-memory instance ended. Immutable. */
public final class ShellExit {

  /** It ended with status 0. */
  public static final ShellExit OK = new ShellExit(ExecExit.status(0), "status 0");

  /** The channel ends, and the client is never told how the command ended (clause E8). */
  public static final ShellExit LOST = new ShellExit(ExecExit.lost(), "lost");

  private final ExecExit exit;
  private final String description;

  private ShellExit(ExecExit exit, String description) {
    this.exit = exit;
    this.description = description;
  }

  /**
   * The command ended by itself.
   *
   * @param status 0 to 255
   * @return an immutable value
   * @throws IllegalArgumentException if no process has such a status
   */
  public static ShellExit status(int status) {
    if (status < 0 || status > 255) {
      throw new IllegalArgumentException("the exit status " + status + " is not from 0 to 255");
    }
    return new ShellExit(ExecExit.status(status), "status " + status);
  }

  /**
   * A signal ended the command.
   *
   * @param name as SSH writes it, such as {@code KILL} or {@code TERM}
   * @return an immutable value
   */
  public static ShellExit signal(String name) {
    return new ShellExit(ExecExit.signal(Objects.requireNonNull(name, "name")), "signal " + name);
  }

  ExecExit exit() {
    return exit;
  }

  /**
   * The status or the signal.
   *
   * @return a description for test output
   */
  @Override
  public String toString() {
    return description;
  }
}
