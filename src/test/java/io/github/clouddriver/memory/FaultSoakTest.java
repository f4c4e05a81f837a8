package io.github.clouddriver.memory;

import static io.github.clouddriver.memory.Sets.A;
import static io.github.clouddriver.memory.Sets.IMAGE;
import static io.github.clouddriver.memory.Sets.SECOND;
import static io.github.clouddriver.memory.Sets.SMALL;
import static io.github.clouddriver.memory.Sets.START;
import static io.github.clouddriver.memory.Sets.cloud;
import static io.github.clouddriver.memory.Sets.list;
import static io.github.clouddriver.memory.Sets.open;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.clouddriver.CreateRequest;
import io.github.clouddriver.Instance;
import io.github.clouddriver.InstanceSet;
import io.github.clouddriver.InstanceTags;
import io.github.clouddriver.error.CapacityException;
import io.github.clouddriver.error.CapacityScope;
import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.error.OutcomeUnknownException;
import io.github.clouddriver.error.QuotaException;
import io.github.clouddriver.error.RateLimitException;
import java.security.PublicKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A long run under a random plan, against a model that draws the same plan: every outcome of every
 * call, and what is there in the end, is known beforehand.
 */
class FaultSoakTest {
  private static final int STEPS = 3000;
  private static final int PAGE = 3;
  private static final int HIDDEN_LISTS = 2;
  private static final String ATTEMPT = "attempt";

  /**
   * What a fault of the plan does to a call: what it raises, if anything, and whether it is done.
   */
  private record Expected(@Nullable Class<? extends Throwable> raised, boolean done) {
    static final Expected WORKS = new Expected(null, true);
  }

  /** By identity: equal faults do different things to different operations. */
  private static final Map<Fault, Expected> EXPECTED = new IdentityHashMap<>();

  private static final Fault HIDE = Fault.dropFromNextLists(HIDDEN_LISTS);
  private static final Fault SECOND_PAGE = Fault.failPage(2, Fault.error("page lost"));

  private static Fault fault(Fault fault, Class<? extends Throwable> raised, boolean done) {
    EXPECTED.put(fault, new Expected(raised, done));
    return fault;
  }

  private static final FaultChance[] PLAN = {
    chance(Operation.CREATE, fault(Fault.error("down"), CloudException.class, false)),
    chance(Operation.CREATE, fault(Fault.quota(), QuotaException.class, false)),
    chance(Operation.CREATE, fault(Fault.rateLimit(SECOND), RateLimitException.class, false)),
    chance(
        Operation.CREATE, fault(Fault.capacity(CapacityScope.ALL), CapacityException.class, false)),
    chance(
        Operation.CREATE,
        fault(Fault.outcomeUnknownBeforeCommit(), OutcomeUnknownException.class, false)),
    chance(
        Operation.CREATE,
        fault(Fault.outcomeUnknownAfterCommit(), OutcomeUnknownException.class, true)),
    chance(
        Operation.CREATE,
        fault(
            Fault.afterCommit(Fault.unchecked(ArithmeticException::new)),
            ArithmeticException.class,
            true)),
    chance(Operation.CREATE, HIDE),
    chance(Operation.KEY_UPLOAD, fault(Fault.error("no keys"), CloudException.class, false)),
    chance(
        Operation.KEY_UPLOAD, fault(Fault.outcomeUnknownAfterCommit(), CloudException.class, true)),
    chance(Operation.SET_TAGS, fault(Fault.error("no tags"), CloudException.class, false)),
    chance(
        Operation.SET_TAGS, fault(Fault.outcomeUnknownAfterCommit(), CloudException.class, true)),
    chance(Operation.DESTROY, fault(Fault.error("no end"), CloudException.class, false)),
    chance(Operation.DESTROY, fault(Fault.outcomeUnknownAfterCommit(), CloudException.class, true)),
    chance(Operation.LIST, fault(Fault.error("no list"), CloudException.class, false)),
    chance(Operation.LIST, SECOND_PAGE),
  };

  private static FaultChance chance(Operation operation, Fault fault) {
    return new FaultChance(operation, 0.07, fault);
  }

