package io.github.clouddriver.cli;

import io.github.clouddriver.Capability;
import io.github.clouddriver.CreateRequest;
import io.github.clouddriver.InitCommand;
import io.github.clouddriver.Instance;
import io.github.clouddriver.InstancePrice;
import io.github.clouddriver.InstanceSet;
import io.github.clouddriver.InstanceTags;
import io.github.clouddriver.error.CloudErrors;
import io.github.clouddriver.error.HostKeyMismatchException;
import io.github.clouddriver.error.NotImplementedException;
import io.github.clouddriver.error.OutcomeUnknownException;
import io.github.clouddriver.error.RateLimitError;
import io.github.clouddriver.exec.ExecResult;
import io.github.clouddriver.exec.Executor;
import io.github.clouddriver.exec.RemoteCommand;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Takes a driver through the life of one instance, step by step, and leaves no instance behind.
 * Used by one thread, once.
 */
final class Cloudtest {
  /** Marks every instance of a run, so that a later run recognises what was left over. */
  static final String SET_TAG = "InstanceSetID";

  private static final String RUN_TAG = "cloudtest-run";
  private static final String STAGE_TAG = "cloudtest-stage";
  private static final String FLEETING_TAG = "cloudtest-to-be-removed";

  private final Plan plan;
  private final LoginKey loginKey;
  private final Supplier<Executor> executors;
  private final Report report;
  private final Steps steps;
  private final ShutdownGuard guard;
  private final InstanceTags setTag;
  private final String run = UUID.randomUUID().toString();

  /** Read by the thread that ends the process, too. */
  private volatile @Nullable InstanceSet set;

  private @Nullable Instance created;

  /** Set before the first create, so that a failure before it cleans nothing up. */
  private boolean mayHaveCreated;

  Cloudtest(
      Plan plan,
      LoginKey loginKey,
      Supplier<Executor> executors,
      Report report,
      Steps steps,
      ShutdownGuard guard) {
    this.plan = plan;
    this.loginKey = loginKey;
    this.executors = executors;
    this.report = report;
    this.steps = steps;
    this.guard = guard;
    this.setTag = InstanceTags.of(SET_TAG, plan.id().value());
  }

  /** Takes all the steps; whatever goes wrong, what was created is destroyed before it returns. */
  void run() throws Exception {
    try {
      takeSteps();
    } catch (Exception | Error e) {
      cleanUpAfter(e);
      throw e;
    } finally {
      InstanceSet started = set;
      if (started != null) {
        started.stop();
      }
    }
  }

  /** How long the clean-up may take at the worst. Any thread may ask. */
  Duration cleanUpLimit() {
    return plan.timeout().multipliedBy(2).plus(quietBeforeTheEnd());
  }

  /** How long lists may go without an instance that exists, or may yet come to exist. */
  private Duration quietBeforeTheEnd() {
    InstanceSet started = set;
    return started == null ? plan.lateArrival() : started.listLag().plus(plan.lateArrival());
  }

  private void takeSteps() throws Exception {
    InstanceSet started = steps.run("start the set", this::start);
    steps.take("look for left-over test instances", () -> refuseOrDestroy(started));
    Instance instance = steps.run("create an instance", () -> create(started));
    try (Executor executor = executors.get()) {
      executor.setSigners(loginKey.signer());
      steps.take("wait for boot", () -> boot(started, instance, executor));
      steps.take("check the tags", () -> seeTags(started, instance, firstTags()));
      steps.take("replace the tags", () -> replaceTags(started, instance));
      steps.take("run a command over SSH", () -> command(started, instance, executor));
    }
    steps.take("read the price history", () -> prices(instance));
    steps.take("destroy the instance", () -> destroy(instance));
    steps.take("wait until it is gone", () -> awaitNone(started));
    steps.take("check that nothing is left", () -> checkNone(started));
  }

  private InstanceSet start() throws Exception {
    InstanceSet started =
        plan.driver()
            .instanceSet(
                plan.parameters(),
                plan.id(),
                plan.resourceTags(),
                LoggerFactory.getLogger("cloudtest." + plan.driverName()),
                new SimpleMeterRegistry());
    set = started;
    report.detail("claims " + new TreeSet<>(started.capabilities()));
    if (!started.capabilities().contains(Capability.PUBLIC_KEY)) {
      throw new StepFailedException(
          "the set does not claim PUBLIC_KEY, so that nobody could log in to a test instance");
    }
    return started;
  }

