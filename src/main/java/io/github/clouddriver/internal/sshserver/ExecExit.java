package io.github.clouddriver.internal.sshserver;

/** How a command ended. */
public sealed interface ExecExit {

  /** It ended by itself with a status, 0 to 255. */
  record Status(int code) implements ExecExit {}

  /** A signal ended it. The name is SSH's: {@code TERM}, {@code KILL}; the message may be empty. */
  record Signal(String name, boolean coreDumped, String message) implements ExecExit {}

  /** The channel ends, and the client is never told how the command ended. */
  record Lost() implements ExecExit {}

  static ExecExit status(int code) {
    return new Status(code);
  }

  static ExecExit signal(String name) {
    return new Signal(name, false, "");
  }

  static ExecExit lost() {
    return new Lost();
  }
}
