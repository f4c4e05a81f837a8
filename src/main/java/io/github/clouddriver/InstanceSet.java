package io.github.clouddriver;

import io.github.clouddriver.error.CloudException;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The instances of one set id at one provider (clauses S1 to S12).
 *
 * <p>Every method of a set and of its instances may be called from any number of threads (S8).
 * Remote methods block until the provider has answered; they classify errors, and never retry or
 * wait out a rate limit on their own (X4). An interrupt ends a blocked call within a second (S12).
 *
 * <p>The caller passes the set id as a tag in every create and every list, ignores rows it did not
 * ask for, and tells instances apart by {@link Instance#id()}.
 */
public interface InstanceSet extends AutoCloseable {

  /**
   * Creates one instance. A dispatcher calls it for every instance it wants.
   *
   * <p>There are three outcomes (S10): the instance; a {@code CloudException} that is not an {@code
   * OutcomeUnknownException}, and then nothing was created; an {@code OutcomeUnknownException}, and
   * then the instance may exist and is found by the tags of the request. An unchecked exception
   * other than {@code IllegalArgumentException} and {@code IllegalStateException} counts as unknown
   * too.
   *
   * @param request what to create
   * @return the instance, probably still booting, with the requested type and tags (S1)
   * @throws io.github.clouddriver.error.RateLimitException or another {@code RateLimitError}:
   *     nothing was created, no call before its retry time
   * @throws io.github.clouddriver.error.QuotaException or another {@code QuotaError}: nothing was
   *     created, no create until some instance has been destroyed
   * @throws io.github.clouddriver.error.CapacityException or another {@code CapacityError}: nothing
   *     was created, wait for as much as its scope says
   * @throws io.github.clouddriver.error.OutcomeUnknownException if the instance may exist; look for
   *     it before creating another
   * @throws io.github.clouddriver.error.NotImplementedException if the request has an attempt token
   *     and the set does not claim {@link Capability#ATTEMPT_TOKEN} (S11)
   * @throws CloudException if anything else went wrong; nothing was created
   * @throws InterruptedException if the calling thread was interrupted; the outcome is unknown
   *     (S12)
   * @throws IllegalArgumentException if the request cannot be meant, such as a type that the
   *     provider does not have; nothing was created
   * @throws io.github.clouddriver.error.StoppedException if the set is stopped; nothing was created
   */
  Instance create(CreateRequest request) throws CloudException, InterruptedException;

  /**
   * Creates one instance, in the reference's form: {@link #create(CreateRequest)} without an
   * attempt token. Never overridden.
   *
   * @param type the instance type
   * @param image the image to boot
   * @param tags the instance's tags
   * @param initCommand runs once before the instance counts as booted (S3)
   * @param publicKey whose owner may log in (S2); null for nobody
   * @return as {@link #create(CreateRequest)}
   * @throws CloudException as {@link #create(CreateRequest)}
   * @throws InterruptedException as {@link #create(CreateRequest)}
   */
  default Instance create(
      InstanceType type,
      ImageId image,
      InstanceTags tags,
      InitCommand initCommand,
      @Nullable PublicKey publicKey)
      throws CloudException, InterruptedException {
    return create(
        CreateRequest.builder(type, image)
            .tags(tags)
            .initCommand(initCommand)
            .publicKey(publicKey)
            .build());
  }

  /**
   * Lists instances. A dispatcher calls it every few seconds or minutes.
   *
   * <p>The list has every instance that carries all the filter's tags, booting and shutting-down
   * ones included, without duplicates, over as many pages as the provider has; it may have others
   * (S4, S5). If any page fails the call fails: a partial list is never returned. A complete list
   * may lag behind the truth by {@link #listLag()}.
   *
   * @param filter tags that an instance must have; empty for all
   * @return an unmodifiable snapshot in no particular order, whose instances may be new objects
   *     each time: equal ids mean the same instance (S6)
   * @throws io.github.clouddriver.error.RateLimitException or another {@code RateLimitError}: no
   *     call before its retry time
   * @throws CloudException if any part of the list could not be read; the caller keeps what it knew
   * @throws InterruptedException if the calling thread was interrupted
   * @throws io.github.clouddriver.error.StoppedException if the set is stopped
   */
  List<Instance> instances(InstanceTags filter) throws CloudException, InterruptedException;

  /**
   * The quota group of an instance type: what a {@code CapacityError} with the scope {@code
   * QUOTA_GROUP} holds for (S7). Pure: no network, the same answer in every process; still answers
   * after {@link #stop()}.
   *
   * @param type an instance type
   * @return the group; different for preemptible and other types where the provider counts them
   *     apart
   */
  InstanceQuotaGroup instanceQuotaGroup(InstanceType type);

  /**
   * What the set can do beyond what every set must. Pure and constant; still answers after {@link
   * #stop()}.
   *
   * @return an unmodifiable set; empty if nothing optional is claimed
   */
  default Set<Capability> capabilities() {
    return Set.of();
  }

  /**
   * How far a complete list may lag behind the truth (S4). Pure and constant; still answers after
   * {@link #stop()}.
   *
   * @return zero if a list always shows what was done before it was asked for
   */
  default Duration listLag() {
    return Duration.ZERO;
  }

  /**
   * Ends background work and frees threads, sockets and timers, within five seconds even while
   * calls are in flight (S9). Destroys no instance. A create in flight ends as an {@code
   * OutcomeUnknownException}, another call as a {@code CloudException}; every later remote call
   * raises {@code StoppedException}. A second stop does nothing.
   */
  void stop();

  /** Does what {@link #stop()} does. */
  @Override
  default void close() {
    stop();
  }
}
