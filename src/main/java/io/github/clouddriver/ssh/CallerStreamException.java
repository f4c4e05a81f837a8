package io.github.clouddriver.ssh;

import java.io.IOException;

/** A stream of the caller's own failed, stdin or a sink, with what it raised as the cause. */
final class CallerStreamException extends IOException {
  private static final long serialVersionUID = 1L;

  CallerStreamException(String stream, Throwable cause) {
    super(stream + " failed: " + cause, cause);
  }
}
