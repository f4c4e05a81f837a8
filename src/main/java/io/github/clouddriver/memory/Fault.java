package io.github.clouddriver.memory;

import io.github.clouddriver.InstanceId;
import io.github.clouddriver.error.CapacityScope;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Something that goes wrong at the in-memory provider, made by one of these factories and scripted
 * through {@link Faults}. A closed set; immutable, except for {@link Hold}.
 *
 * <p>A call is hit by one fault. To make more happen to one call, join them: {@code
 * Fault.delay(second).then(Fault.quota())} one after the other, {@code
 * Fault.rateLimit(minute).and(Fault.quota())} as several classes on one exception.
 */
public sealed interface Fault permits Effect, Failure, Hold {

  /**
   * Nothing: the call works. For the calls before the one that is to fail.
   *
   * @return a fault for any operation
   */
  static Fault none() {
    return Effect.Sequence.of(List.of());
  }

  /**
   * A failure without a class: a plain {@code CloudException}. Nothing is done.
   *
   * @param message what the exception says
   * @return a fault for any operation but SSH
   */
  static Failure error(String message) {
    return Failure.plain(message);
  }

  /**
   * A {@code RateLimitError} whose retry time lies that far in the future (clause X1).
   *
   * @param retryAfter from the failure to the retry time, more than zero
   * @return a fault for any operation but SSH
   * @throws IllegalArgumentException if the span is not positive
   */
  static Failure rateLimit(Duration retryAfter) {
    return Failure.rateLimited(retryAfter);
  }

  /**
   * A {@code QuotaError} (clause X2).
   *
   * @return a fault for any operation but SSH
   */
  static Failure quota() {
    return Failure.quota(true);
  }

  /**
   * A {@code QuotaError} that says it is none: its predicate is false (clause X2).
   *
   * @return a fault for any operation but SSH
   */
  static Failure quotaThatIsNone() {
    return Failure.quota(false);
  }

  /**
   * A {@code CapacityError} (clause X3).
   *
   * @param scope how much of the provider is concerned
   * @return a fault for any operation but SSH
   */
  static Failure capacity(CapacityScope scope) {
    return Failure.capacity(scope, true);
  }

  /**
   * A {@code CapacityError} that says it is none: its predicate is false (clause X3).
   *
   * @return a fault for any operation but SSH
   */
  static Failure capacityThatIsNone() {
    return Failure.capacity(CapacityScope.ALL, false);
  }

  /**
   * An unchecked exception, as a bug in a driver would raise it. Nothing is done, but after a
   * create the caller cannot know that (clause S10).
   *
   * @param exception makes a new exception for each call it hits
   * @return a fault for any operation but SSH
   */
  static Fault unchecked(Supplier<? extends RuntimeException> exception) {
    return new Effect.Unchecked(exception);
  }

  /**
   * The request is lost on its way to the provider: nothing is done, and the caller cannot know.
   * Create raises {@code OutcomeUnknownException} (clause S10), any other call a plain {@code
   * CloudException}.
   *
   * @return a fault for any operation but SSH
   */
  static Fault outcomeUnknownBeforeCommit() {
    return new Effect.OutcomeUnknown();
  }

  /**
   * The provider does what was asked, but its answer is lost. Raises the same as {@link
   * #outcomeUnknownBeforeCommit()}.
   *
   * @return a fault for any operation but SSH
   */
  static Fault outcomeUnknownAfterCommit() {
    return new Effect.AfterCommit(new Effect.OutcomeUnknown());
  }

  /**
   * The request takes that long on the cloud's clock, and is then carried out.
   *
   * @param span zero or more
   * @return a fault for any operation but SSH
   * @throws IllegalArgumentException if the span is negative
   */
  static Fault delay(Duration span) {
    return new Effect.Delay(span);
  }

  /**
   * The request is held until the test releases it, and is then carried out.
   *
   * @return a new hold; a fault for any operation but SSH
   */
  static Hold hold() {
    return new Hold();
  }

  /**
   * The same, but on the way back: the provider has done what was asked, and the answer is late or
   * lost. A list shows what there was before the wait.
   *
   * @param fault a delay, a hold, an unchecked exception, or several of them in turn
   * @return a fault for any operation but SSH
   * @throws IllegalArgumentException if the fault is of another kind; a failure with a class would
   *     claim that nothing was done (clause S10)
   */
  static Fault afterCommit(Fault fault) {
    return Effect.AfterCommit.of(fault);
  }

  /**
   * Hits a list when it asks for one of its pages; the whole list fails if the fault makes that
   * page fail (clause S4). A list with fewer pages is not hit.
   *
   * @param page 1 for the first page
   * @param fault what happens there: a failure, an unchecked exception, a delay or a hold
   * @return a fault for {@link Operation#LIST}
   * @throws IllegalArgumentException if the page is less than 1, or the fault is of another kind
   */
  static Fault failPage(int page, Fault fault) {
    return Effect.OnPage.of(page, fault);
  }

  /**
   * The instance that is created is missing from the next lists that would have shown it, as at a
   * provider whose lists lag beyond what it promises.
   *
   * @param lists from how many lists, 1 or more
   * @return a fault for {@link Operation#CREATE}
   * @throws IllegalArgumentException if the number is less than 1
   */
  static Fault dropFromNextLists(int lists) {
    return new Effect.HideCreated(lists);
  }

  /**
   * One list leaves out an instance that it should have shown.
   *
   * @param instance which one
   * @return a fault for {@link Operation#LIST}
   */
  static Fault drop(InstanceId instance) {
    return new Effect.HideOne(instance);
  }

  /**
   * The instance that is created boots that much later than others do.
   *
   * @param extra added to the cloud's boot delay, zero or more
   * @return a fault for {@link Operation#CREATE}
   * @throws IllegalArgumentException if the span is negative
   */
  static Fault slowBoot(Duration extra) {
    return new Effect.SlowBoot(extra);
  }

  /**
   * Breaks SSH: for {@link Operation#SSH} the next connection to any instance; for {@link
   * Operation#CREATE} every connection to the instance that is created.
   *
   * @param how in what way
   * @return a fault for {@link Operation#SSH} and {@link Operation#CREATE}
   */
  static Fault breakSsh(SshFault how) {
    return new Effect.BreakSsh(how);
  }

  /**
   * Makes another fault hit the same call after this one.
   *
   * @param next what happens if this one has let the call go on
   * @return both, in this order, for the operations that both are for
   */
  default Fault then(Fault next) {
    return Effect.Sequence.of(List.of(this, Objects.requireNonNull(next, "next")));
  }
}
