package io.github.clouddriver.cli;

import org.jspecify.annotations.Nullable;

/** A step of the run found something wrong; its message is all there is to say. */
final class StepFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  StepFailedException(String message) {
    super(message);
  }

  StepFailedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
