package io.github.clouddriver.error;

/**
 * The account cannot hold more instances than it holds now (clause X2).
 *
 * <p>Raised by create. Implemented by exceptions, never by a {@link java.lang.Error}; {@link
 * QuotaException} is ready-made.
 */
public interface QuotaError extends CloudError {

  /**
   * Whether this is a quota error after all.
   *
   * <p>True: do not create more instances until some have been destroyed. False: treat the
   * exception as if it did not implement this interface; other classes that it implements still
   * count. {@link CloudErrors#find} follows that rule.
   *
   * @return whether the caller must stop creating
   */
  boolean isQuotaError();
}
