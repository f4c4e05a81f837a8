package io.github.clouddriver.error;

import org.jspecify.annotations.Nullable;

/**
 * A request may have reached the provider, but its answer did not come back (clause S10).
 *
 * <p>After a create the instance may exist and cost money. The caller must look for it by the tags
 * it asked for, or repeat the request with the same attempt token, before it creates another; a
 * list may lag, so a single empty answer proves nothing. Raised also for a create that was cut
 * short by an interrupt or by {@code stop()} (clauses S9, S12).
 */
public class OutcomeUnknownException extends CloudException {
  private static final long serialVersionUID = 1L;

  /**
   * An unknown outcome with its cause.
   *
   * @param message which request is in doubt and why
   * @param cause what cut it short, or null
   */
  public OutcomeUnknownException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /**
   * An unknown outcome with all that the provider told.
   *
   * @param message which request is in doubt and why
   * @param cause what cut it short, or null
   * @param providerCode the provider's own error code, or null
   * @param requestId the provider's id of the request, or null
   */
  public OutcomeUnknownException(
      String message,
      @Nullable Throwable cause,
      @Nullable String providerCode,
      @Nullable String requestId) {
    super(message, cause, providerCode, requestId);
  }
}
