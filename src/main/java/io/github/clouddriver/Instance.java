package io.github.clouddriver;

import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.exec.ExecutorTarget;
import java.util.List;
import java.util.Optional;

/**
 * One VM at a provider (clauses I1 to I8); commands run on it as an {@link ExecutorTarget}.
 *
 * <p>Several objects may stand for one instance: compare {@link #id()}. Implementations do not
 * override {@code equals}. Every method may be called from any number of threads; only {@link
 * #setTags}, {@link #destroy} and {@link #verifyHostKey} may block.
 */
public interface Instance extends ExecutorTarget {

  /**
   * The provider's id (clause I1). Pure.
   *
   * @return the same for the instance's whole life, and never given to a later one
   */
  InstanceId id();

  /**
   * The provider's id as text (clause I2).
   *
   * @return what {@link InstanceId#toString()} gives
   */
  @Override
  String toString();

  /**
   * The provider's name of the instance's type (clause S1). Pure.
   *
   * @return the {@code providerType} of the requested type
   */
  String providerType();

  /**
   * The instance's tags as this object last saw them (clause I4). Never blocks.
   *
   * @return an immutable snapshot, stale until the next list at the worst; without tags that the
   *     provider reserves for itself
   */
  InstanceTags tags();

  /**
   * Replaces the instance's tags: afterwards they are exactly these (clause I3). Tags that the
   * provider reserves for itself stay.
   *
   * @param tags all the tags the instance is to have; empty clears them
   * @throws io.github.clouddriver.error.RateLimitException or another {@code RateLimitError}: no
   *     call before its retry time
   * @throws CloudException if the tags may not have been replaced, wholly or in part; repeating the
   *     call is safe
   * @throws InterruptedException if the calling thread was interrupted; repeating the call is safe
   * @throws io.github.clouddriver.error.StoppedException if the set is stopped
   */
  void setTags(InstanceTags tags) throws CloudException, InterruptedException;

  /**
   * What an hour of this instance has cost (clause I6). Never touches the network; a dispatcher may
   * ask at every turn of its loop.
   *
   * @param type the type the instance was created with, whose added scratch is part of the price
   * @return an unmodifiable, normalised list, most recent first; empty where the driver has no data
   */
  List<InstancePrice> priceHistory(InstanceType type);

  /**
   * Shuts the instance down for good (clause I5). Returns once the provider accepted it; the
   * instance stays in lists while it shuts down. Destroying it again, or when it is already gone,
   * succeeds.
   *
   * @throws io.github.clouddriver.error.RateLimitException or another {@code RateLimitError}: no
   *     call before its retry time; the instance still runs
   * @throws CloudException if the provider may not have accepted it; the caller repeats the call
   *     until it succeeds
   * @throws InterruptedException if the calling thread was interrupted; the caller repeats the call
   * @throws io.github.clouddriver.error.StoppedException if the set is stopped
   */
  void destroy() throws CloudException, InterruptedException;

  /**
   * How far the instance is in its life as this object last saw it (clause I7). Never blocks.
   *
   * @return {@link InstanceState#UNKNOWN} where the driver does not know
   */
  default InstanceState state() {
    return InstanceState.UNKNOWN;
  }

  /**
   * A stop that the provider has announced (clause I8). Never blocks.
   *
   * @return empty if none is pending, or the driver does not know
   */
  default Optional<Interruption> interruption() {
    return Optional.empty();
  }
}
