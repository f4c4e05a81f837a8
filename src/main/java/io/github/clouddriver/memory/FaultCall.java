package io.github.clouddriver.memory;

import io.github.clouddriver.InstanceId;
import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.error.OutcomeUnknownException;
import java.time.Duration;
import java.util.List;

/**
 * One call to the provider and what was scripted for it.
 *
 * <p>The account asks in this order: {@link #beforeCommit}, then for a list {@link #page} before
 * each page; then it does what was asked; then {@link #afterCommit}. Under its own lock, within the
 * commit, it calls {@link #created} before anyone can see the new instance, and {@link #hides} for
 * each row of a list; these two never wait. What waits is called without any lock. Used by one
 * thread.
 */
final class FaultCall {
  private final Operation operation;
  private final List<Fault> parts;
  private final Faults faults;
  private final CloudTime time;
  private final StopSignal stop;
  private final String requestId;

  FaultCall(
      Operation operation,
      Fault fault,
      Faults faults,
      CloudTime time,
      StopSignal stop,
      String requestId) {
    this.operation = operation;
    this.parts = Effect.parts(fault);
    this.faults = faults;
    this.time = time;
    this.stop = stop;
    this.requestId = requestId;
  }

  /** The provider's id of this request, for the account's own exceptions too. */
  String requestId() {
    return requestId;
  }

  /**
   * The request is on its way: waits and fails as scripted.
   *
   * @throws CloudException as scripted, or because the set was stopped meanwhile; nothing was done,
   *     but for a create cut short the caller cannot know that
   * @throws InterruptedException at once if the thread is interrupted while it waits
   */
  void beforeCommit() throws CloudException, InterruptedException {
    for (Fault part : parts) {
      strike(part);
    }
  }

  /**
   * A list is about to read a page.
   *
   * @param number 1 for the first
   */
  void page(int number) throws CloudException, InterruptedException {
    for (Fault part : parts) {
      if (part instanceof Effect.OnPage there && there.page() == number) {
        for (Fault each : Effect.parts(there.fault())) {
          strike(each);
        }
      }
    }
  }

  /** How much later than others the instance boots that this call creates. */
  Duration slowBoot() {
    Duration extra = Duration.ZERO;
    for (Fault part : parts) {
      if (part instanceof Effect.SlowBoot slow) {
        extra = extra.plus(slow.extra());
      }
    }
    return extra;
  }

  /** This call has created an instance that nobody can see yet. Never waits. */
  void created(InstanceId id) {
    for (Fault part : parts) {
      if (part instanceof Effect.HideCreated hidden) {
        faults.hide(id, hidden.lists());
      } else if (part instanceof Effect.BreakSsh broken) {
        faults.breakSsh(id, broken.how());
      }
    }
  }

  /**
   * Whether this list leaves out an instance that it would show; ask once for each. Never waits.
   */
  boolean hides(InstanceId id) {
    boolean hidden = faults.hides(id);
    for (Fault part : parts) {
      hidden |= part instanceof Effect.HideOne one && one.instance().equals(id);
    }
    return hidden;
  }

  /**
   * The provider has done what was asked and its answer is on its way: waits and fails as scripted.
   *
   * @throws CloudException as scripted, or because the set was stopped meanwhile
   * @throws InterruptedException at once if the thread is interrupted while it waits
   */
  void afterCommit() throws CloudException, InterruptedException {
    for (Fault part : parts) {
      if (part instanceof Effect.AfterCommit after) {
        for (Fault each : Effect.parts(after.fault())) {
          strike(each);
        }
      }
    }
  }

  private void strike(Fault fault) throws CloudException, InterruptedException {
    if (fault instanceof Failure failure) {
      throw failure.exception(operation, time.instant(), requestId);
    } else if (fault instanceof Effect.Unchecked unchecked) {
      throw unchecked.exception().get();
    } else if (fault instanceof Effect.OutcomeUnknown) {
      throw cutShort(
          operation == Operation.CREATE, "the answer did not come back (scripted fault)");
    } else if (fault instanceof Effect.Delay delay) {
      continueUnlessStopped(time.sleep(delay.span(), stop));
    } else if (fault instanceof Hold hold) {
      continueUnlessStopped(hold.pass(stop));
    }
  }

  private void continueUnlessStopped(boolean running) throws CloudException {
    if (!running) {
      // An upload is part of a create, whose outcome is what the caller of stop() leaves unknown.
      throw cutShort(
          operation == Operation.CREATE || operation == Operation.KEY_UPLOAD,
          "the instance set was stopped during the call");
    }
  }

  private CloudException cutShort(boolean outcomeUnknown, String why) {
    String message = operation + ": " + why;
    return outcomeUnknown
        ? new OutcomeUnknownException(message, null, null, requestId)
        : new CloudException(message, null, null, requestId);
  }
}
