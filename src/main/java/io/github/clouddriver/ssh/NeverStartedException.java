package io.github.clouddriver.ssh;

import java.io.IOException;

/** The connection was of no use before the server was asked to start the command. */
final class NeverStartedException extends Exception {
  private static final long serialVersionUID = 1L;

  NeverStartedException(String message, IOException cause) {
    super(message, cause);
  }
}
