package io.github.clouddriver.error;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The ready-made {@link RateLimitError}. The caller sends nothing before {@link #earliestRetry()}.
 */
public class RateLimitException extends CloudException implements RateLimitError {
  private static final long serialVersionUID = 1L;

  private final Instant earliestRetry;

  /**
   * A rate limit error without the provider's details.
   *
   * @param message what was refused
   * @param earliestRetry the time before which calls are expected to fail; in the future (clause
   *     X1)
   */
  public RateLimitException(String message, Instant earliestRetry) {
    this(message, earliestRetry, null, null, null);
  }

  /**
   * A rate limit error with all that the provider told.
   *
   * @param message what was refused
   * @param earliestRetry the time before which calls are expected to fail; in the future (clause
   *     X1)
   * @param cause what raised it, or null
   * @param providerCode the provider's own error code, or null
   * @param requestId the provider's id of the failed request, or null
   */
  public RateLimitException(
      String message,
      Instant earliestRetry,
      @Nullable Throwable cause,
      @Nullable String providerCode,
      @Nullable String requestId) {
    super(message, cause, providerCode, requestId);
    this.earliestRetry = Objects.requireNonNull(earliestRetry, "earliestRetry");
  }

  @Override
  public Instant earliestRetry() {
    return earliestRetry;
  }
}
