package io.github.clouddriver.memory;

import static io.github.clouddriver.memory.Sets.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.clouddriver.InstanceId;
import io.github.clouddriver.error.CapacityScope;
import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.error.OutcomeUnknownException;
import io.github.clouddriver.error.QuotaException;
import io.github.clouddriver.error.RateLimitException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FaultCallTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final InstanceId ONE = InstanceId.of("i-1");
  private static final InstanceId TWO = InstanceId.of("i-2");

  private final ManualClock clock = ManualClock.at(START);
  private final Faults faults = new Faults(new CloudTime(clock));
  private final StopSignal stop = new StopSignal();
  private final AtomicInteger commits = new AtomicInteger();

  /** A call as the account makes it; the number of commits so far. */
  private int call(Operation operation) throws CloudException, InterruptedException {
    return faults.around(operation, stop, commits::incrementAndGet);
  }

  @Test
  void withoutAFaultTheCommitIsAllThereIs() throws Exception {
    assertThat(call(Operation.CREATE)).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SSH")
  void aFailureStopsAnyOperationBeforeItsCommit(Operation operation) {
    faults.add(operation, Fault.quota());
    assertThatThrownBy(() -> call(operation)).isExactlyInstanceOf(QuotaException.class);
    assertThat(commits).hasValue(0);
  }

  @Test
  void theRetryTimeCountsFromTheMomentOfTheFailure() {
    faults.add(Operation.CREATE, Fault.rateLimit(SECOND));
    clock.advance(Duration.ofHours(1));
    assertThatThrownBy(() -> call(Operation.CREATE))
        .isInstanceOfSatisfying(
            RateLimitException.class,
            e -> assertThat(e.earliestRetry()).isEqualTo(START.plusSeconds(3601)));
  }

  @Test
  void aRepeatedFaultRaisesNewExceptionsWithRequestIdsOfTheirOwn() {
    faults.always(Operation.CREATE, Fault.error("again"));
    CloudException first = assertThrows(CloudException.class, () -> call(Operation.CREATE));
    CloudException second = assertThrows(CloudException.class, () -> call(Operation.CREATE));
    assertThat(first).isNotSameAs(second);
    assertThat(first.requestId()).isPresent().isNotEqualTo(second.requestId());
  }

  @Test
  void anUncheckedExceptionIsRaisedAsItIs() {
    faults.add(Operation.DESTROY, Fault.unchecked(() -> new ArithmeticException("bug")));
    assertThatThrownBy(() -> call(Operation.DESTROY)).isInstanceOf(ArithmeticException.class);
    assertThat(commits).hasValue(0);
  }

  @Test
  void aLostRequestIsNotCarriedOutAndALostAnswerIs() {
    faults.add(
        Operation.CREATE, Fault.outcomeUnknownBeforeCommit(), Fault.outcomeUnknownAfterCommit());
    assertThatThrownBy(() -> call(Operation.CREATE)).isInstanceOf(OutcomeUnknownException.class);
    assertThat(commits).hasValue(0);
    assertThatThrownBy(() -> call(Operation.CREATE)).isInstanceOf(OutcomeUnknownException.class);
    assertThat(commits).hasValue(1);
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"SSH", "CREATE"})
  void onlyACreateIsSaidToBeUnknown(Operation operation) {
    faults.add(operation, Fault.outcomeUnknownAfterCommit());
    assertThatThrownBy(() -> call(operation)).isExactlyInstanceOf(CloudException.class);
    assertThat(commits).hasValue(1);
  }

  @Test
  void aDelayFollowsTheClockAndThenTheCallWorks() throws Exception {
    faults.add(Operation.LIST, Fault.delay(SECOND));
    InThread<Integer> call = InThread.start(() -> call(Operation.LIST));
    clock.awaitWaiting(1, PATIENCE);
    assertThat(commits).hasValue(0);
    clock.advance(SECOND);
    assertThat(call.result()).isEqualTo(1);
  }

  @Test
  void faultsInTurnAllHitTheOneCall() throws Exception {
    Hold hold = Fault.hold();
    faults.add(Operation.CREATE, hold.then(Fault.delay(SECOND)).then(Fault.quota()));
    InThread<Integer> call = InThread.start(() -> call(Operation.CREATE));
    hold.awaitReached(PATIENCE);
    hold.release();
    clock.awaitWaiting(1, PATIENCE);
    clock.advance(SECOND);
    assertThat(call.failure()).isInstanceOf(QuotaException.class);
    assertThat(call(Operation.CREATE)).isEqualTo(1);
  }

  @Test
  void anAnswerCanBeHeldAfterTheCommit() throws Exception {
    Hold hold = Fault.hold();
    faults.add(Operation.SET_TAGS, Fault.afterCommit(hold.then(Fault.delay(SECOND))));
    InThread<Integer> call = InThread.start(() -> call(Operation.SET_TAGS));
    hold.awaitReached(PATIENCE);
    assertThat(commits).hasValue(1);
    hold.release();
    clock.awaitWaiting(1, PATIENCE);
    clock.advance(SECOND);
    assertThat(call.result()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"CREATE", "KEY_UPLOAD"})
  void aCreateCutShortByAStopIsUnknown(Operation operation) throws Exception {
    faults.add(operation, Fault.hold());
    InThread<Integer> call = InThread.start(() -> call(operation));
    call.awaitWaiting();
    stop.stop();
    assertThat(call.failure()).isInstanceOf(OutcomeUnknownException.class);
    assertThat(commits).hasValue(0);
  }

  @ParameterizedTest
  @EnumSource(names = {"LIST", "SET_TAGS", "DESTROY", "OPEN", "VERIFY_HOST_KEY"})
  void anyOtherCallCutShortByAStopFailsPlainly(Operation operation) throws Exception {
    faults.add(operation, Fault.afterCommit(Fault.delay(SECOND)));
    InThread<Integer> call = InThread.start(() -> call(operation));
    clock.awaitWaiting(1, PATIENCE);
    stop.stop();
    assertThat(call.failure()).isExactlyInstanceOf(CloudException.class);
  }

  @Test
  void anInterruptEndsAHeldCall() throws Exception {
    faults.add(Operation.DESTROY, Fault.hold());
    InThread<Integer> call = InThread.start(() -> call(Operation.DESTROY));
    call.awaitWaiting().interrupt();
    assertThat(call.failure(Duration.ofSeconds(1))).isInstanceOf(InterruptedException.class);
  }

  @Test
  void aPageFaultHitsItsPageOnly() throws Exception {
    faults.add(Operation.LIST, Fault.failPage(2, Fault.capacity(CapacityScope.ALL)));
    FaultCall call = faults.begin(Operation.LIST, stop);
    call.beforeCommit();
    call.page(1);
    assertThatThrownBy(() -> call.page(2))
        .isInstanceOf(CloudException.class)
        .hasMessageContaining("LIST");
    call.page(3);
    call.afterCommit();
  }

  @Test
  void aPageCanBeHeldWhileSomethingHappens() throws Exception {
    Hold hold = Fault.hold();
    faults.add(Operation.LIST, Fault.failPage(1, hold.then(Fault.error("late"))));
    FaultCall call = faults.begin(Operation.LIST, stop);
    InThread<Void> page =
        InThread.start(
            () -> {
              call.page(1);
              return null;
            });
    hold.awaitReached(PATIENCE);
    hold.release();
    assertThat(page.failure()).hasMessageContaining("late");
  }

  @Test
  void aCreatedInstanceMissesFromTheNextListsOnly() {
    faults.add(Operation.CREATE, Fault.dropFromNextLists(2));
    faults.begin(Operation.CREATE, stop).created(ONE);
    faults.begin(Operation.CREATE, stop).created(TWO);
    for (boolean hidden : new boolean[] {true, true, false, false}) {
      FaultCall list = faults.begin(Operation.LIST, stop);
      assertThat(list.hides(ONE)).isEqualTo(hidden);
      assertThat(list.hides(TWO)).isFalse();
    }
  }

  @Test
  void oneListLeavesOutOneInstance() {
    faults.add(Operation.LIST, Fault.drop(ONE).then(Fault.drop(TWO)), Fault.drop(TWO));
    FaultCall first = faults.begin(Operation.LIST, stop);
    assertThat(first.hides(ONE)).isTrue();
    assertThat(first.hides(TWO)).isTrue();
    FaultCall second = faults.begin(Operation.LIST, stop);
    assertThat(second.hides(ONE)).isFalse();
    assertThat(second.hides(TWO)).isTrue();
    assertThat(faults.begin(Operation.LIST, stop).hides(TWO)).isFalse();
  }

  @Test
  void aSlowBootAddsUp() {
    faults.add(Operation.CREATE, Fault.slowBoot(SECOND).then(Fault.slowBoot(SECOND)));
    assertThat(faults.begin(Operation.CREATE, stop).slowBoot()).isEqualTo(Duration.ofSeconds(2));
    assertThat(faults.begin(Operation.CREATE, stop).slowBoot()).isZero();
  }

  @Test
  void sshIsBrokenForTheNextConnectionOrForOneInstance() {
    faults.add(Operation.CREATE, Fault.breakSsh(SshFault.REJECT_LOGIN));
    faults.begin(Operation.CREATE, stop).created(ONE);
    faults.add(Operation.SSH, Fault.breakSsh(SshFault.STALL), Fault.none());
    assertThat(faults.sshFault(TWO)).contains(SshFault.STALL);
    assertThat(faults.sshFault(TWO)).isEmpty();
    assertThat(faults.sshFault(ONE)).contains(SshFault.REJECT_LOGIN);
    assertThat(faults.sshFault(ONE)).contains(SshFault.REJECT_LOGIN);
    assertThat(faults.sshFault(TWO)).isEmpty();
    faults.breakSsh(TWO, SshFault.STALL);
    faults.breakSsh(TWO, SshFault.REFUSE);
    assertThat(faults.sshFault(TWO)).contains(SshFault.REFUSE);
    faults.repairSsh(TWO);
    assertThat(faults.sshFault(TWO)).isEmpty();
    assertThat(faults.sshFault(ONE)).contains(SshFault.REJECT_LOGIN);
    faults.clear();
    assertThat(faults.sshFault(ONE)).isEmpty();
  }
}
