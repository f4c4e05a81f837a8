package io.github.clouddriver;

/**
 * How far an instance is in its life (clause I7). More may be added: a {@code switch} needs a
 * default branch, which treats the instance as {@link #UNKNOWN}.
 */
public enum InstanceState {
  /** Created, and not yet ready for a login. */
  BOOTING,
  /** The provider says that it runs. */
  RUNNING,
  /** On its way out: it costs money perhaps, and does no more work. */
  SHUTTING_DOWN,
  /** The driver cannot tell. */
  UNKNOWN
}
