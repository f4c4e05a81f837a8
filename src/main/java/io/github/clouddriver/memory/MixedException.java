package io.github.clouddriver.memory;

import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.error.RateLimitException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What no ready-made exception can be: a quota and a capacity error at once, one whose predicate is
 * false, one with a retry time.
 */
final class MixedException extends CloudException implements MixedErrors {
  private static final long serialVersionUID = 1L;

  private final Answers answers;
  private final @Nullable Instant retryAt;

  MixedException(
      String message, String code, String requestId, Failure failure, @Nullable Instant retryAt) {
    super(message, null, code, requestId);
    this.answers = Answers.of(failure);
    this.retryAt = retryAt;
  }

  @Override
  public Answers answers() {
    return answers;
  }

  @Override
  public Optional<Instant> retryAt() {
    return Optional.ofNullable(retryAt);
  }

  /** The same that is a rate limit error too, a class without a predicate to deny it by. */
  static final class RateLimited extends RateLimitException implements MixedErrors {
    private static final long serialVersionUID = 1L;

    private final Answers answers;

    RateLimited(
        String message, String code, String requestId, Failure failure, Instant earliestRetry) {
      super(message, earliestRetry, null, code, requestId);
      this.answers = Answers.of(failure);
    }

    @Override
    public Answers answers() {
      return answers;
    }
  }
}
