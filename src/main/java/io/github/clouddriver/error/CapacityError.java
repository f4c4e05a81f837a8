package io.github.clouddriver.error;

/**
 * The provider has no capacity for new instances at the moment (clause X3).
 *
 * <p>Raised by create. Implemented by exceptions, never by a {@link java.lang.Error}; {@link
 * CapacityException} is ready-made. Unlike a {@link QuotaError}, destroying the caller's own
 * instances need not help.
 */
public interface CapacityError extends CloudError {

  /**
   * Whether this is a capacity error after all.
   *
   * <p>True: do not retry at once, wait. False: treat the exception as if it did not implement this
   * interface; other classes that it implements still count.
   *
   * @return whether the caller must wait before creating in {@link #scope()}
   */
  boolean isCapacityError();

  /**
   * Whether only the requested instance type is concerned.
   *
   * @return true if waiting for this one type is enough
   */
  boolean isInstanceTypeSpecific();

  /**
   * Whether every type in the requested type's quota group is concerned. Implies that {@link
   * #isInstanceTypeSpecific()} is false.
   *
   * @return true if the caller must wait for the whole quota group
   */
  boolean isInstanceQuotaGroupSpecific();

  /**
   * The two predicates as one value.
   *
   * @return the part of the provider that is short of capacity; the wider one where an
   *     implementation wrongly answers true to both predicates
   */
  default CapacityScope scope() {
    if (isInstanceQuotaGroupSpecific()) {
      return CapacityScope.QUOTA_GROUP;
    }
    return isInstanceTypeSpecific() ? CapacityScope.INSTANCE_TYPE : CapacityScope.ALL;
  }
}
