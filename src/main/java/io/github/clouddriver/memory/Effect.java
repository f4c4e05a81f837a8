package io.github.clouddriver.memory;

import io.github.clouddriver.InstanceId;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The faults that users see as {@link Fault} only: data, acted out by {@link FaultCall}. */
sealed interface Effect extends Fault {

  /** What happens at one moment of a call: it waits or fails. */
  static boolean isMomentary(Fault fault) {
    return fault instanceof Failure
        || fault instanceof Hold
        || fault instanceof Delay
        || fault instanceof Unchecked
        || fault instanceof OutcomeUnknown
        || (fault instanceof Sequence all && all.parts.stream().allMatch(Effect::isMomentary));
  }

  /** Whether the fault can happen to that operation. */
  static boolean suits(Fault fault, Operation operation) {
    if (fault instanceof Sequence all) {
      return all.parts.stream().allMatch(part -> suits(part, operation));
    }
    if (fault instanceof OnPage || fault instanceof HideOne) {
      return operation == Operation.LIST;
    }
    if (fault instanceof HideCreated || fault instanceof SlowBoot) {
      return operation == Operation.CREATE;
    }
    if (fault instanceof BreakSsh) {
      return EnumSet.of(Operation.CREATE, Operation.SSH).contains(operation);
    }
    return operation != Operation.SSH;
  }

  /** The parts of a sequence, or the fault itself. */
  static List<Fault> parts(Fault fault) {
    return fault instanceof Sequence all ? all.parts : List.of(fault);
  }

  private static Duration notNegative(Duration span) {
    if (span.isNegative()) {
      throw new IllegalArgumentException("the span " + span + " is negative");
    }
    return span;
  }

  /** One after the other; flat. */
  record Sequence(List<Fault> parts) implements Effect {
    static Sequence of(List<Fault> faults) {
      return new Sequence(faults.stream().flatMap(each -> Effect.parts(each).stream()).toList());
    }

    @Override
    public String toString() {
      return parts.isEmpty()
          ? "nothing"
          : parts.stream().map(Object::toString).collect(Collectors.joining(", then "));
    }
  }

  record Unchecked(Supplier<? extends RuntimeException> exception) implements Effect {
    public Unchecked {
      Objects.requireNonNull(exception, "exception");
    }

    @Override
    public String toString() {
      return "unchecked exception";
    }
  }

  record OutcomeUnknown() implements Effect {
    @Override
    public String toString() {
      return "outcome unknown";
    }
  }

  record Delay(Duration span) implements Effect {
    public Delay {
      notNegative(span);
    }

    @Override
    public String toString() {
      return "delay of " + span;
    }
  }

  record AfterCommit(Fault fault) implements Effect {
    static AfterCommit of(Fault fault) {
      if (!isMomentary(fault)
          || Effect.parts(fault).stream().anyMatch(part -> part instanceof Failure)) {
        throw new IllegalArgumentException("\"" + fault + "\" cannot happen after the commit");
      }
      return new AfterCommit(fault);
    }

    @Override
    public String toString() {
      return fault + " after the commit";
    }
  }

  record OnPage(int page, Fault fault) implements Effect {
    static OnPage of(int page, Fault fault) {
      if (page < 1) {
        throw new IllegalArgumentException("the first page is 1, not " + page);
      }
      if (!isMomentary(fault)) {
        throw new IllegalArgumentException("\"" + fault + "\" cannot happen on a page of a list");
      }
      return new OnPage(page, fault);
    }

    @Override
    public String toString() {
      return fault + " on page " + page;
    }
  }

  record HideCreated(int lists) implements Effect {
    public HideCreated {
      if (lists < 1) {
        throw new IllegalArgumentException("an instance cannot miss from " + lists + " lists");
      }
    }

    @Override
    public String toString() {
      return "created instance dropped from the next " + lists + " lists";
    }
  }

  record HideOne(InstanceId instance) implements Effect {
    public HideOne {
      Objects.requireNonNull(instance, "instance");
    }

    @Override
    public String toString() {
      return instance + " dropped from a list";
    }
  }

  record SlowBoot(Duration extra) implements Effect {
    public SlowBoot {
      notNegative(extra);
    }

    @Override
    public String toString() {
      return "boot slower by " + extra;
    }
  }

  record BreakSsh(SshFault how) implements Effect {
    public BreakSsh {
      Objects.requireNonNull(how, "how");
    }

    @Override
    public String toString() {
      return "SSH broken: " + how;
    }
  }

  /** The operations that the fault is for, for a message. */
  static String suitable(Fault fault) {
    return Stream.of(Operation.values())
        .filter(operation -> suits(fault, operation))
        .map(Operation::name)
        .collect(Collectors.joining(", "));
  }
}
