package io.github.clouddriver.exec;

/**
 * A command ended with a non-zero status or by a signal, and the caller had asked to be told so
 * with {@link ExecResult#orThrow()}. The command ran; whether to run it again is the caller's to
 * decide.
 */
public class CommandFailedException extends ExecutorException {
  private static final long serialVersionUID = 1L;

  /**
   * An exception that tells how the command ended.
   *
   * @param message the exit status or signal, and the end of what the command wrote to stderr
   */
  public CommandFailedException(String message) {
    super(message, Phase.COMMAND, true, null);
  }
}
