package io.github.clouddriver.error;

/**
 * How much of the provider a {@link CapacityError} concerns. More scopes may be added: a {@code
 * switch} needs a default branch, which waits for everything.
 */
public enum CapacityScope {
  /** Every instance type: wait before any create. */
  ALL,
  /** Every type of the requested type's quota group; other groups may have capacity. */
  QUOTA_GROUP,
  /** The requested instance type only; other types, even of its quota group, may have capacity. */
  INSTANCE_TYPE
}
