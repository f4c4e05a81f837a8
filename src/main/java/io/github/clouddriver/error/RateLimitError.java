package io.github.clouddriver.error;

import java.time.Instant;
import java.util.Optional;

/**
 * The provider refuses API calls for some time, whatever they ask for.
 *
 * <p>Any remote operation may raise it: create, list, set tags, destroy, key upload (clauses X1,
 * X4). Implemented by exceptions, never by a {@link java.lang.Error}; {@link RateLimitException} is
 * ready-made.
 */
public interface RateLimitError extends CloudError {

  /**
   * The time before which the caller should expect calls to fail (clause X1).
   *
   * <p>It lies in the future when the error is raised, is no earlier than what the provider asked
   * for, and is present even if the provider said nothing. After a successful call the next delay
   * starts from the smallest again.
   *
   * @return the earliest sensible time of the next call
   */
  Instant earliestRetry();

  /**
   * The same as {@link #earliestRetry()}.
   *
   * @return always present
   */
  @Override
  default Optional<Instant> retryAt() {
    return Optional.of(earliestRetry());
  }
}
