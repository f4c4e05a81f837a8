package io.github.clouddriver.testkit;

import io.github.clouddriver.InstanceId;
import io.github.clouddriver.Interruption;
import io.github.clouddriver.error.CapacityScope;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Makes the provider go wrong behind the driver, so that the driver's real code meets it. A fake
 * HTTP server does this as well as an emulator.
 *
 * <p>Each fault hits the next call of its kind from any set, and only that one. Every method has a
 * default that cannot do it, which the kit reports as the excuse of the clauses concerned.
 */
public interface ProviderFaults {

  /** What a driver asks of its provider. */
  enum Call {
    /** Making an instance. */
    CREATE,
    /** Reading a list, or a page of it. */
    LIST,
    /** Changing an instance's tags. */
    SET_TAGS,
    /** Ending an instance. */
    DESTROY,
    /** Uploading a public key, which a create does on its way. */
    KEY_UPLOAD
  }

  /** A call that the provider does not answer. Safe for use by several threads. */
  interface Hang {

    /**
     * Whether a call hangs by now.
     *
     * @return true from then on, also when the call has ended
     */
    boolean reached();

    /** Lets the provider answer. Once released it stays so. */
    void release();
  }

  /**
   * Makes the provider refuse the next call as one too many (clauses X1, X4). Nothing is done.
   *
   * @param call which call
   * @param retryAfter what the provider says about the time of the next try; null if it says
   *     nothing
   * @return false if the provider cannot be made to do so
   */
  default boolean throttle(Call call, @Nullable Duration retryAfter) {
    return false;
  }

  /**
   * Makes the provider refuse the next create because the account is full (clause X2).
   *
   * @return false if the provider cannot be made to do so
   */
  default boolean exhaustQuota() {
    return false;
  }

  /**
   * Makes the provider refuse the next create for lack of capacity (clause X3).
   *
   * @param scope what there is no capacity for
   * @return false if the provider cannot be made to do so, or knows no such scope
   */
  default boolean exhaustCapacity(CapacityScope scope) {
    return false;
  }

  /**
   * Makes the provider fail the next call with an error that is of no class. Nothing is done, and
   * the provider says so (clause S10).
   *
   * @param call which call
   * @return false if the provider cannot be made to do so
   */
  default boolean fail(Call call) {
    return false;
  }

  /**
   * Makes the provider do what the next call asks, while its answer is lost (clause S10).
   *
   * @param call which call
   * @return false if the provider cannot be made to do so
   */
  default boolean loseResponse(Call call) {
    return false;
  }

  /**
   * How many instances one page of a list holds (clause S4).
   *
   * @return empty if lists have one page only
   */
  default OptionalInt pageSize() {
    return OptionalInt.empty();
  }

  /**
   * Makes one page of the next list fail (clause S4).
   *
   * @param page 1 for the first
   * @return false if the provider cannot be made to do so
   */
  default boolean failPage(int page) {
    return false;
  }

  /**
   * Makes the provider not answer the next call until it is released (clauses S9, S12). What was
   * asked may be done before or after the wait, or not at all.
   *
   * @param call which call
   * @return empty if the provider cannot be made to do so
   */
  default Optional<Hang> hang(Call call) {
    return Optional.empty();
  }

  /**
   * Makes the provider announce that it stops an instance (clause I8).
   *
   * @param instance which one
   * @param kind why
   * @param notice how long after now
   * @return false if the provider cannot be made to do so
   */
  default boolean interrupt(InstanceId instance, Interruption.Kind kind, Duration notice) {
    return false;
  }

  /** Takes back every fault that has hit no call yet, and lets all that hangs go on. */
  void clear();
}
