package io.github.clouddriver.exec;

import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A command was not run, or its result is not known (clauses E4, E5, E8). A command that ended with
 * a non-zero status is not an exception but an {@link ExecResult}.
 *
 * <p>If {@link #commandMayHaveStarted()} is false the caller may run the command again. If it is
 * true only the caller can know whether a second run does harm; the library never repeats it. A
 * host key failure is this exception's cause, for {@code CloudErrors.find} to see.
 */
public class ExecutorException extends IOException {
  private static final long serialVersionUID = 1L;

  private final Phase phase;
  private final boolean commandMayHaveStarted;

  /**
   * An exception for one failed call.
   *
   * @param message what failed, on which target, and what can be done about it
   * @param phase how far the call had got
   * @param commandMayHaveStarted whether the command may have started on the target
   * @param cause what raised it, or null
   */
  public ExecutorException(
      String message, Phase phase, boolean commandMayHaveStarted, @Nullable Throwable cause) {
    super(Objects.requireNonNull(message, "message"), cause);
    this.phase = Objects.requireNonNull(phase, "phase");
    this.commandMayHaveStarted = commandMayHaveStarted;
  }

  /**
   * How far the call had got.
   *
   * @return the phase that failed
   */
  public final Phase phase() {
    return phase;
  }

  /**
   * Whether the command may have run, wholly or in part, or may even be running still.
   *
   * @return false only if the command certainly never started
   */
  public final boolean commandMayHaveStarted() {
    return commandMayHaveStarted;
  }
}