  private void refuseOrDestroy(InstanceSet started) throws Exception {
    List<Instance> left =
        steps.await(
            "a list of instances", plan.timeout(), () -> Optional.of(testInstances(started)));
    if (left.isEmpty()) {
      return;
    }
    if (!plan.destroyExisting()) {
      throw new StepFailedException(
          left.size()
              + " instance(s) of this set exist: "
              + left
              + "; destroy them with --destroy-existing, or choose another --instance-set-id");
    }
    for (Instance each : left) {
      report.detail("destroying " + each);
      destroy(each);
    }
    awaitNone(started);
  }

  private Instance create(InstanceSet started) throws Exception {
    CreateRequest.Builder request =
        CreateRequest.builder(plan.type(), plan.image())
            .tags(firstTags())
            .publicKey(loginKey.publicKey());
    if (started.capabilities().contains(Capability.INIT_COMMAND)) {
      request.initCommand(InitCommand.of(": \"it's run " + run + "\""));
    }
    report.detail(loginKey.description());
    mayHaveCreated = true;
    Instance instance =
        steps.await(
            "the create",
            plan.timeout(),
            Cloudtest::isHarmlessRateLimit,
            () -> Optional.of(started.create(request.build())));
    created = instance;
    report.detail("instance " + instance + " of type " + instance.providerType());
    if (!instance.providerType().equals(plan.type().providerType())) {
      throw new StepFailedException(
          "the instance has the type "
              + instance.providerType()
              + " instead of "
              + plan.type().providerType());
    }
    if (!instance.tags().containsAll(firstTags())) {
      throw new StepFailedException("the instance lacks tags; it has " + instance.tags());
    }
    return instance;
  }

  /** Only then may a create be sent again: nothing was created (clause S10). */
  private static boolean isHarmlessRateLimit(Exception e) {
    return CloudErrors.find(e, RateLimitError.class).isPresent()
        && CloudErrors.find(e, OutcomeUnknownException.class).isEmpty();
  }

  private InstanceTags firstTags() {
    return setTag
        .with(RUN_TAG, run)
        .with(STAGE_TAG, "created: quotes ' \" and ünïcode")
        .with(FLEETING_TAG, "yes");
  }

  private InstanceTags laterTags() {
    return setTag.with(RUN_TAG, run).with(STAGE_TAG, "replaced");
  }

  /** Waits until the instance is in the list and answers a command over a verified connection. */
  private void boot(InstanceSet started, Instance instance, Executor executor) throws Exception {
    ProvedTarget target = new ProvedTarget(instance);
    executor.setTarget(target);
    steps.await(
        "the boot of " + instance,
        plan.bootTimeout(),
        Cloudtest::mayPassByWaiting,
        () -> {
          Optional<Instance> listed = find(started, instance);
          if (listed.isEmpty()) {
            steps.progress("not in the list");
            return Optional.empty();
          }
          if (target.address().isEmpty() && listed.get().address().isPresent()) {
            // A handle may stay as it was at the create; the one from the list is up to date.
            executor.setTarget(new ProvedTarget(listed.get()));
          }
          return answers(listed.get(), executor) ? Optional.of(true) : Optional.empty();
        });
  }

  private boolean answers(Instance listed, Executor executor) throws Exception {
    if (listed.address().isEmpty()) {
      steps.progress(listed.state() + ", no address yet");
      return false;
    }
    RemoteCommand probe = RemoteCommand.builder("true").deadline(plan.timeout()).build();
    if (!executor.execute(probe).succeeded()) {
      steps.progress(listed.state() + ", the boot probe failed");
      return false;
    }
    return true;
  }

  /** A host key that is wrong, or that nobody can vouch for, stays so. */
  private static boolean mayPassByWaiting(Exception e) {
    return CloudErrors.find(e, HostKeyMismatchException.class).isEmpty()
        && CloudErrors.find(e, NotImplementedException.class).isEmpty();
  }

  private void seeTags(InstanceSet started, Instance instance, InstanceTags expected)
      throws Exception {
    steps.await(
        "the list of instances showing exactly the tags " + expected,
        plan.timeout().plus(started.listLag()),
        () -> {
          Optional<Instance> listed = find(started, instance);
          Optional<Instance> right = listed.filter(each -> each.tags().equals(expected));
          if (right.isEmpty()) {
            steps.progress(listed.map(each -> "tags " + each.tags()).orElse("not in the list"));
          }
          return right;
        });
  }

