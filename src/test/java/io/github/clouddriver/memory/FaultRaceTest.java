package io.github.clouddriver.memory;

import static io.github.clouddriver.memory.Sets.A;
import static io.github.clouddriver.memory.Sets.B;
import static io.github.clouddriver.memory.Sets.PATIENCE;
import static io.github.clouddriver.memory.Sets.cloud;
import static io.github.clouddriver.memory.Sets.create;
import static io.github.clouddriver.memory.Sets.ids;
import static io.github.clouddriver.memory.Sets.list;
import static io.github.clouddriver.memory.Sets.listed;
import static io.github.clouddriver.memory.Sets.newKey;
import static io.github.clouddriver.memory.Sets.open;
import static io.github.clouddriver.memory.Sets.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.clouddriver.Instance;
import io.github.clouddriver.InstanceId;
import io.github.clouddriver.InstanceSet;
import io.github.clouddriver.InstanceTags;
import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.error.OutcomeUnknownException;
import io.github.clouddriver.error.QuotaError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Races that a hold gives one outcome. */
class FaultRaceTest {
  private final MemoryCloud cloud = cloud().pageSize(2).quota(5).build();
  private final Hold hold = Fault.hold();
  private InstanceSet set;
  private Instance existing;

  @BeforeEach
  void oneInstanceExists() throws Exception {
    set = open(cloud, A);
    existing = create(set);
  }

  @AfterEach
  void close() {
    cloud.close();
  }

  private Callable<?> call(Operation operation) {
    return switch (operation) {
      case CREATE -> () -> create(set);
      case KEY_UPLOAD ->
          () -> set.create(request(Sets.SMALL).toBuilder().publicKey(newKey()).build());
      case LIST -> () -> list(set);
      case SET_TAGS ->
          () -> {
            existing.setTags(InstanceTags.of("x", "y"));
            return null;
          };
      case DESTROY ->
          () -> {
            existing.destroy();
            return null;
          };
      default -> throw new IllegalArgumentException(operation + " is not of this test");
    };
  }

  private InThread<?> startHeld(Operation operation, Fault fault) throws Exception {
    cloud.faults().add(operation, fault);
    InThread<?> call = InThread.start(call(operation));
    hold.awaitReached(PATIENCE);
    return call;
  }

  @Test
  void aHeldCreateExistsForNobodyUntilItIsReleased() throws Exception {
    InThread<?> held = startHeld(Operation.CREATE, hold);
    assertThat(listed(set)).containsExactly(existing.id());
    hold.release();
    Instance created = (Instance) held.result();
    assertThat(listed(set)).containsExactly(existing.id(), created.id());
  }

  @Test
  void anotherSetMaySeeAnInstanceBeforeItsCreateReturns() throws Exception {
    InThread<?> held = startHeld(Operation.CREATE, Fault.afterCommit(hold));
    InstanceSet twin = open(cloud, A);
    List<InstanceId> seen = listed(twin);
    assertThat(seen).hasSize(2).contains(existing.id());
    assertThat(held.isDone()).isFalse();
    hold.release();
    assertThat(seen).contains(((Instance) held.result()).id());
  }

  @Test
  void anInstanceDestroyedBeforeItsCreateReturnsStaysGone() throws Exception {
    InThread<?> held = startHeld(Operation.CREATE, Fault.afterCommit(hold));
    InstanceSet twin = open(cloud, A);
    for (Instance each : list(twin)) {
      each.destroy();
    }
    hold.release();
    Instance created = (Instance) held.result();
    assertThat(listed(set)).isEmpty();
    created.destroy();
  }

  @Test
  void aListHeldAfterItsReadingShowsWhatWasThereThen() throws Exception {
    InThread<?> held = startHeld(Operation.LIST, Fault.afterCommit(hold));
    create(set);
    existing.destroy();
    hold.release();
    @SuppressWarnings("unchecked")
    List<Instance> late = (List<Instance>) held.result();
    assertThat(ids(late)).containsExactly(existing.id());
  }

  @Test
  void whatChangesBetweenTwoPagesNeitherDoublesNorLosesOthers() throws Exception {
    List<InstanceId> before = new ArrayList<>(List.of(existing.id()));
    for (int i = 0; i < 3; i++) {
      before.add(create(set).id());
    }
    InThread<?> held = startHeld(Operation.LIST, Fault.failPage(2, hold));
    existing.destroy();
    Instance created = create(set);
    hold.release();
    @SuppressWarnings("unchecked")
    List<Instance> listed = (List<Instance>) held.result();
    assertThat(ids(listed)).doesNotHaveDuplicates().containsAll(before.subList(1, 4));
    assertThat(listed(set)).contains(created.id()).doesNotContain(existing.id());
  }

  @Test
  void ofTwoCreatesForTheLastPlaceExactlyOneGetsIt() throws Exception {
    for (int i = 0; i < 3; i++) {
      create(set);
    }
    cloud.faults().add(Operation.CREATE, hold, hold);
    InstanceSet other = open(cloud, B);
    List<InThread<Instance>> both =
        List.of(InThread.start(() -> create(set)), InThread.start(() -> create(other)));
    hold.awaitReached(2, PATIENCE);
    hold.release();
    int refused = 0;
    for (InThread<Instance> each : both) {
      try {
        each.result();
      } catch (ExecutionException e) {
        assertThat(e.getCause()).isInstanceOf(QuotaError.class);
        refused++;
      }
    }
    assertThat(refused).isEqualTo(1);
    assertThat(cloud.instances()).hasSize(5);
  }

  @Test
  void tagsThatAreSetBehindADestroyComeTooLate() throws Exception {
    InThread<?> held = startHeld(Operation.SET_TAGS, hold);
    existing.destroy();
    hold.release();
    assertThat(held.failure()).isInstanceOf(CloudException.class);
    assertThat(cloud.instances()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"CREATE", "KEY_UPLOAD", "LIST", "SET_TAGS", "DESTROY"})
  void S9_aStopEndsWhatIsHeldOnTheWayBackAndItIsDone(Operation operation) throws Exception {
    InThread<?> held = startHeld(operation, Fault.afterCommit(hold));
    set.stop();
    assertEnded(operation, held.failure(Duration.ofSeconds(5)));
    assertThat(cloud.instances())
        .hasSize(operation == Operation.CREATE ? 2 : operation == Operation.DESTROY ? 0 : 1);
    assertThat(cloud.keyPairs()).hasSize(operation == Operation.KEY_UPLOAD ? 1 : 0);
  }

  private static void assertEnded(Operation operation, Throwable failure) {
    if (operation == Operation.CREATE || operation == Operation.KEY_UPLOAD) {
      assertThat(failure).isInstanceOf(OutcomeUnknownException.class);
    } else {
      assertThat(failure)
          .isInstanceOf(CloudException.class)
          .isNotInstanceOf(OutcomeUnknownException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"KEY_UPLOAD", "SET_TAGS", "DESTROY"})
  void S12_anInterruptEndsWhatIsHeld(Operation operation) throws Exception {
    InThread<?> held = startHeld(operation, hold);
    held.awaitWaiting().interrupt();
    assertThat(held.failure(Duration.ofSeconds(1))).isInstanceOf(InterruptedException.class);
    hold.release();
    assertThat(listed(set)).containsExactly(existing.id());
    call(operation).call();
  }
}
