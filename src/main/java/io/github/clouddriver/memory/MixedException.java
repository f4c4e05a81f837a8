package io.github.clouddriver.memory;

import io.github.clouddriver.error.CapacityError;
import io.github.clouddriver.error.CapacityScope;
import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.error.QuotaError;
import io.github.clouddriver.error.RateLimitException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What no ready-made exception can be: a quota and a capacity error at once, one whose predicate is
 * false, one with a retry time. A class it does not have it denies by its predicate (clauses X2,
 * X3).
 */
final class MixedException extends CloudException implements QuotaError, CapacityError {
  private static final long serialVersionUID = 1L;

  private final boolean quota;
  private final boolean capacity;
  private final CapacityScope scope;
  private final @Nullable Instant retryAt;

  MixedException(
      String message, String code, String requestId, Failure failure, @Nullable Instant retryAt) {
    super(message, null, code, requestId);
    this.quota = failure.isQuota();
    this.capacity = failure.isCapacity();
    this.scope = failure.scope();
    this.retryAt = retryAt;
  }

  @Override
  public boolean isQuotaError() {
    return quota;
  }

  @Override
  public boolean isCapacityError() {
    return capacity;
  }

  @Override
  public boolean isInstanceTypeSpecific() {
    return scope == CapacityScope.INSTANCE_TYPE;
  }

  @Override
  public boolean isInstanceQuotaGroupSpecific() {
    return scope == CapacityScope.QUOTA_GROUP;
  }

  @Override
  public Optional<Instant> retryAt() {
    return Optional.ofNullable(retryAt);
  }

  /** The same that is a rate limit error too, a class without a predicate to deny it by. */
  static final class RateLimited extends RateLimitException implements QuotaError, CapacityError {
    private static final long serialVersionUID = 1L;

    private final boolean quota;
    private final boolean capacity;
    private final CapacityScope scope;

    RateLimited(
        String message, String code, String requestId, Failure failure, Instant earliestRetry) {
      super(message, earliestRetry, null, code, requestId);
      this.quota = failure.isQuota();
      this.capacity = failure.isCapacity();
      this.scope = failure.scope();
    }

    @Override
    public boolean isQuotaError() {
      return quota;
    }

    @Override
    public boolean isCapacityError() {
      return capacity;
    }

    @Override
    public boolean isInstanceTypeSpecific() {
      return scope == CapacityScope.INSTANCE_TYPE;
    }

    @Override
    public boolean isInstanceQuotaGroupSpecific() {
      return scope == CapacityScope.QUOTA_GROUP;
    }
  }
}
