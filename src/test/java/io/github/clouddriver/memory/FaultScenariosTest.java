package io.github.clouddriver.memory;

import static io.github.clouddriver.memory.Sets.A;
import static io.github.clouddriver.memory.Sets.B;
import static io.github.clouddriver.memory.Sets.IMAGE;
import static io.github.clouddriver.memory.Sets.MINUTE;
import static io.github.clouddriver.memory.Sets.PATIENCE;
import static io.github.clouddriver.memory.Sets.SMALL;
import static io.github.clouddriver.memory.Sets.START;
import static io.github.clouddriver.memory.Sets.cloud;
import static io.github.clouddriver.memory.Sets.create;
import static io.github.clouddriver.memory.Sets.listed;
import static io.github.clouddriver.memory.Sets.newKey;
import static io.github.clouddriver.memory.Sets.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.clouddriver.CreateRequest;
import io.github.clouddriver.Instance;
import io.github.clouddriver.InstanceSet;
import io.github.clouddriver.InstanceTags;
import io.github.clouddriver.error.CapacityError;
import io.github.clouddriver.error.CapacityScope;
import io.github.clouddriver.error.CloudErrors;
import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.error.OutcomeUnknownException;
import io.github.clouddriver.error.QuotaError;
import io.github.clouddriver.error.RateLimitError;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What each scripted fault looks like to the caller of each operation, and what it leaves. */
class FaultScenariosTest {
  private static final InstanceTags BEFORE = InstanceTags.of("state", "before");
  private static final InstanceTags AFTER = InstanceTags.of("state", "after");

  private final ManualClock clock = ManualClock.at(START);
  private final MemoryCloud cloud = cloud().clock(clock).build();
  private final Faults faults = cloud.faults();
  private InstanceSet set;
  private Instance existing;

  @BeforeEach
  void oneInstanceExists() throws Exception {
    set = open(cloud, A);
    existing = set.create(CreateRequest.builder(SMALL, IMAGE).tags(BEFORE).build());
  }

  @AfterEach
  void everyFaultHasHappened() {
    assertThat(faults.pending()).isEmpty();
    cloud.close();
  }

  private Callable<?> call(Operation operation) {
    return switch (operation) {
      case OPEN -> () -> open(cloud, B);
      case CREATE -> () -> create(set);
      case KEY_UPLOAD ->
          () -> set.create(CreateRequest.builder(SMALL, IMAGE).publicKey(newKey()).build());
      case LIST -> () -> listed(set);
      case SET_TAGS ->
          () -> {
            existing.setTags(AFTER);
            return existing;
          };
      case DESTROY ->
          () -> {
            existing.destroy();
            return existing;
          };
      case VERIFY_HOST_KEY, SSH -> throw new IllegalArgumentException("not of this test");
    };
  }

  private void assertNothingWasDone() {
    assertThat(cloud.instances())
        .singleElement()
        .satisfies(left -> assertThat(left.id()).isEqualTo(existing.id()))
        .satisfies(left -> assertThat(left.tags()).isEqualTo(BEFORE));
    assertThat(cloud.keyPairs()).isEmpty();
  }

  /** What a failure must be found as; null where it must not be. */
  private record Classes(boolean rateLimit, boolean quota, @Nullable CapacityScope capacity) {
    static Classes of(Throwable t) {
      return new Classes(
          CloudErrors.find(t, RateLimitError.class).isPresent(),
          CloudErrors.find(t, QuotaError.class).isPresent(),
          CloudErrors.find(t, CapacityError.class).map(CapacityError::scope).orElse(null));
    }
  }

  static Stream<Arguments> failuresOfEveryOperation() {
    List<Arguments> all = new ArrayList<>();
    for (Operation operation : Operation.values()) {
      if (operation == Operation.SSH || operation == Operation.VERIFY_HOST_KEY) {
        continue; // no call of a set to its provider; InstanceSshTest and HostKeyTest break these
      }
      all.add(failure(operation, Fault.error("down"), false, false, null));
      all.add(failure(operation, Fault.rateLimit(MINUTE), true, false, null));
      all.add(failure(operation, Fault.quota(), false, true, null));
      all.add(failure(operation, Fault.quotaThatIsNone(), false, false, null));
      for (CapacityScope scope : CapacityScope.values()) {
        all.add(failure(operation, Fault.capacity(scope), false, false, scope));
      }
      all.add(failure(operation, Fault.capacityThatIsNone(), false, false, null));
      Failure threefold =
          Fault.rateLimit(MINUTE).and(Fault.quota()).and(Fault.capacity(CapacityScope.QUOTA_GROUP));
      all.add(failure(operation, threefold, true, true, CapacityScope.QUOTA_GROUP));
    }
    return all.stream();
  }

