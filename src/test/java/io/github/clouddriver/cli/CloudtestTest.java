package io.github.clouddriver.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.clouddriver.Capability;
import io.github.clouddriver.CreateRequest;
import io.github.clouddriver.Driver;
import io.github.clouddriver.DriverFunc;
import io.github.clouddriver.ForwardingInstance;
import io.github.clouddriver.ForwardingInstanceSet;
import io.github.clouddriver.ImageId;
import io.github.clouddriver.Instance;
import io.github.clouddriver.InstanceSet;
import io.github.clouddriver.InstanceSetId;
import io.github.clouddriver.InstanceTags;
import io.github.clouddriver.InstanceType;
import io.github.clouddriver.SharedResourceTags;
import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.error.NotImplementedException;
import io.github.clouddriver.error.OutcomeUnknownException;
import io.github.clouddriver.exec.ExecutorException;
import io.github.clouddriver.memory.Fault;
import io.github.clouddriver.memory.Hold;
import io.github.clouddriver.memory.MemoryCloud;
import io.github.clouddriver.memory.Operation;
import io.github.clouddriver.ssh.SshExecutor;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** Runs against good and bad drivers: what is found wrong, and that nothing is ever left behind. */
class CloudtestTest {
  private static final InstanceSetId ID = InstanceSetId.of("zzzzz-zzzzz-zzzzzzcloudtest");
  private static final InstanceType TYPE = InstanceType.builder("small", "small").build();
  private static final Duration LATE_ARRIVAL = Duration.ofMillis(100);
  private static LoginKey key;

  private final StringWriter out = new StringWriter();
  private MemoryCloud cloud = MemoryCloud.create();
  private LongSupplier nanoTime = System::nanoTime;
  private volatile ShutdownGuard guard;

