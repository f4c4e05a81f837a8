package io.github.clouddriver;

/**
 * What an {@link InstanceSet} may be able to do beyond what every set must. More may be added.
 *
 * <p>Each constant says what happens without it: the driver fails cleanly, so a caller need not ask
 * first unless it wants to choose.
 */
public enum Capability {
  /**
   * The owner of a create request's public key can log in as the instance's remote user (clause
   * S2). Without it the key is ignored, and create works just the same.
   */
  PUBLIC_KEY,
  /**
   * The init command runs on the new instance before it counts as booted (clause S3). Without it
   * the command is not run, which only a driver whose instances always verify host keys may do.
   */
  INIT_COMMAND,
  /**
   * A create request with an attempt token makes at most one instance however often it is repeated
   * (clause S11). Without it such a request raises {@code NotImplementedException}.
   */
  ATTEMPT_TOKEN,
  /** Instances know their price history (clause I6). Without it the history is empty. */
  PRICE_HISTORY,
  /**
   * Instances tell of a stop that the provider has announced (clause I8). Without it {@link
   * Instance#interruption()} is empty.
   */
  INTERRUPTION,
  /**
   * Instances verify host keys, with or without a connection (clause T3). Without it {@code
   * verifyHostKey} raises {@code NotImplementedException}.
   */
  HOST_KEY,
  /**
   * Instances know whether they boot, run or shut down (clause I7). Without it the state is {@link
   * InstanceState#UNKNOWN}.
   */
  STATE,
  /**
   * Instances and long-lived resources outlive the set and the process, and another set with the
   * same id takes them over (clause D4). Without it the instances live inside the process and end
   * with their set.
   */
  ADOPTION
}
