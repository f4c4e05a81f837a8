package io.github.clouddriver.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.clouddriver.InstanceId;
import io.github.clouddriver.error.CapacityScope;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FaultTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final InstanceId ID = InstanceId.of("i-1");
  private static final Set<Operation> ALL = EnumSet.allOf(Operation.class);
  private static final Set<Operation> CALLS = EnumSet.complementOf(EnumSet.of(Operation.SSH));
  private static final Set<Operation> CREATE = EnumSet.of(Operation.CREATE);
  private static final Set<Operation> LIST = EnumSet.of(Operation.LIST);

  static Stream<Arguments> faultsAndOperations() {
    return Stream.of(
        Arguments.of(Fault.none(), ALL),
        Arguments.of(Fault.error("x"), CALLS),
        Arguments.of(Fault.rateLimit(SECOND), CALLS),
        Arguments.of(Fault.quota(), CALLS),
        Arguments.of(Fault.quotaThatIsNone(), CALLS),
        Arguments.of(Fault.capacity(CapacityScope.ALL), CALLS),
        Arguments.of(Fault.capacityThatIsNone(), CALLS),
        Arguments.of(Fault.unchecked(IllegalStateException::new), CALLS),
        Arguments.of(Fault.outcomeUnknownBeforeCommit(), CALLS),
        Arguments.of(Fault.outcomeUnknownAfterCommit(), CALLS),
        Arguments.of(Fault.delay(SECOND), CALLS),
        Arguments.of(Fault.hold(), CALLS),
        Arguments.of(Fault.afterCommit(Fault.hold()), CALLS),
        Arguments.of(Fault.failPage(2, Fault.error("x")), LIST),
        Arguments.of(Fault.drop(ID), LIST),
        Arguments.of(Fault.dropFromNextLists(2), CREATE),
        Arguments.of(Fault.slowBoot(SECOND), CREATE),
        Arguments.of(Fault.breakSsh(SshFault.STALL), EnumSet.of(Operation.CREATE, Operation.SSH)),
        Arguments.of(Fault.delay(SECOND).then(Fault.drop(ID)), LIST),
        Arguments.of(Fault.slowBoot(SECOND).then(Fault.drop(ID)), EnumSet.noneOf(Operation.class)));
  }

  @ParameterizedTest
  @MethodSource("faultsAndOperations")
  void isTakenForTheOperationsItCanHappenTo(Fault fault, Set<Operation> operations) {
    Faults faults = new Faults(new CloudTime(InstantSource.system()));
    for (Operation operation : Operation.values()) {
      List<ThrowingCallable> ways =
          List.of(
              () -> faults.add(operation, fault),
              () -> faults.always(operation, fault),
              () -> new FaultChance(operation, 0.5, fault));
      for (ThrowingCallable way : ways) {
        if (operations.contains(operation)) {
          assertThatCode(way).doesNotThrowAnyException();
        } else {
          assertThatThrownBy(way)
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessageContaining("cannot happen to " + operation);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("faultsAndOperations")
  void readsWellInAMessage(Fault fault, Set<Operation> operations) {
    assertThat(fault.toString()).isNotEmpty().doesNotContain("@").doesNotContain("Effect");
  }

  @Test
  void aRefusalNamesTheOperationsThatWouldDo() {
    Faults faults = new Faults(new CloudTime(InstantSource.system()));
    assertThatThrownBy(() -> faults.add(Operation.LIST, Fault.breakSsh(SshFault.REFUSE)))
        .hasMessage("\"SSH broken: REFUSE\" cannot happen to LIST; it is for CREATE, SSH");
  }

  @Test
  void joinedFaultsAreOneFlatSequence() {
    Fault joined = Fault.delay(SECOND).then(Fault.none()).then(Fault.hold().then(Fault.quota()));
    assertThat(Effect.parts(joined)).hasSize(3);
    assertThat(joined.toString()).startsWith("delay of PT1S, then hold, then failure[");
    assertThat(Fault.none()).hasToString("nothing");
  }

  static Stream<ThrowingCallable> mistakes() {
    return Stream.of(
        () -> Fault.delay(Duration.ofNanos(-1)),
        () -> Fault.slowBoot(Duration.ofNanos(-1)),
        () -> Fault.dropFromNextLists(0),
        () -> Fault.failPage(0, Fault.error("x")),
        () -> Fault.failPage(1, Fault.drop(ID)),
        () -> Fault.failPage(1, Fault.outcomeUnknownAfterCommit()),
        () -> Fault.afterCommit(Fault.quota()),
        () -> Fault.afterCommit(Fault.hold().then(Fault.error("x"))),
        () -> Fault.afterCommit(Fault.slowBoot(SECOND)),
        () -> new FaultChance(Operation.LIST, 1.01, Fault.none()),
        () -> new FaultChance(Operation.LIST, -0.01, Fault.none()),
        () -> new FaultChance(Operation.LIST, Double.NaN, Fault.none()));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aFaultThatMakesNoSenseIsRefused(ThrowingCallable mistake) {
    assertThatThrownBy(mistake).isInstanceOf(IllegalArgumentException.class);
  }
}
