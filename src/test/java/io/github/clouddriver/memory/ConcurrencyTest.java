package io.github.clouddriver.memory;

import static io.github.clouddriver.memory.Sets.A;
import static io.github.clouddriver.memory.Sets.B;
import static io.github.clouddriver.memory.Sets.MINUTE;
import static io.github.clouddriver.memory.Sets.cloud;
import static io.github.clouddriver.memory.Sets.open;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.clouddriver.AttemptToken;
import io.github.clouddriver.CreateRequest;
import io.github.clouddriver.Instance;
import io.github.clouddriver.InstanceId;
import io.github.clouddriver.InstanceSet;
import io.github.clouddriver.InstanceTags;
import io.github.clouddriver.error.CapacityException;
import io.github.clouddriver.error.CapacityScope;
import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.error.OutcomeUnknownException;
import io.github.clouddriver.error.QuotaException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Any number of threads may use a set and its instances, and nothing is lost (clause S8). */
class ConcurrencyTest {
  private static final int THREADS = 50;
  private static final int STEPS = 150;

  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final Set<InstanceId> destroyed = ConcurrentHashMap.newKeySet();
  private final Queue<Instance> shared = new ConcurrentLinkedQueue<>();

  static LongStream seeds() {
    return LongStream.of(1, new Random().nextInt());
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void S8_threadsEndInExactlyTheStateThatTheirRecordsPredict(long seed) throws Exception {
    try (MemoryCloud cloud = cloud().pageSize(17).build()) {
      assertRecordsPredictTheState(cloud, seed);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void S8_S10_S11_soTheyDoUnderRandomFaults(long seed) throws Exception {
    try (MemoryCloud cloud = cloud().pageSize(17).build()) {
      List<FaultChance> chances = new ArrayList<>();
      for (Operation operation :
          new Operation[] {
            Operation.CREATE, Operation.LIST, Operation.SET_TAGS, Operation.DESTROY
          }) {
        for (Fault fault :
            new Fault[] {
              Fault.outcomeUnknownBeforeCommit(),
              Fault.outcomeUnknownAfterCommit(),
              Fault.rateLimit(MINUTE),
              Fault.capacity(CapacityScope.QUOTA_GROUP),
              Fault.error("broken")
            }) {
          chances.add(new FaultChance(operation, 0.06, fault));
        }
      }
      chances.add(
          new FaultChance(Operation.LIST, 0.1, Fault.failPage(2, Fault.error("page lost"))));
      cloud.faults().random(seed, chances.toArray(FaultChance[]::new));
      assertRecordsPredictTheState(cloud, seed);
    }
  }

  private void assertRecordsPredictTheState(MemoryCloud cloud, long seed) throws Exception {
    InstanceSet[] sets = {open(cloud, A), open(cloud, A), open(cloud, B)};
    List<Callable<Worker>> work = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Worker worker = new Worker(sets[i % sets.length], i, seed);
      work.add(worker::run);
    }
    Map<InstanceId, InstanceTags> expected = new HashMap<>();
    Set<InstanceId> ever = new HashSet<>();
    int created = 0;
    for (Future<Worker> done : threads.invokeAll(work, 5, TimeUnit.MINUTES)) {
      Worker worker = done.get();
      created += worker.made.size();
      ever.addAll(worker.tags.keySet());
      expected.putAll(worker.tags);
    }
    expected.keySet().removeAll(destroyed);
    Map<InstanceId, InstanceTags> actual = new HashMap<>();
    cloud.instances().forEach(record -> actual.put(record.id(), record.tags()));
    assertThat(actual).as("state after seed " + seed).isEqualTo(expected);
    assertThat(ever).as("no id twice, seed " + seed).hasSize(created);
    cloud.faults().clear();
    assertThat(Sets.listed(open(cloud, A)).size() + Sets.listed(open(cloud, B)).size())
        .isEqualTo(expected.size());
    threads.shutdown();
  }

  /** One thread: it alone tags what it has made; anybody destroys. Records what it did. */
  private final class Worker {
    private final InstanceSet set;
    private final int number;
    private final Random random;
    private final List<Instance> made = new ArrayList<>();
    private final Map<InstanceId, InstanceTags> tags = new HashMap<>();

    Worker(InstanceSet set, int number, long seed) {
      this.set = set;
      this.number = number;
      this.random = new Random(31 * seed + number);
    }

    Worker run() throws Exception {
      for (int step = 0; step < STEPS; step++) {
        switch (random.nextInt(6)) {
          case 0, 1 -> create(step);
          case 2 -> list();
          case 3 -> tag(step);
          case 4 -> destroy();
          default -> made.forEach(this::readAddress);
        }
      }
      return this;
    }

    private void create(int step) throws Exception {
      InstanceTags attempt = InstanceTags.of("attempt", number + "-" + step);
      boolean withToken = random.nextBoolean();
      CreateRequest request =
          CreateRequest.builder(Sets.SMALL, Sets.IMAGE)
              .tags(attempt)
              .attemptToken(withToken ? AttemptToken.of(number + "-" + step) : null)
              .build();
      Instance instance = null;
      try {
        instance = set.create(request);
      } catch (OutcomeUnknownException e) {
        instance = withToken ? repeat(() -> set.create(request)) : findByTags(attempt);
      } catch (CloudException e) {
        assertThat(findByTags(attempt)).as("nothing was created").isNull();
      }
      if (instance != null) {
        made.add(instance);
        tags.put(instance.id(), attempt);
        shared.add(instance);
      }
    }

    private Instance findByTags(InstanceTags attempt) throws Exception {
      List<Instance> found = repeat(() -> set.instances(attempt));
      assertThat(found).hasSizeLessThanOrEqualTo(1);
      return found.isEmpty() ? null : found.get(0);
    }

    private void list() throws Exception {
      List<Instance> mine = made.stream().filter(i -> !destroyed.contains(i.id())).toList();
      List<InstanceId> listed = Sets.ids(repeat(() -> set.instances(InstanceTags.empty())));
      assertThat(listed).doesNotHaveDuplicates();
      for (Instance each : mine) {
        assertThat(listed.contains(each.id()) || destroyed.contains(each.id()))
            .as("%s is listed or was destroyed meanwhile", each)
            .isTrue();
      }
    }

    private void tag(int step) throws Exception {
      if (made.isEmpty()) {
        return;
      }
      Instance instance = made.get(random.nextInt(made.size()));
      InstanceTags replacement = InstanceTags.of("step", String.valueOf(step));
      boolean applied =
          repeat(
              () -> {
                try {
                  instance.setTags(replacement);
                  return true;
                } catch (CloudException e) {
                  if (e.getMessage().contains("does not exist any more")) {
                    return false;
                  }
                  throw e;
                }
              });
      assertThat(applied || destroyed.contains(instance.id())).isTrue();
      tags.put(instance.id(), replacement);
    }

    private void destroy() throws Exception {
      Instance instance = random.nextInt(4) == 0 ? null : shared.poll();
      if (instance == null) {
        instance = made.isEmpty() ? null : made.get(random.nextInt(made.size()));
      }
      if (instance != null) {
        destroyed.add(instance.id());
        Instance victim = instance;
        repeat(
            () -> {
              victim.destroy();
              return true;
            });
      }
    }

    private void readAddress(Instance instance) {
      assertThat(instance.address().isPresent() || destroyed.contains(instance.id())).isTrue();
    }

    /** Until it works: safe for lists, tags, destroys, and creates with a token. */
    private <T> T repeat(Callable<T> call) throws Exception {
      while (true) {
        try {
          return call.call();
        } catch (CloudException e) {
          if (e.providerCode().filter(code -> code.startsWith("Idempotent")).isPresent()) {
            throw e;
          }
        }
      }
    }
  }

  @Test
  void X2_theQuotaIsNeverExceededByCreatesAtTheSameTime() throws Exception {
    try (MemoryCloud cloud = cloud().quota(100).capacity("m5.xlarge", 20).build()) {
      InstanceSet set = open(cloud, A);
      AtomicInteger number = new AtomicInteger();
      Callable<Boolean> create =
          () -> {
            try {
              set.create(Sets.request(number.incrementAndGet() % 2 == 0 ? Sets.LARGE : Sets.SMALL));
              return true;
            } catch (QuotaException | CapacityException e) {
              return false;
            }
          };
      int made = 0;
      for (Future<Boolean> result :
          threads.invokeAll(Stream.generate(() -> create).limit(2000).toList())) {
        made += result.get() ? 1 : 0;
      }
      assertThat(made).isEqualTo(100);
      assertThat(cloud.instances()).hasSize(100);
      assertThat(cloud.instances().stream().filter(i -> i.type().equals(Sets.LARGE)).count())
          .isLessThanOrEqualTo(20);
      threads.shutdown();
    }
  }
}
