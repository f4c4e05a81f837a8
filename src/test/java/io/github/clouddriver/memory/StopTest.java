package io.github.clouddriver.memory;

import static io.github.clouddriver.memory.Sets.A;
import static io.github.clouddriver.memory.Sets.B;
import static io.github.clouddriver.memory.Sets.MINUTE;
import static io.github.clouddriver.memory.Sets.START;
import static io.github.clouddriver.memory.Sets.cloud;
import static io.github.clouddriver.memory.Sets.create;
import static io.github.clouddriver.memory.Sets.list;
import static io.github.clouddriver.memory.Sets.listed;
import static io.github.clouddriver.memory.Sets.newKey;
import static io.github.clouddriver.memory.Sets.open;
import static io.github.clouddriver.memory.Sets.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.clouddriver.CreateRequest;
import io.github.clouddriver.Instance;
import io.github.clouddriver.InstanceSet;
import io.github.clouddriver.InstanceTags;
import io.github.clouddriver.SharedResourceTags;
import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.error.OutcomeUnknownException;
import io.github.clouddriver.error.StoppedException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.NOPLogger;

/** What stop() and an interrupt do to the calls of a set (clauses S9, S12). */
class StopTest {
  private final ManualClock clock = ManualClock.at(START);
  private final MemoryCloud cloud = cloud().clock(clock).pageSize(1).build();
  private InstanceSet set;
  private Instance made;

  @BeforeEach
  void openASetWithAnInstance() throws Exception {
    set = open(cloud, A);
    made = create(set);
  }

  @AfterEach
  void close() {
    cloud.close();
  }

  @Test
  void S9_stopDestroysNothingAndEndsRemoteCallsButNotWhatIsPure() throws Exception {
    set.stop();
    set.stop();
    set.close();
    assertThat(cloud.instances()).hasSize(1);
    for (ThrowingCallable remote :
        new ThrowingCallable[] {
          () -> create(set),
          () -> list(set),
          () -> made.setTags(InstanceTags.empty()),
          () -> made.destroy()
        }) {
      assertThatThrownBy(remote)
          .isExactlyInstanceOf(StoppedException.class)
          .hasMessageContaining("stopped");
    }
    assertThat(made.id().value()).startsWith("i-");
    assertThat(made.tags()).isEqualTo(InstanceTags.empty());
    assertThat(made.providerType()).isEqualTo("m5.large");
    assertThat(made.remoteUser()).isEqualTo("admin");
    assertThat(made.priceHistory(Sets.SMALL)).isNotEmpty();
    assertThat(set.instanceQuotaGroup(Sets.SMALL)).hasToString("m5-on-demand");
    assertThat(set.capabilities()).isNotEmpty();
    assertThat(set.listLag()).isZero();
    assertThat(listed(open(cloud, A))).containsExactly(made.id());
  }

  @Test
  void S9_aHeldCreateEndsWithAnUnknownOutcomeOnStop() throws Exception {
    assertUnknownOnStop(Operation.CREATE, Fault.hold(), () -> create(set));
  }

  @Test
  void S9_aCreateWhoseAnswerIsHeldEndsWithAnUnknownOutcomeOnStop() throws Exception {
    Hold hold = Fault.hold();
    cloud.faults().add(Operation.CREATE, Fault.afterCommit(hold));
    InThread<Instance> call = InThread.heldBy(hold, () -> create(set));
    set.stop();
    assertThat(call.failure(Duration.ofSeconds(5)))
        .isExactlyInstanceOf(OutcomeUnknownException.class);
    assertThat(cloud.instances()).as("it had been committed").hasSize(2);
  }

  @Test
  void S9_aCreateWhoseKeyUploadIsHeldEndsWithAnUnknownOutcomeOnStop() throws Exception {
    CreateRequest withKey = request(Sets.SMALL).toBuilder().publicKey(newKey()).build();
    assertUnknownOnStop(Operation.KEY_UPLOAD, Fault.hold(), () -> set.create(withKey));
  }

  private void assertUnknownOnStop(Operation operation, Hold hold, Callable<Instance> create)
      throws Exception {
    cloud.faults().add(operation, hold);
    InThread<Instance> call = InThread.heldBy(hold, create);
    set.stop();
    assertThat(call.failure(Duration.ofSeconds(5)))
        .isExactlyInstanceOf(OutcomeUnknownException.class);
    assertThat(cloud.instances()).hasSize(1);
  }

  @Test
  void S9_otherHeldCallsEndAsPlainCloudExceptionsOnStop() throws Exception {
    Hold[] holds = {Fault.hold(), Fault.hold(), Fault.hold(), Fault.hold()};
    cloud.faults().add(Operation.LIST, holds[0], Fault.failPage(1, holds[1]));
    cloud.faults().add(Operation.SET_TAGS, holds[2]);
    cloud.faults().add(Operation.DESTROY, holds[3]);
    InThread<?>[] calls = {
      InThread.heldBy(holds[0], () -> list(set)),
      InThread.heldBy(holds[1], () -> list(set)),
      InThread.heldBy(
          holds[2],
          () -> {
            made.setTags(InstanceTags.of("x", "y"));
            return null;
          }),
      InThread.heldBy(
          holds[3],
          () -> {
            made.destroy();
            return null;
          })
    };
    set.stop();
    for (InThread<?> call : calls) {
      assertThat(call.failure(Duration.ofSeconds(5))).isExactlyInstanceOf(CloudException.class);
    }
    assertThat(cloud.instances())
        .singleElement()
        .satisfies(left -> assertThat(left.tags().isEmpty()).isTrue());
  }