  private static Arguments failure(
      Operation operation,
      Failure failure,
      boolean rateLimit,
      boolean quota,
      @Nullable CapacityScope capacity) {
    return Arguments.of(operation, failure, new Classes(rateLimit, quota, capacity));
  }

  @ParameterizedTest
  @MethodSource("failuresOfEveryOperation")
  void X4_everyOperationRaisesEveryClassDoesNothingAndThenWorks(
      Operation operation, Failure failure, Classes classes) throws Exception {
    faults.add(operation, failure.retryAfter(MINUTE));
    clock.advance(MINUTE);
    Throwable thrown = catchThrowable(() -> call(operation).call());
    assertThat(thrown)
        .isInstanceOf(CloudException.class)
        .isNotInstanceOf(OutcomeUnknownException.class);
    assertThat(Classes.of(new IllegalStateException(thrown))).isEqualTo(classes);
    assertThat(((CloudException) thrown).retryAt()).contains(START.plus(MINUTE).plus(MINUTE));
    assertThat(((CloudException) thrown).requestId()).isPresent();
    assertNothingWasDone();
    call(operation).call();
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"SSH", "VERIFY_HOST_KEY"})
  void anUncheckedExceptionComesThroughEveryOperation(Operation operation) throws Exception {
    faults.add(operation, Fault.unchecked(() -> new ArithmeticException("a driver's bug")));
    assertThatThrownBy(() -> call(operation).call()).hasMessage("a driver's bug");
    assertNothingWasDone();
    call(operation).call();
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"SSH", "VERIFY_HOST_KEY"})
  void aDelayOnTheWayThereDelaysWhatIsDone(Operation operation) throws Exception {
    faults.add(operation, Fault.delay(MINUTE));
    InThread<?> call = InThread.start(call(operation));
    clock.awaitWaiting(1, PATIENCE);
    assertNothingWasDone();
    clock.advance(MINUTE);
    call.result();
  }

  @ParameterizedTest
  @EnumSource(names = {"CREATE", "SET_TAGS", "DESTROY", "KEY_UPLOAD"})
  void aDelayOnTheWayBackShowsOthersWhatIsDone(Operation operation) throws Exception {
    faults.add(operation, Fault.afterCommit(Fault.delay(MINUTE)));
    InThread<?> call = InThread.start(call(operation));
    clock.awaitWaiting(1, PATIENCE);
    switch (operation) {
      case CREATE -> assertThat(listed(set)).hasSize(2);
      case SET_TAGS -> assertThat(cloud.instances().get(0).tags()).isEqualTo(AFTER);
      case DESTROY -> assertThat(listed(set)).isEmpty();
      default -> {
        assertThat(cloud.keyPairs()).hasSize(1);
        assertThat(listed(set)).as("created only once the upload has returned").hasSize(1);
      }
    }
    clock.advance(MINUTE);
    call.result();
  }

  @Test
  void faultsHitTheCallsOfAllSetsAlike() throws Exception {
    InstanceSet twin = open(cloud, A);
    InstanceSet other = open(cloud, B);
    faults.add(Operation.LIST, Fault.error("one"), Fault.error("two"), Fault.error("three"));
    assertThatThrownBy(() -> listed(other)).hasMessageContaining("one");
    assertThatThrownBy(() -> listed(twin)).hasMessageContaining("two");
    assertThatThrownBy(() -> listed(set)).hasMessageContaining("three");
    assertThat(listed(twin)).containsExactly(existing.id());
  }

  @Test
  void aStandingFaultLastsUntilItIsCleared() {
    faults.always(Operation.DESTROY, Fault.error("locked"));
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(existing::destroy).hasMessageContaining("locked");
    }
    assertNothingWasDone();
    faults.clear();
    assertThat(catchThrowable(existing::destroy)).isNull();
    assertThat(cloud.instances()).isEmpty();
  }

  @Test
  void aCreateMayBeSlowRefusedAndHiddenAllAtOnce() throws Exception {
    faults.add(
        Operation.CREATE,
        Fault.delay(MINUTE).then(Fault.quota()),
        Fault.slowBoot(MINUTE)
            .then(Fault.dropFromNextLists(1))
            .then(Fault.outcomeUnknownAfterCommit()));
    InThread<?> refused = InThread.start(call(Operation.CREATE));
    clock.awaitWaiting(1, PATIENCE);
    clock.advance(MINUTE);
    assertThat(refused.failure()).isInstanceOf(QuotaError.class);
    assertThatThrownBy(() -> create(set)).isInstanceOf(OutcomeUnknownException.class);
    assertThat(listed(set)).as("the list that misses it").containsExactly(existing.id());
    assertThat(listed(set)).as("why one empty answer proves nothing").hasSize(2);
  }
}
