package io.github.clouddriver.memory;

import io.github.clouddriver.error.CapacityException;
import io.github.clouddriver.error.CapacityScope;
import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.error.QuotaException;
import io.github.clouddriver.error.RateLimitException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * A fault that refuses a call with a {@code CloudException}: nothing is done.
 *
 * <p>One failure may be of several error classes at once. Each call that it hits gets an exception
 * of its own, with a provider code, a request id, and a retry time counted from the cloud's clock
 * at that moment. A plain failure and one of a single class are raised as the ready-made exception
 * of the package {@code error}; other combinations implement the interfaces. Immutable.
 */
public final class Failure implements Fault {
  /** Whether a class is on the exception, and if so what its predicate answers. */
  private enum Claim {
    ABSENT,
    FALSE,
    TRUE;

    static Claim of(boolean predicate) {
      return predicate ? TRUE : FALSE;
    }
  }

  private final String message;
  private final String providerCode;
  private final @Nullable Duration retryAfter;
  private final boolean rateLimit;
  private final Claim quota;
  private final Claim capacity;
  private final CapacityScope scope;

  private Failure(
      String message,
      String providerCode,
      @Nullable Duration retryAfter,
      boolean rateLimit,
      Claim quota,
      Claim capacity,
      CapacityScope scope) {
    this.message = Objects.requireNonNull(message, "message");
    this.providerCode = Objects.requireNonNull(providerCode, "providerCode");
    this.retryAfter = retryAfter;
    this.rateLimit = rateLimit;
    this.quota = quota;
    this.capacity = capacity;
    this.scope = Objects.requireNonNull(scope, "scope");
  }

  static Failure plain(String message) {
    return new Failure(
        message, "InternalError", null, false, Claim.ABSENT, Claim.ABSENT, CapacityScope.ALL);
  }

  static Failure rateLimited(Duration retryAfter) {
    return new Failure(
        "too many calls",
        "RequestLimitExceeded",
        positive(retryAfter),
        true,
        Claim.ABSENT,
        Claim.ABSENT,
        CapacityScope.ALL);
  }

  static Failure quota(boolean predicate) {
    return new Failure(
        predicate ? "the account holds as many instances as it may" : "something like a quota",
        "InstanceLimitExceeded",
        null,
        false,
        Claim.of(predicate),
        Claim.ABSENT,
        CapacityScope.ALL);
  }

  static Failure capacity(CapacityScope scope, boolean predicate) {
    return new Failure(
        predicate ? "no capacity, scope " + scope : "something like a lack of capacity",
        "InsufficientInstanceCapacity",
        null,
        false,
        Claim.ABSENT,
        Claim.of(predicate),
        scope);
  }

  /**
   * This failure with the classes of another one on the same exception.
   *
   * <p>Where both are of one class, the other's predicate and scope count; of two retry times the
   * later. The provider code stays this one's, and both messages are shown.
   *
   * @param other what the exception is besides
   * @return a new failure
   */
  public Failure and(Failure other) {
    Duration longest = retryAfter;
    if (longest == null || (other.retryAfter != null && other.retryAfter.compareTo(longest) > 0)) {
      longest = other.retryAfter;
    }
    return new Failure(
        message + "; " + other.message,
        providerCode,
        longest,
        rateLimit || other.rateLimit,
        other.quota == Claim.ABSENT ? quota : other.quota,
        other.capacity == Claim.ABSENT ? capacity : other.capacity,
        other.capacity == Claim.ABSENT ? scope : other.scope);
  }

  /**
   * This failure with a hint when to try again ({@code CloudError.retryAt}).
   *
   * @param span from the failure to the retry time, more than zero
   * @return a new failure
   * @throws IllegalArgumentException if the span is not positive
   */
  public Failure retryAfter(Duration span) {
    return new Failure(message, providerCode, positive(span), rateLimit, quota, capacity, scope);
  }

  /**
   * This failure with another code ({@code CloudException.providerCode}).
   *
   * @param code what the provider is to call it
   * @return a new failure
   */
  public Failure code(String code) {
    return new Failure(message, code, retryAfter, rateLimit, quota, capacity, scope);
  }

  /** A new exception, whose retry time counts from {@code now}. */
  CloudException exception(Operation operation, Instant now, String requestId) {
    String text = operation + ": " + message + " (scripted fault)";
    Instant retryAt = retryAfter == null ? null : now.plus(retryAfter);
    boolean onlyQuota = quota == Claim.TRUE && capacity == Claim.ABSENT;
    boolean onlyCapacity = capacity == Claim.TRUE && quota == Claim.ABSENT;
    if (rateLimit) {
      Instant earliest = Objects.requireNonNull(retryAt, "a rate limit has a retry time");
      return quota == Claim.ABSENT && capacity == Claim.ABSENT
          ? new RateLimitException(text, earliest, null, providerCode, requestId)
          : new MixedException.RateLimited(text, providerCode, requestId, this, earliest);
    }
    if (retryAt == null && onlyQuota) {
      return new QuotaException(text, null, providerCode, requestId);
    }
    if (retryAt == null && onlyCapacity) {
      return new CapacityException(text, scope, null, providerCode, requestId);
    }
    return retryAt == null && quota == Claim.ABSENT && capacity == Claim.ABSENT
        ? new CloudException(text, null, providerCode, requestId)
        : new MixedException(text, providerCode, requestId, this, retryAt);
  }

  boolean isQuota() {
    return quota == Claim.TRUE;
  }

  boolean isCapacity() {
    return capacity == Claim.TRUE;
  }

  CapacityScope scope() {
    return scope;
  }

  private static Duration positive(Duration span) {
    if (span.isNegative() || span.isZero()) {
      throw new IllegalArgumentException("the retry time after " + span + " is not in the future");
    }
    return span;
  }

  @Override
  public String toString() {
    StringJoiner text = new StringJoiner(", ", "failure[", "]").add(message);
    return retryAfter == null ? text.toString() : text.add("retry after " + retryAfter).toString();
  }
}
