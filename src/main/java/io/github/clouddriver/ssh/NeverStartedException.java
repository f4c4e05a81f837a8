package io.github.clouddriver.ssh;

import io.github.clouddriver.exec.ExecutorException;
import io.github.clouddriver.exec.Phase;
import java.io.IOException;

/** The connection was of no use before the server was asked to start the command. */
final class NeverStartedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String told;

  NeverStartedException(String message, IOException cause) {
    super(message, cause);
    told = message;
  }

  /** The same for the caller, if there is no other connection to be had. */
  ExecutorException inPhase(Phase phase) {
    return new ExecutorException(told, phase, false, Printable.cause(getCause()));
  }
}