  private void replaceTags(InstanceSet started, Instance instance) throws Exception {
    steps.await(
        "the replacement of the tags",
        plan.timeout(),
        () -> {
          instance.setTags(laterTags());
          return Optional.of(true);
        });
    seeTags(started, instance, laterTags());
  }

  private void command(InstanceSet started, Instance instance, Executor executor) throws Exception {
    Instance listed =
        steps.await("a list of instances", plan.timeout(), () -> find(started, instance));
    ProvedTarget target = new ProvedTarget(listed);
    executor.setTarget(target);
    ExecResult result =
        executor.execute(RemoteCommand.builder(plan.command()).deadline(plan.timeout()).build());
    report.detail("host key " + target.proof().orElse("of the same connection"));
    report.detail("$ " + plan.command());
    report.detail(result.stdoutText());
    report.detail(result.stderrText());
    result.orThrow();
  }

  private void prices(Instance instance) {
    List<InstancePrice> history = instance.priceHistory(plan.type());
    if (history.isEmpty()) {
      report.detail("no price data");
    }
    history.stream()
        .limit(10)
        .forEach(
            row ->
                report.detail(row.startTime() + "  " + row.price().toPlainString() + " per hour"));
    if (history.size() > 10) {
      report.detail("and " + (history.size() - 10) + " older rows");
    }
  }

  /** Repeats the call until the provider accepts it, as the contract asks of every caller. */
  private void destroy(Instance instance) throws Exception {
    steps.await(
        "the destroy of " + instance,
        plan.timeout(),
        () -> {
          instance.destroy();
          return Optional.of(true);
        });
  }

  private void awaitNone(InstanceSet started) throws Exception {
    steps.await(
        "the end of every test instance",
        plan.timeout().plus(started.listLag()),
        () -> {
          List<Instance> left = testInstances(started);
          if (!left.isEmpty()) {
            Instance first = left.get(0);
            steps.progress(left.size() + " left, " + first + " is " + first.state());
          }
          return left.isEmpty() ? Optional.of(true) : Optional.empty();
        });
  }

  private void checkNone(InstanceSet started) throws Exception {
    steps.await(
        "a last list of instances",
        plan.timeout().plus(started.listLag()),
        () -> {
          List<Instance> left = testInstances(started);
          if (!left.isEmpty()) {
            throw new StepFailedException("these are back in the list: " + left);
          }
          // A list that lags may still owe what happened before the last step ended.
          boolean upToDate = steps.elapsed().compareTo(started.listLag()) >= 0;
          return upToDate ? Optional.of(true) : Optional.empty();
        });
  }

  private Optional<Instance> find(InstanceSet started, Instance instance) throws Exception {
    return testInstances(started).stream()
        .filter(each -> each.id().equals(instance.id()))
        .findFirst();
  }

  /** A driver may return more than it was asked for (clause S5). */
  private List<Instance> testInstances(InstanceSet started) throws Exception {
    return started.instances(setTag).stream()
        .filter(each -> each.tags().containsAll(setTag))
        .toList();
  }

  /** Destroys what the failed run made, and says what it could not destroy. */
  private void cleanUpAfter(Throwable failure) {
    InstanceSet started = set;
    if (started == null || !mayHaveCreated) {
      return;
    }
    boolean interrupted = guard.beginCleanUp();
    try {
      steps.take("clean up after the failure", () -> cleanUp(started));
    } catch (Exception e) {
      interrupted |= e instanceof InterruptedException;
      failure.addSuppressed(e);
      report.line(
          "Instances may be left at the provider: look for the tag "
              + SET_TAG
              + "="
              + plan.id()
              + (created == null ? "" : ", and for " + created));
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void cleanUp(InstanceSet started) throws Exception {
    Instance known = created;
    if (known != null) {
      destroy(known);
    }
    // An instance whose create was cut short may show up late: one empty list proves nothing then.
    Duration quiet = known == null ? quietBeforeTheEnd() : started.listLag();
    AtomicReference<@Nullable Duration> emptySince = new AtomicReference<>();
    steps.await(
        "the end of every test instance",
        plan.timeout().plus(quiet),
        () -> {
          List<Instance> left = testInstances(started);
          if (!left.isEmpty()) {
            emptySince.set(null);
            for (Instance each : left) {
              each.destroy();
            }
            steps.progress(left.size() + " left");
            return Optional.empty();
          }
          Duration since = emptySince.updateAndGet(old -> old == null ? steps.elapsed() : old);
          boolean longEnough = steps.elapsed().minus(since).compareTo(quiet) >= 0;
          return longEnough ? Optional.of(true) : Optional.empty();
        });
  }
}
