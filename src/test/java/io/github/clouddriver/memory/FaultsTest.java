package io.github.clouddriver.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.clouddriver.InstanceId;
import io.github.clouddriver.error.CapacityScope;
import io.github.clouddriver.error.CloudException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class FaultsTest {
  private static final String OK = "ok";

  private final Faults faults = new Faults(new CloudTime(InstantSource.system()));
  private final StopSignal stop = new StopSignal();

  private String call(Operation operation) throws InterruptedException {
    try {
      return faults.around(operation, stop, () -> OK);
    } catch (CloudException e) {
      return e.getMessage().replaceFirst(".*: (.*) \\(.*", "$1");
    }
  }

  private List<String> calls(int number, Operation operation) throws InterruptedException {
    List<String> results = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      results.add(call(operation));
    }
    return results;
  }

  @Test
  void queuedFaultsHitInOrderOnceEachAndOnlyTheirOperation() throws Exception {
    faults.add(Operation.CREATE, Fault.error("a"), Fault.none());
    faults.add(Operation.CREATE, Fault.error("b"));
    assertThat(calls(2, Operation.LIST)).containsOnly(OK);
    assertThat(calls(4, Operation.CREATE)).containsExactly("a", OK, "b", OK);
  }

  @Test
  void pendingIsWhatNoCallHasMet() throws Exception {
    Fault first = Fault.error("a");
    Fault second = Fault.error("b");
    faults.add(Operation.CREATE, first, second);
    faults.add(Operation.LIST, first);
    Map<Operation, List<Fault>> before = faults.pending();
    assertThat(before)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(Operation.CREATE, List.of(first, second), Operation.LIST, List.of(first)));
    call(Operation.LIST);
    call(Operation.CREATE);
    assertThat(faults.pending()).isEqualTo(Map.of(Operation.CREATE, List.of(second)));
    assertThat(faults).hasToString("Faults{CREATE=[" + second + "]}");
    call(Operation.CREATE);
    assertThat(faults.pending()).isEmpty();
    assertThat(before).as("a snapshot").hasSize(2);
    assertThatThrownBy(before::clear).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void anUnsuitableFaultQueuesNothing() {
    assertThatThrownBy(
            () -> faults.add(Operation.LIST, Fault.error("a"), Fault.dropFromNextLists(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(faults.pending()).isEmpty();
  }

  @Test
  void aStandingFaultHitsWhateverTheQueueLeaves() throws Exception {
    faults.always(Operation.CREATE, Fault.error("old"));
    faults.always(Operation.CREATE, Fault.error("always"));
    faults.add(Operation.CREATE, Fault.none(), Fault.error("queued"));
    assertThat(calls(4, Operation.CREATE)).containsExactly(OK, "queued", "always", "always");
    assertThat(call(Operation.DESTROY)).isEqualTo(OK);
    assertThat(faults.pending()).isEmpty();
  }

  @Test
  void clearRemovesEverything() throws Exception {
    InstanceId id = InstanceId.of("i-1");
    faults.add(Operation.CREATE, Fault.dropFromNextLists(1), Fault.error("queued"));
    faults.begin(Operation.CREATE, stop).created(id);
    faults.always(Operation.DESTROY, Fault.error("always"));
    faults.random(1, new FaultChance(Operation.LIST, 1, Fault.error("random")));
    faults.clear();
    assertThat(faults.pending()).isEmpty();
    for (Operation operation : Operation.values()) {
      assertThat(call(operation)).isEqualTo(OK);
    }
    assertThat(faults.begin(Operation.LIST, stop).hides(id)).isFalse();
  }

  private static FaultChance[] chances() {
    return new FaultChance[] {
      new FaultChance(Operation.CREATE, 0.2, Fault.error("one")),
      new FaultChance(Operation.LIST, 0.5, Fault.error("other")),
      new FaultChance(Operation.CREATE, 0.3, Fault.error("two")),
    };
  }

  @Test
  void aSeedHitsTheSameCallsWhateverHappensBetween() throws Exception {
    long seed = new Random().nextLong();
    faults.random(seed, chances());
    List<String> alone = calls(100, Operation.CREATE);
    faults.random(seed, chances());
    List<String> mixed = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      calls(i % 3, Operation.LIST);
      mixed.add(call(Operation.CREATE));
      call(Operation.DESTROY);
    }
    assertThat(mixed).as("seed %d", seed).isEqualTo(alone);
  }

  @Test
  void twoSeedsHitDifferentCalls() throws Exception {
    faults.random(1, chances());
    List<String> first = calls(100, Operation.CREATE);
    faults.random(2, chances());
    assertThat(calls(100, Operation.CREATE)).isNotEqualTo(first);
  }

  @Test
  void operationsWithTheSameChanceAreHitAtDifferentTurns() throws Exception {
    faults.random(
        3,
        new FaultChance(Operation.CREATE, 0.5, Fault.error("hit")),
        new FaultChance(Operation.LIST, 0.5, Fault.error("hit")));
    assertThat(calls(100, Operation.LIST)).isNotEqualTo(calls(100, Operation.CREATE));
  }

  @Test
  void faultsHitAsOftenAsTheirChances() throws Exception {
    faults.random(42, chances());
    List<String> results = calls(10_000, Operation.CREATE);
    assertThat(results.stream().filter("one"::equals).count())
        .isCloseTo(2000L, Offset.offset(150L));
    assertThat(results.stream().filter("two"::equals).count())
        .isCloseTo(3000L, Offset.offset(150L));
    assertThat(results.stream().filter(OK::equals).count()).isCloseTo(5000L, Offset.offset(150L));
    assertThat(calls(100, Operation.DESTROY)).containsOnly(OK);
  }

  @Test
  void chancesOfNothingAndOfEverythingAreKept() throws Exception {
    FaultChance[] tenths = new FaultChance[10];
    for (int i = 0; i < tenths.length; i++) {
      tenths[i] = new FaultChance(Operation.LIST, 0.1, Fault.error("some"));
    }
    faults.random(7, tenths);
    assertThat(calls(1000, Operation.LIST)).containsOnly("some");
    faults.random(7, new FaultChance(Operation.LIST, 0, Fault.error("never")));
    assertThat(calls(1000, Operation.LIST)).containsOnly(OK);
    faults.random(7, new FaultChance(Operation.LIST, 1, Fault.error("every")));
    faults.random(7);
    assertThat(calls(10, Operation.LIST)).containsOnly(OK);
  }

  @Test
  void chancesBeyondOneAreRefused() {
    assertThatThrownBy(
            () ->
                faults.random(
                    1,
                    new FaultChance(Operation.LIST, 0.6, Fault.none()),
                    new FaultChance(Operation.CREATE, 0.6, Fault.none()),
                    new FaultChance(Operation.LIST, 0.6, Fault.capacity(CapacityScope.ALL))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("LIST add up to 1.2");
  }

  @Test
  void ofManyThreadsEachFaultHitsExactlyOneCall() throws Exception {
    int threads = 8;
    int each = 500;
    List<InThread<List<String>>> running = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      int thread = t;
      running.add(
          InThread.start(
              () -> {
                List<String> met = new ArrayList<>();
                for (int i = 0; i < each; i++) {
                  faults.add(Operation.CREATE, Fault.error(thread + "/" + i));
                  met.add(call(Operation.CREATE));
                  faults.pending();
                }
                return met;
              }));
    }
    List<String> met = new ArrayList<>();
    for (InThread<List<String>> thread : running) {
      met.addAll(thread.result());
    }
    assertThat(met).hasSize(threads * each).doesNotHaveDuplicates().doesNotContain(OK);
    assertThat(faults.pending()).isEmpty();
  }
}