  @Test
  void S9_aDelayedCreateEndsOnStopThoughTheClockStandsStill() throws Exception {
    cloud.faults().add(Operation.CREATE, Fault.delay(MINUTE));
    InThread<Instance> call = InThread.start(() -> create(set));
    clock.awaitWaiting(1, Sets.PATIENCE);
    set.stop();
    assertThat(call.failure(Duration.ofSeconds(5)))
        .isExactlyInstanceOf(OutcomeUnknownException.class);
  }

  @Test
  void S9_stoppingOneSetLeavesTheOthersAlone() throws Exception {
    InstanceSet sameId = open(cloud, A);
    Hold hold = Fault.hold();
    cloud.faults().add(Operation.LIST, hold);
    InThread<List<Instance>> call = InThread.heldBy(hold, () -> list(sameId));
    set.stop();
    hold.release();
    assertThat(call.result()).hasSize(1);
    create(sameId);
  }

  @Test
  void aSetWhoseOpeningIsHeldStopsWithItsCloud() throws Exception {
    Hold hold = Fault.hold();
    cloud.faults().add(Operation.OPEN, hold);
    InThread<InstanceSet> call = InThread.heldBy(hold, () -> open(cloud, B));
    cloud.close();
    assertThat(call.failure(Duration.ofSeconds(5))).isExactlyInstanceOf(CloudException.class);
  }

  @Test
  void closingTheCloudStopsItsSetsAndEndsEverything() throws Exception {
    Hold hold = Fault.hold();
    cloud.faults().add(Operation.CREATE, hold);
    CreateRequest withKey = request(Sets.SMALL).toBuilder().publicKey(newKey()).build();
    InThread<Instance> call = InThread.heldBy(hold, () -> set.create(withKey));
    assertThat(cloud.keyPairs()).hasSize(1);
    cloud.close();
    cloud.close();
    assertThat(call.failure(Duration.ofSeconds(5))).isInstanceOf(OutcomeUnknownException.class);
    assertThat(cloud.instances()).isEmpty();
    assertThat(cloud.keyPairs()).isEmpty();
    assertThat(made.address()).isEmpty();
    assertThatThrownBy(() -> list(set)).isInstanceOf(StoppedException.class);
    assertThatThrownBy(() -> open(cloud, A))
        .isInstanceOf(CloudException.class)
        .hasMessageContaining("is closed");
  }

  @Test
  void S12_anInterruptEndsAHeldOrDelayedCallWithinASecond() throws Exception {
    for (Operation operation : new Operation[] {Operation.CREATE, Operation.LIST}) {
      Hold hold = Fault.hold();
      cloud.faults().add(operation, hold, Fault.delay(MINUTE));
      Callable<Object> body = operation == Operation.CREATE ? () -> create(set) : () -> list(set);
      InThread<Object> held = InThread.heldBy(hold, body);
      held.interrupt();
      assertThat(held.failure(Duration.ofSeconds(1)))
          .isExactlyInstanceOf(InterruptedException.class);
      InThread<Object> delayed = InThread.start(body);
      clock.awaitWaiting(1, Sets.PATIENCE);
      delayed.interrupt();
      assertThat(delayed.failure(Duration.ofSeconds(1)))
          .isExactlyInstanceOf(InterruptedException.class);
    }
    assertThat(cloud.instances()).hasSize(1);
    assertThatCode(() -> create(set)).doesNotThrowAnyException();
  }

  @Test
  void S12_aCallOnAnInterruptedThreadIsNotMade() throws Exception {
    InThread<Instance> call =
        InThread.start(
            () -> {
              Thread.currentThread().interrupt();
              return create(set);
            });
    assertThat(call.failure(Duration.ofSeconds(1))).isExactlyInstanceOf(InterruptedException.class);
    assertThat(cloud.instances()).hasSize(1);
  }

  @Test
  void aReleasedHoldAndADelayThatIsOverLetTheCallGoOn() throws Exception {
    Hold hold = Fault.hold();
    cloud.faults().add(Operation.CREATE, hold, Fault.delay(MINUTE));
    InThread<Instance> held = InThread.heldBy(hold, () -> create(set));
    hold.release();
    InThread<Instance> delayed = InThread.start(() -> create(set));
    clock.awaitWaiting(1, Sets.PATIENCE);
    clock.advance(MINUTE);
    assertThat(listed(set)).hasSizeGreaterThanOrEqualTo(1);
    assertThat(listed(open(cloud, A))).contains(made.id());
    assertThat(List.of(held.result().id(), delayed.result().id()))
        .doesNotHaveDuplicates()
        .isSubsetOf(listed(set));
  }

  @Test
  void onASystemClockAShortDelayEndsByItself() throws Exception {
    try (MemoryCloud real = cloud().build()) {
      InstanceSet other =
          real.driver()
              .instanceSet(
                  null,
                  A,
                  SharedResourceTags.empty(),
                  NOPLogger.NOP_LOGGER,
                  new SimpleMeterRegistry());
      real.faults().add(Operation.LIST, Fault.delay(Duration.ofMillis(30)));
      assertThat(list(other)).isEmpty();
    }
  }
}
