package io.github.clouddriver.error;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The ready-made {@link CapacityError}, whose {@link #isCapacityError()} is true. The caller waits
 * before it creates in {@link #scope()} again.
 */
public class CapacityException extends CloudException implements CapacityError {
  private static final long serialVersionUID = 1L;

  private final CapacityScope scope;

  /**
   * A capacity error without the provider's details.
   *
   * @param message what there is no capacity for
   * @param scope how much of the provider is concerned
   */
  public CapacityException(String message, CapacityScope scope) {
    this(message, scope, null, null, null);
  }

  /**
   * A capacity error with all that the provider told.
   *
   * @param message what there is no capacity for
   * @param scope how much of the provider is concerned
   * @param cause what raised it, or null
   * @param providerCode the provider's own error code, or null
   * @param requestId the provider's id of the failed request, or null
   */
  public CapacityException(
      String message,
      CapacityScope scope,
      @Nullable Throwable cause,
      @Nullable String providerCode,
      @Nullable String requestId) {
    super(message, cause, providerCode, requestId);
    this.scope = Objects.requireNonNull(scope, "scope");
  }

  @Override
  public boolean isCapacityError() {
    return true;
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
  public CapacityScope scope() {
    return scope;
  }
}
