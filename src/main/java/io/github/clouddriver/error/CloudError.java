package io.github.clouddriver.error;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something a cloud provider refused or failed to do; the root of the error classes.
 *
 * <p>Despite its name it is never a {@link java.lang.Error}: it is implemented by exceptions, and
 * one exception may implement several of the sub-interfaces. Implementations are immutable.
 */
public interface CloudError {

  /**
   * What went wrong, for a person to read. Never to be parsed: whatever a program needs is in the
   * other methods. Holds no secret (clause D8).
   *
   * @return the message, or null if there is none
   */
  @Nullable String getMessage();

  /**
   * The time before which the same operation is expected to fail again, where that is known.
   *
   * @return the time of the next sensible try; empty if the provider gave no hint, and then the
   *     caller chooses its own delay
   */
  default Optional<Instant> retryAt() {
    return Optional.empty();
  }
}
