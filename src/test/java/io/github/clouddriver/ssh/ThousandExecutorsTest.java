package io.github.clouddriver.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import io.github.clouddriver.CreateRequest;
import io.github.clouddriver.ImageId;
import io.github.clouddriver.Instance;
import io.github.clouddriver.InstanceSet;
import io.github.clouddriver.InstanceSetId;
import io.github.clouddriver.InstanceType;
import io.github.clouddriver.SharedResourceTags;
import io.github.clouddriver.exec.SshSigner;
import io.github.clouddriver.memory.MemoryCloud;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.helpers.NOPLogger;

/**
 * A thousand executors, each with an in-memory instance of its own, in one process: all connect,
 * each runs ten commands, and when everything is closed the process is as it was before. {@code
 * docs/benchmarks/thousand-executors.md} has figures.
 */
@Timeout(240)
class ThousandExecutorsTest {
  private static final int EXECUTORS = 1_000;
  private static final int COMMANDS = 10;
  private static final int CALLERS = 32;
  private static final int WARM_UP = 100;

  /** For an instance: its port, its server's end of the connection, and the executor's end. */
  private static final int DESCRIPTORS = 4;

  private static final int OTHER_DESCRIPTORS = 1_000;
  private static final double HEAP_MARGIN = 0.05;
  private static final InstanceType TYPE = InstanceType.builder("small", "m5.large").build();

  /** What was seen in one round, in nanoseconds, and in bytes behind a collection. */
  private record Round(
      int executors, long connecting, long running, int threads, int sockets, long heap) {

    String figures() {
      return String.format(
          "%,d executors connected in %.1f s (%,.0f/s), ran %,d more commands in %.1f s (%,.0f/s),"
              + " with %d threads and %,d sockets at the peak",
          executors,
          connecting / 1e9,
          executors / (connecting / 1e9),
          executors * (COMMANDS - 1),
          running / 1e9,
          executors * (COMMANDS - 1) / (running / 1e9),
          threads,
          sockets);
    }
  }

  @Test
  void everythingReturnsToWhereItWas() throws Exception {
    requireDescriptors();
    run(WARM_UP); // what is made at first use, and stays, is none of a leak
    Leftovers.assertNoThread();
    Set<Thread> threads = threads();
    Leftovers before = Leftovers.now();
    long heap = usedHeap();

    Round round = run(EXECUTORS);

    await().untilAsserted(() -> assertThat(threads()).isEqualTo(alive(threads)));
    before.assertSameSockets();
    long heapAfter = usedHeap();
    System.out.printf(
        "%s; heap %.1f MiB before, %.1f MiB connected, %.1f MiB after (%+.1f %%)%n",
        round.figures(),
        mebibytes(heap),
        mebibytes(round.heap()),
        mebibytes(heapAfter),
        100.0 * (heapAfter - heap) / heap);
    assertThat((double) heapAfter).isLessThan(heap * (1 + HEAP_MARGIN));
  }

  /** Skips the test where a process may not have enough of them, or fails it if it must run. */
  private static void requireDescriptors() {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
      long available = system.getMaxFileDescriptorCount();
      long needed = (long) EXECUTORS * DESCRIPTORS + OTHER_DESCRIPTORS;
      if (available < needed) {
        String why = needed + " file descriptors are needed, but a process may have " + available;
        assertThat(System.getProperty("cloud.driver.tests.require", "").split(","))
            .as(why)
            .doesNotContain("descriptors");
        Assumptions.abort(why);
      }
    }
  }

  private static Round run(int executors) throws Exception {
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    List<SshExecutor> opened = new ArrayList<>();
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    try (MemoryCloud cloud = MemoryCloud.create()) {
      InstanceSet set =
          cloud
              .driver()
              .instanceSet(
                  null,
                  InstanceSetId.of("aaaaa-aaaaa-aaaaaaaaaaaaaaa"),
                  SharedResourceTags.empty(),
                  NOPLogger.NOP_LOGGER,
                  meters);
      CreateRequest request =
          CreateRequest.builder(TYPE, ImageId.of("image-1"))
              .publicKey(TestKeys.CLIENT.getPublic())
              .build();
      for (int i = 0; i < executors; i++) {
        Instance instance = set.create(request);
        SshExecutor executor = SshExecutor.builder().build();
        executor.setSigners(SshSigner.of(TestKeys.CLIENT));
        executor.setTarget(instance);
        opened.add(executor);
      }
      long start = System.nanoTime();
      forEach(opened, callers, executor -> assertThat(echo(executor, "0")).isEqualTo("0\n"));
      long connected = System.nanoTime();
      forEach(
          opened,
          callers,
          executor -> {
            for (int i = 1; i < COMMANDS; i++) {
              assertThat(echo(executor, "" + i)).isEqualTo(i + "\n");
            }
          });
      long done = System.nanoTime();
      assertThat(cloud.shell().runs().size()).isEqualTo(executors * COMMANDS);
      Round round =
          new Round(
              executors,
              connected - start,
              done - connected,
              threads().size(),
              Leftovers.now().sockets().size(),
              usedHeap());
      forEach(opened, callers, SshExecutor::close);
      set.stop();
      return round;
    } finally {
      opened.forEach(SshExecutor::close);
      callers.shutdownNow();
      meters.close();
    }
  }

  private static String echo(SshExecutor executor, String text) throws Exception {
    return executor.execute("echo " + text, null).orThrow().stdoutText();
  }

  /** What is done with each executor. */
  private interface Use {
    void of(SshExecutor executor) throws Exception;
  }

  private static void forEach(List<SshExecutor> all, ExecutorService callers, Use use)
      throws Exception {
    List<Future<Void>> calls = new ArrayList<>();
    for (SshExecutor each : all) {
      calls.add(
          callers.submit(
              () -> {
                use.of(each);
                return null;
              }));
    }
    for (Future<Void> call : calls) {
      call.get();
    }
  }

  /** All of the process but the one that waits for conditions. */
  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(each -> !each.getName().startsWith("awaitility"))
        .collect(Collectors.toSet());
  }

  /** Those that have not ended by themselves, as threads of earlier tests may. */
  private static Set<Thread> alive(Set<Thread> before) {
    return before.stream().filter(Thread::isAlive).collect(Collectors.toSet());
  }

  /** In bytes, when collections find nothing more that is worth mentioning. */
  private static long usedHeap() {
    List<Long> seen = new ArrayList<>();
    await()
        .pollDelay(Duration.ZERO)
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              System.gc();
              seen.add(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
              return seen.size() >= 5
                  && Math.abs(seen.get(seen.size() - 1) - seen.get(seen.size() - 3)) < 100_000;
            });
    return seen.subList(seen.size() - 3, seen.size()).stream().sorted().toList().get(1);
  }

  private static double mebibytes(long bytes) {
    return bytes / (double) (1 << 20);
  }
}