  static LongStream seeds() {
    return LongStream.concat(LongStream.of(1, 2, 3), LongStream.of(new Random().nextLong()));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everyOutcomeAndTheEndAreAsPredicted(long seed) throws Exception {
    try (MemoryCloud cloud = cloud().clock(ManualClock.at(START)).pageSize(PAGE).build()) {
      Model model = new Model(cloud, seed);
      for (int step = 0; step < STEPS; step++) {
        model.step();
      }
      model.assertEnd();
    }
  }

  /** What must be there after each step. */
  private static final class Model {
    private final MemoryCloud cloud;
    private final InstanceSet set;
    private final RandomPlan plan;
    private final Random choices;
    private final List<PublicKey> keys = Stream.generate(Sets::newKey).limit(20).toList();

    private final Map<String, InstanceTags> alive = new LinkedHashMap<>();
    private final Map<String, Integer> hidden = new HashMap<>();
    private final Set<PublicKey> uploaded = new HashSet<>();
    private final Map<String, Instance> handles = new LinkedHashMap<>();
    private int attempts;

    Model(MemoryCloud cloud, long seed) throws Exception {
      this.cloud = cloud;
      set = open(cloud, A);
      cloud.faults().random(seed, PLAN);
      plan = new RandomPlan(seed, List.of(PLAN));
      choices = new Random(seed);
    }

    private interface Call {
      void run() throws Exception;
    }

    /** Draws what the cloud is about to draw, makes the call, and compares. */
    private Expected check(Operation operation, Call call) {
      return check(EXPECTED.getOrDefault(plan.draw(operation), Expected.WORKS), call);
    }

    private Expected check(Expected expected, Call call) {
      Throwable raised = null;
      try {
        call.run();
      } catch (Exception e) {
        raised = e;
      }
      assertThat(raised == null ? null : raised.getClass()).isEqualTo(expected.raised());
      return expected;
    }

    void step() {
      int choice = choices.nextInt(10);
      if (choice < 4) {
        create();
      } else if (choice < 6) {
        listAll();
      } else if (!handles.isEmpty()) {
        String attempt = List.copyOf(handles.keySet()).get(choices.nextInt(handles.size()));
        if (choice < 8) {
          setTags(attempt);
        } else {
          destroy(attempt);
        }
      }
    }

    private void create() {
      String attempt = String.valueOf(attempts++);
      CreateRequest.Builder request =
          CreateRequest.builder(SMALL, IMAGE).tags(InstanceTags.of(ATTEMPT, attempt));
      Call call = () -> handles.put(attempt, set.create(request.build()));
      if (choices.nextBoolean()) {
        PublicKey key = keys.get(choices.nextInt(keys.size()));
        request.publicKey(key);
        if (!uploaded.contains(key)) {
          Expected upload = EXPECTED.getOrDefault(plan.draw(Operation.KEY_UPLOAD), Expected.WORKS);
          if (upload.done()) {
            uploaded.add(key);
          }
          if (upload.raised() != null) {
            check(upload, call);
            return; // the create was not reached, and draws nothing
          }
        }
      }
      Fault drawn = plan.draw(Operation.CREATE);
      if (check(EXPECTED.getOrDefault(drawn, Expected.WORKS), call).done()) {
        alive.put(attempt, InstanceTags.of(ATTEMPT, attempt));
        if (drawn == HIDE) {
          hidden.put(attempt, HIDDEN_LISTS);
        }
      }
    }

    private void setTags(String attempt) {
      Instance instance = handles.get(attempt);
      InstanceTags tags =
          InstanceTags.of(ATTEMPT, attempt).with("note", String.valueOf(choices.nextInt()));
      if (check(Operation.SET_TAGS, () -> instance.setTags(tags)).done()) {
        alive.put(attempt, tags);
      }
    }

    private void destroy(String attempt) {
      Instance instance = handles.get(attempt);
      if (check(Operation.DESTROY, instance::destroy).done()) {
        alive.remove(attempt);
        hidden.remove(attempt);
        handles.remove(attempt);
      }
    }

    private void listAll() {
      Fault drawn = plan.draw(Operation.LIST);
      Expected expected = EXPECTED.getOrDefault(drawn, Expected.WORKS);
      Map<String, InstanceTags> visible = new LinkedHashMap<>(alive);
      if (expected.raised() == null) {
        visible.keySet().removeAll(hidden.keySet());
        hidden.replaceAll((attempt, left) -> left - 1);
        hidden.values().removeIf(left -> left == 0);
      }
      if (drawn == SECOND_PAGE && visible.size() > PAGE) {
        expected = new Expected(CloudException.class, false);
      }
      check(
          expected,
          () -> {
            List<Instance> rows = list(set);
            assertThat(rows.stream().map(Instance::tags).toList())
                .isEqualTo(List.copyOf(visible.values()));
            rows.forEach(row -> handles.put(row.tags().asMap().get(ATTEMPT), row));
          });
    }

    void assertEnd() throws Exception {
      assertThat(attempts).isGreaterThan(STEPS / 3);
      assertThat(cloud.instances().stream().map(InstanceRecord::tags).toList())
          .isEqualTo(List.copyOf(alive.values()));
      assertThat(cloud.keyPairs()).hasSize(uploaded.size());
      cloud.faults().clear();
      for (Instance each : list(set)) {
        each.destroy();
      }
      assertThat(cloud.instances()).isEmpty();
    }
  }
}
