package io.github.clouddriver.bench;

import java.io.Closeable;
import java.io.OutputStream;

/** A client that is logged in, whose commands run on one connection. Used by several threads. */
interface SshClientUnderTest extends Closeable {

  /**
   * Runs a command to its end. All of its output is read, stdout to the sink and stderr nowhere,
   * and an exit status other than 0 is an exception.
   */
  void stream(String command, OutputStream stdout) throws Exception;

  /** The same for a command with little output, in the way that the client makes easiest. */
  default void run(String command, OutputStream stdout) throws Exception {
    stream(command, stdout);
  }
}
