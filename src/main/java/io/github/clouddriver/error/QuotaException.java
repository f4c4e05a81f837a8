package io.github.clouddriver.error;

import org.jspecify.annotations.Nullable;

/**
 * The ready-made {@link QuotaError}, whose {@link #isQuotaError()} is true. The caller creates
 * nothing more until some instance has been destroyed.
 */
public class QuotaException extends CloudException implements QuotaError {
  private static final long serialVersionUID = 1L;

  /**
   * A quota error without the provider's details.
   *
   * @param message which limit was reached
   */
  public QuotaException(String message) {
    this(message, null, null, null);
  }

  /**
   * A quota error with all that the provider told.
   *
   * @param message which limit was reached
   * @param cause what raised it, or null
   * @param providerCode the provider's own error code, or null
   * @param requestId the provider's id of the failed request, or null
   */
  public QuotaException(
      String message,
      @Nullable Throwable cause,
      @Nullable String providerCode,
      @Nullable String requestId) {
    super(message, cause, providerCode, requestId);
  }

  @Override
  public boolean isQuotaError() {
    return true;
  }
}
