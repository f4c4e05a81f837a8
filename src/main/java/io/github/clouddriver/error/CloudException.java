package io.github.clouddriver.error;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A remote operation failed; the checked root of what a driver raises.
 *
 * <p>Thrown by create, it means that <strong>nothing was created</strong>, unless it is an {@link
 * OutcomeUnknownException} (clause S10). A driver raises a new one each time, with an earlier one
 * as the cause, and may add the interfaces {@link RateLimitError}, {@link QuotaError} and {@link
 * CapacityError}, several at once, to a subclass of its own. Neither the message nor any cause may
 * hold a secret (clause D8).
 *
 * <p>The caller looks for the class it can handle with {@link CloudErrors#find}, and otherwise
 * tries again with a growing delay.
 */
public class CloudException extends Exception implements CloudError {
  private static final long serialVersionUID = 1L;

  private final @Nullable String providerCode;
  private final @Nullable String requestId;

  /**
   * An exception with a message alone.
   *
   * @param message what went wrong, where, and what can be done about it
   */
  public CloudException(String message) {
    this(message, null, null, null);
  }

  /**
   * An exception with a cause.
   *
   * @param message what went wrong, where, and what can be done about it
   * @param cause what raised it, or null
   */
  public CloudException(String message, @Nullable Throwable cause) {
    this(message, cause, null, null);
  }

  /**
   * An exception with all that the provider told.
   *
   * @param message what went wrong, where, and what can be done about it
   * @param cause what raised it, or null
   * @param providerCode the provider's own error code, or null if it gave none
   * @param requestId the provider's id of the failed request, or null if it gave none
   */
  public CloudException(
      String message,
      @Nullable Throwable cause,
      @Nullable String providerCode,
      @Nullable String requestId) {
    super(Objects.requireNonNull(message, "message"), cause);
    this.providerCode = providerCode;
    this.requestId = requestId;
  }

  /**
   * The provider's own error code, such as {@code InsufficientInstanceCapacity}; for logs and
   * support, not for decisions.
   *
   * @return the code; empty if the provider gave none or was never reached
   */
  public final Optional<String> providerCode() {
    return Optional.ofNullable(providerCode);
  }

  /**
   * The provider's id of the failed request, which its support asks for.
   *
   * @return the id; empty if the provider gave none or was never reached
   */
  public final Optional<String> requestId() {
    return Optional.ofNullable(requestId);
  }
}