  @BeforeAll
  static void makeKey() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    key = LoginKey.of(generator.generateKeyPair(), "made for the test");
  }

  @AfterEach
  void closeCloud() {
    cloud.close();
  }

  private void run(Driver driver) throws Exception {
    run(driver, false, Duration.ofSeconds(30));
  }

  private void run(Driver driver, boolean destroyExisting, Duration timeout) throws Exception {
    Report report = new Report(new PrintWriter(out, true), false);
    Plan plan =
        new Plan(
            "test",
            driver,
            JsonNodeFactory.instance.objectNode(),
            ID,
            SharedResourceTags.empty(),
            TYPE,
            ImageId.of("image"),
            "echo hello",
            destroyExisting,
            timeout,
            timeout,
            LATE_ARRIVAL);
    Steps steps = new Steps(report, nanoTime, InstantSource.system(), Duration.ofMillis(5));
    guard = new ShutdownGuard();
    new Cloudtest(plan, key, () -> SshExecutor.builder().build(), report, steps, guard).run();
  }

  /** The in-memory driver, made wrong by what a test does to its sets. */
  private Driver wrong(UnaryOperator<InstanceSet> change) {
    Driver right = cloud.driver();
    return DriverFunc.of(
        (config, id, tags, logger, registry) ->
            change.apply(right.instanceSet(config, id, tags, logger, registry)));
  }

  private InstanceSet anotherSetOfTheId() throws Exception {
    return cloud
        .driver()
        .instanceSet(
            JsonNodeFactory.instance.objectNode(),
            ID,
            SharedResourceTags.empty(),
            LoggerFactory.getLogger(CloudtestTest.class),
            new SimpleMeterRegistry());
  }

  private Instance leaveInstanceBehind() throws Exception {
    return anotherSetOfTheId()
        .create(
            CreateRequest.builder(TYPE, ImageId.of("image"))
                .tags(InstanceTags.of(Cloudtest.SET_TAG, ID.value()))
                .build());
  }

  @Test
  void aRightDriverPassesAndLeavesNothing() throws Exception {
    run(cloud.driver());

    assertThat(out.toString()).contains("hello", "before the login");
    assertThat(cloud.instances()).isEmpty();
  }

  @Test
  void aHostKeyThatOnlyTheConnectionProvesIsEnough() throws Exception {
    cloud.close();
    cloud = MemoryCloud.builder().hostKeyOverConnection(true).build();

    run(cloud.driver());

    assertThat(out.toString()).contains("over the login");
  }

  @Test
  void leftOverInstancesAreRefusedAndLeftAlone() throws Exception {
    Instance left = leaveInstanceBehind();

    assertThatThrownBy(() -> run(cloud.driver()))
        .isInstanceOf(StepFailedException.class)
        .hasMessageContaining(left.toString())
        .hasMessageContaining("--destroy-existing");
    assertThat(cloud.instances()).hasSize(1);
  }

  @Test
  void leftOverInstancesAreDestroyedOnRequest() throws Exception {
    IntStream.range(0, 3).forEach(i -> assertThat(uncheckedLeaveInstanceBehind()).isNotNull());

    run(cloud.driver(), true, Duration.ofSeconds(30));

    assertThat(cloud.instances()).isEmpty();
  }

  private Instance uncheckedLeaveInstanceBehind() {
    try {
      return leaveInstanceBehind();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void rateLimitsAreWaitedOut() throws Exception {
    Fault limit = Fault.rateLimit(Duration.ofMillis(50));
    for (Operation each :
        List.of(Operation.CREATE, Operation.LIST, Operation.SET_TAGS, Operation.DESTROY)) {
      cloud.faults().add(each, limit);
    }

    run(cloud.driver());

    assertThat(cloud.faults().pending()).isEmpty();
    assertThat(cloud.instances()).isEmpty();
  }

  @Test
  void anInstanceOfUnknownOutcomeIsFoundAndDestroyed() {
    cloud.faults().add(Operation.CREATE, Fault.outcomeUnknownAfterCommit());

    assertThatThrownBy(() -> run(cloud.driver())).isInstanceOf(OutcomeUnknownException.class);

    assertThat(out.toString()).contains("FAIL  create an instance", "ok    clean up");
    assertThat(cloud.instances()).isEmpty();
  }

  /** The time here is counted by the looks at it, of which there are two or three in each round. */
  @Test
  void anInstanceOfUnknownOutcomeThatIsListedLateIsDestroyedToo() {
    AtomicLong now = new AtomicLong();
    nanoTime = () -> now.addAndGet(TimeUnit.MILLISECONDS.toNanos(1));
    cloud
        .faults()
        .add(Operation.CREATE, Fault.dropFromNextLists(10).then(Fault.outcomeUnknownAfterCommit()));

    assertThatThrownBy(() -> run(cloud.driver())).isInstanceOf(OutcomeUnknownException.class);

    assertThat(cloud.instances()).isEmpty();
  }

  @Test
  void fiveSecondsAreLeftForALateInstance() throws Exception {
    CloudtestCommand options = CommandLine.populateCommand(new CloudtestCommand());

    assertThat(PlanReader.read(options).lateArrival()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void aRefusedCreateIsReportedAndNothingIsLeft() {
    cloud.faults().add(Operation.CREATE, Fault.quota());

    assertThatThrownBy(() -> run(cloud.driver())).isInstanceOf(CloudException.class);

    assertThat(cloud.instances()).isEmpty();
  }

  @Test
  void aDriverThatMergesTagsIsCaughtAndCleanedUp() {
    Driver merging = wrong(MergesTags::new);

    assertThatThrownBy(() -> run(merging, false, Duration.ofMillis(300)))
        .isInstanceOf(StepFailedException.class)
        .hasMessageContaining("exactly the tags");

    assertThat(out.toString()).contains("FAIL  replace the tags");
    assertThat(cloud.instances()).isEmpty();
  }

  @Test
  void aDriverWithoutHostKeysIsRefusedAtOnce() {
    cloud.close();
    cloud = MemoryCloud.builder().without(Capability.HOST_KEY).build();

    assertThatThrownBy(() -> run(cloud.driver()))
        .isInstanceOf(ExecutorException.class)
        .hasRootCauseInstanceOf(NotImplementedException.class);

    assertThat(cloud.instances()).isEmpty();
  }

  @Test
  void anInterruptedRunDestroysWhatItMade() throws Exception {
    cloud.close();
    cloud = MemoryCloud.builder().bootDelay(Duration.ofHours(1)).build();
    FutureTask<Void> run =
        new FutureTask<>(
            () -> {
              run(cloud.driver(), false, Duration.ofMinutes(10));
              return null;
            });
    Thread worker = new Thread(run, "cloudtest-under-test");
    worker.start();
    Awaitility.await().until(() -> out.toString().contains("wait for boot: "));

    guard.interrupt();

    assertThatThrownBy(() -> run.get(60, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(InterruptedException.class);
    assertThat(cloud.instances()).isEmpty();
  }

  @Test
  void anInterruptDuringTheCleanUpDoesNotEndIt() throws Exception {
    Hold hold = Fault.hold();
    cloud.faults().add(Operation.CREATE, Fault.outcomeUnknownAfterCommit());
    cloud.faults().add(Operation.DESTROY, hold);
    FutureTask<Void> run =
        new FutureTask<>(
            () -> {
              run(cloud.driver());
              return null;
            });
    new Thread(run, "cloudtest-under-test").start();
    hold.awaitReached(Duration.ofSeconds(30));

    guard.interrupt();
    hold.release();

    assertThatThrownBy(() -> run.get(60, TimeUnit.SECONDS))
        .hasCauseInstanceOf(OutcomeUnknownException.class);
    assertThat(cloud.instances()).isEmpty();
  }

  @Test
  void aBootThatTimesOutSaysWhySshFailed() {
    cloud.close();
    cloud = MemoryCloud.builder().ssh(false).build();

    assertThatThrownBy(() -> run(cloud.driver(), false, Duration.ofMillis(300)))
        .isInstanceOf(StepFailedException.class)
        .cause()
        .isInstanceOf(ExecutorException.class)
        .hasMessageContaining("refused");
  }

  @Test
  void aDriverThatTakesNoPublicKeyIsRefusedBeforeAnythingIsCreated() {
    cloud.close();
    cloud = MemoryCloud.builder().without(Capability.PUBLIC_KEY).build();

    assertThatThrownBy(() -> run(cloud.driver())).hasMessageContaining("PUBLIC_KEY");

    assertThat(out.toString()).doesNotContain("create an instance");
  }

  @Test
  void whatCannotBeCleanedUpIsSaid() {
    cloud.faults().add(Operation.CREATE, Fault.outcomeUnknownAfterCommit());
    cloud.faults().always(Operation.DESTROY, Fault.error("the provider is out of order"));

    assertThatThrownBy(() -> run(cloud.driver(), false, Duration.ofMillis(200)))
        .isInstanceOf(OutcomeUnknownException.class)
        .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(1));

    assertThat(out.toString())
        .contains("FAIL  clean up after the failure")
        .contains("look for the tag InstanceSetID=" + ID);
  }

  /** Keeps the tags that it should have dropped. */
  private static final class MergesTags extends ForwardingInstanceSet {
    MergesTags(InstanceSet set) {
      super(set);
    }

    @Override
    public Instance create(CreateRequest request) throws CloudException, InterruptedException {
      return new Merging(super.create(request));
    }

    @Override
    public List<Instance> instances(InstanceTags filter)
        throws CloudException, InterruptedException {
      List<Instance> all = new ArrayList<>(super.instances(filter));
      all.replaceAll(Merging::new);
      return List.copyOf(all);
    }

    private static final class Merging extends ForwardingInstance {
      Merging(Instance instance) {
        super(instance);
      }

      @Override
      public void setTags(InstanceTags tags) throws CloudException, InterruptedException {
        InstanceTags merged = tags();
        for (var tag : tags.asMap().entrySet()) {
          merged = merged.with(tag.getKey(), tag.getValue());
        }
        super.setTags(merged);
      }
    }
  }
}
