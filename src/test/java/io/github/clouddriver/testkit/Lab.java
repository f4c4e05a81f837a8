package io.github.clouddriver.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.clouddriver.Capability;
import io.github.clouddriver.CreateRequest;
import io.github.clouddriver.Driver;
import io.github.clouddriver.Instance;
import io.github.clouddriver.InstanceId;
import io.github.clouddriver.InstanceSet;
import io.github.clouddriver.InstanceSetId;
import io.github.clouddriver.InstanceTags;
import io.github.clouddriver.InstanceType;
import io.github.clouddriver.SharedResourceTags;
import io.github.clouddriver.error.CloudException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What one test works with: sets under ids that nothing else has, the usual calls, checks and
 * waits.
 *
 * <p>The usual calls are steps on the way to what a test asks. One that fails is a breach of the
 * call's own clause, not of the test's. Thread-safe.
 */
final class Lab implements KitTest.Bench {
  /** The tag that the caller's set id is in, as dispatchers do. */
  static final String SET_ID_TAG = "InstanceSetID";

  private static final String ID_CHARACTERS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  private final DriverUnderTest subject;
  private final KitRun run;
  private final Clause clause;
  private final SetThreads threads;
  private final Pace pace;
  private final InstanceSetId id = newId();
  private final SharedResourceTags sharedTags =
      SharedResourceTags.of("kit-shared", "kit " + id).with("kit-team", "contract kit");
  private final RecordingLogger logger = new RecordingLogger();
  private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();
  private final Secrets secrets = new Secrets();
  private final Cleaner cleaner;

  /** Guarded by itself; the id of each set, in the order of opening. */
  private final Map<InstanceSet, InstanceSetId> sets = new LinkedHashMap<>();

  private final Set<InstanceSet> stopped = ConcurrentHashMap.newKeySet();
  private final Set<InstanceId> created = ConcurrentHashMap.newKeySet();
  private final AtomicInteger unknownOutcomes = new AtomicInteger();

  Lab(DriverUnderTest subject, KitRun run, Clause clause, SetThreads threads) {
    this.subject = subject;
    this.run = run;
    this.clause = clause;
    this.threads = threads;
    pace = new Pace(subject, run.scale(), run.testLimit());
    subject.secrets().forEach(secrets::add);
    cleaner = new Cleaner(this);
  }

  /** An id that nobody else has. */
  static InstanceSetId newId() {
    return InstanceSetId.of("zzkit-" + random(5) + "-" + random(15));
  }

  private static String random(int length) {
    StringBuilder text = new StringBuilder();
    ThreadLocalRandom.current()
        .ints(length, 0, ID_CHARACTERS.length())
        .forEach(i -> text.append(ID_CHARACTERS.charAt(i)));
    return text.toString();
  }

  DriverUnderTest subject() {
    return subject;
  }

  KitRun run() {
    return run;
  }

  Clause clause() {
    return clause;
  }

  Pace pace() {
    return pace;
  }

  SetThreads threads() {
    return threads;
  }

  /** The id of the test's first sets. */
  InstanceSetId id() {
    return id;
  }

  SharedResourceTags sharedTags() {
    return sharedTags;
  }

  RecordingLogger logger() {
    return logger;
  }

  /** The registries of all sets. */
  List<MeterRegistry> registries() {
    return registries;
  }

  Secrets secrets() {
    return secrets;
  }

  // ---- what the test asks

  /** A breach of the test's own clause, unless this is true. */
  void check(boolean kept, String what, String lookAt) {
    if (!kept) {
      throw breach(what, lookAt, null);
    }
  }

  /** A breach of the test's own clause. */
  Breach breach(String what, String lookAt, @Nullable Throwable cause) {
    return new Breach(clause.number(), what, lookAt, cause);
  }

  /** The test cannot be run with this driver. */
  static Verdict.Skip excuse(String why) {
    return new Verdict.Skip(Verdict.EXCUSED, why);
  }

  /** Excuses the test unless this is true. */
  static void need(boolean given, String why) {
    if (!given) {
      throw excuse(why);
    }
  }

  /** Excuses the test unless the kit may have that many instances at once. */
  void needRoomFor(int instances) {
    need(
        subject.maxInstances() >= instances,
        "it needs "
            + instances
            + " instances at once; maxInstances() is "
            + subject.maxInstances());
  }

  /** What makes the provider fail; excuses the test without. */
  ProviderFaults needFaults() {
    return subject
        .faults()
        .orElseThrow(() -> excuse("faults() is empty: nothing makes the provider fail"));
  }

  /** What shows the provider; excuses the test without. */
  ProviderView needProvider() {
    return subject
        .provider()
        .orElseThrow(() -> excuse("provider() is empty: nothing shows what is at the provider"));
  }

  /**
   * Goes on if the set claims a capability. If not, checks that it fails cleanly, and excuses the
   * test.
   */
  void needCapability(InstanceSet set, Capability capability, Step cleanFailure) throws Exception {
    if (!set.capabilities().contains(capability)) {
      cleanFailure.run();
      throw excuse("the set does not claim " + capability + "; without it, it failed cleanly");
    }
  }

  /** Something that a test does. */
  @FunctionalInterface
  interface Step {
    void run() throws Exception;
  }

  /** What a call raised; null if nothing. An interrupt of the test itself goes through. */
  @Nullable Throwable raisedBy(Step call) {
    try {
      call.run();
      return null;
    } catch (Breach | Verdict.Skip e) {
      throw e;
    } catch (Exception | LinkageError | AssertionError e) {
      secrets.saw(e);
      return e;
    }
  }

  /** A call in a thread of its own. */
  <T> InFlight<T> start(Callable<T> call) {
    return new InFlight<>(threads, call);
  }

  // ---- sets

  /** A set with the test's id. */
  InstanceSet open() throws Exception {
    return open(id);
  }

  InstanceSet open(InstanceSetId setId) throws Exception {
    return open(subject.driver(), setId);
  }

  /** A set as another process on another host has it. */
  InstanceSet openElsewhere(InstanceSetId setId) throws Exception {
    return open(subject.driverElsewhere(), setId);
  }

  InstanceSet open(Driver driver, InstanceSetId setId) throws Exception {
    return checked(() -> openUnchecked(driver, subject.config(), setId));
  }

  /** A set with a registry that other sets are to have too. */
  InstanceSet open(InstanceSetId setId, MeterRegistry registry) throws Exception {
    return checked(() -> openUnchecked(setId, registry));
  }

  private static InstanceSet checked(Callable<@Nullable InstanceSet> opening) throws Exception {
    InstanceSet set;
    try {
      set = opening.call();
    } catch (CloudException | RuntimeException e) {
      throw new Breach(
          "D2",
          "Driver.instanceSet raised " + e + " for the configuration of the kit's own tests.",
          "does config() hold what the driver needs?",
          e);
    }
    if (set == null) {
      throw new Breach(
          "D9",
          "Driver.instanceSet returned null.",
          "a driver, also one that is a plain function, returns a set or raises an exception.",
          null);
    }
    return set;
  }

  /** Opens with any configuration; what goes wrong is the test's business. */
  @Nullable InstanceSet openUnchecked(Driver driver, @Nullable JsonNode config, InstanceSetId setId)
      throws Exception {
    return openUnchecked(driver, config, setId, new SimpleMeterRegistry());
  }

  /** Opens with a registry that other sets may have too; what goes wrong is the test's business. */
  @Nullable InstanceSet openUnchecked(InstanceSetId setId, MeterRegistry registry)
      throws Exception {
    return openUnchecked(subject.driver(), subject.config(), setId, registry);
  }

  private @Nullable InstanceSet openUnchecked(
      Driver driver, @Nullable JsonNode config, InstanceSetId setId, MeterRegistry registry)
      throws Exception {
    registries.add(registry);
    InstanceSet set;
    try {
      set = driver.instanceSet(config, setId, sharedTags, logger, registry);
    } catch (Exception e) {
      secrets.saw(e);
      throw e;
    }
    if (set != null) {
      synchronized (sets) {
        sets.put(set, setId);
      }
      secrets.saw("toString() of the set", String.valueOf(set));
    }
    return set;
  }

  /** Stops a set for the test. */
  void stop(InstanceSet set) throws InterruptedException {
    stopped.add(set);
    InFlight<Void> stop =
        start(
            () -> {
              set.stop();
              return null;
            });
    if (!stop.ends(run.threadPatience(pace::bound))) {
      run.threadsOutlive();
      throw new Breach(
          "S9",
          "stop() did not return within 5 s; it hangs at " + stop.where() + ".",
          "stop() waits for nothing that takes longer.",
          null);
    }
    Throwable raised = stop.raised();
    if (raised != null) {
      throw new Breach(
          "S9", "stop() raised " + raised + ".", "it never fails, also repeated.", raised);
    }
  }

  /** Whether what is there of an id may have been made by a set that is stopped by now. */
  boolean hasStopped(InstanceSetId setId) {
    return sets().entrySet().stream()
        .anyMatch(each -> each.getValue().equals(setId) && isStopped(each.getKey()));
  }

  boolean isStopped(InstanceSet set) {
    return stopped.contains(set);
  }

  /** All sets of the test, with their ids. */
  Map<InstanceSet, InstanceSetId> sets() {
    synchronized (sets) {
      return new LinkedHashMap<>(sets);
    }
  }

  InstanceSetId idOf(InstanceSet set) {
    synchronized (sets) {
      InstanceSetId of = sets.get(set);
      return of == null ? id : of;
    }
  }

  // ---- steps

  /** The tag that the caller passes in every create and every list. */
  InstanceTags tagOf(InstanceSet set) {
    return InstanceTags.of(SET_ID_TAG, idOf(set).value());
  }

  /** A request for the usual instance. */
  CreateRequest.Builder request(InstanceSet set) {
    return request(set, subject.instanceType());
  }

  /** A request for an instance of another type. */
  CreateRequest.Builder request(InstanceSet set, InstanceType type) {
    return CreateRequest.builder(type, subject.image()).tags(tagOf(set));
  }

  Instance create(InstanceSet set) throws Exception {
    return create(set, UnaryOperator.identity());
  }

  Instance create(InstanceSet set, UnaryOperator<CreateRequest.Builder> change) throws Exception {
    CreateRequest request = change.apply(request(set)).build();
    try {
      return createUnchecked(set, request);
    } catch (CloudException | RuntimeException e) {
      if (request.publicKey().isEmpty() && worksWithKey(set, request)) {
        throw new Breach(
            "S2",
            "create without a public key raised " + e + "; with one it works.",
            "a request without a key makes the same instance, where nobody can log in.",
            e);
      }
      throw new Breach(
          "S1",
          "create raised " + e + " though nothing was made to fail.",
          "does the account allow " + subject.maxInstances() + " instances of the kit's type?",
          e);
    }
  }

  private boolean worksWithKey(InstanceSet set, CreateRequest request) {
    CreateRequest withKey =
        request.toBuilder().publicKey(Keys.pair().getPublic()).attemptToken(null).build();
    return raisedBy(() -> createUnchecked(set, withKey)) == null;
  }

  /**
   * Creates and destroys the usual instance. Called before a test blames a driver for how a special
   * create has failed: where the usual one does not work either, that is another clause.
   */
  void checkPlainCreate(InstanceSet set) throws Exception {
    subject.faults().ifPresent(ProviderFaults::clear);
    destroyAndWait(set, create(set));
  }

  /** Creates; what is raised is the test's business, and so is whether anything was created. */
  Instance createUnchecked(InstanceSet set, CreateRequest request) throws Exception {
    Instance instance;
    try {
      instance = set.create(request);
    } catch (Exception e) {
      secrets.saw(e);
      throw e;
    }
    if (instance == null) {
      throw new Breach(
          "S10", "create returned null.", "each outcome is an instance or an exception.", null);
    }
    checkReadable(instance);
    created.add(instance.id());
    secrets.saw("toString() of an instance", String.valueOf(instance));
    return instance;
  }

  /** What every step relies on. */
  private static void checkReadable(Instance instance) {
    if (instance.id() == null) {
      throw new Breach("I1", "id() is null.", "an instance has its id from the start.", null);
    }
    if (instance.tags() == null) {
      throw new Breach("I4", "tags() is null.", "no tags are empty tags.", null);
    }
  }

  /** A create of this test may have made an instance that nobody was given. */
  void outcomeUnknown() {
    unknownOutcomes.incrementAndGet();
  }

  int unknownOutcomes() {
    return unknownOutcomes.get();
  }

  /** The ids of what creates have returned. */
  Set<InstanceId> created() {
    return created;
  }

  /** What a list with the set's tag returns. */
  List<Instance> list(InstanceSet set) throws Exception {
    return list(set, tagOf(set));
  }

  List<Instance> list(InstanceSet set, InstanceTags filter) throws Exception {
    List<Instance> rows;
    try {
      rows = set.instances(filter);
    } catch (CloudException | RuntimeException e) {
      secrets.saw(e);
      throw new Breach(
          "S4",
          "instances raised " + e + " though nothing was made to fail.",
          "the cause below; does the driver read lists of every length?",
          e);
    }
    if (rows == null) {
      throw new Breach("S6", "instances returned null.", "no instances are an empty list.", null);
    }
    if (new ArrayList<>(rows).contains(null)) {
      throw new Breach("S6", "a list holds null.", "leave out what cannot be read, or fail.", null);
    }
    rows.forEach(Lab::checkReadable);
    return rows;
  }

  /** The rows with all of some tags in a list with the set's tag, if that filter is not enough. */
  List<Instance> listTagged(InstanceSet set, InstanceTags tags) throws Exception {
    return list(set).stream().filter(row -> row.tags().containsAll(tags)).toList();
  }

  /**
   * A breach of D4 unless a set, opened after another one of its id was stopped, lists what that
   * has made, under whatever id; of S9 if the provider shows that the stop has ended it.
   */
  void checkTakenOver(InstanceSet set, Instance made, InstanceTags tags) throws Exception {
    if (!next(set, () -> !listTagged(set, tags).isEmpty())) {
      throw notTakenOver(set, made, tags);
    }
  }

  private Breach notTakenOver(InstanceSet set, Instance made, InstanceTags tags) throws Exception {
    if (pace.settles(() -> !listTagged(set, tags).isEmpty())) {
      return notListed(made);
    }
    ProviderView provider = subject.provider().orElse(null);
    if (provider != null && !provider.instances(id).contains(made.id())) {
      return new Breach("S9", "stop() has ended " + made + ".", "it destroys no instance.", null);
    }
    return new Breach(
        "D4",
        "a second set with the id " + id + " does not list the first one's " + made + ".",
        "find instances by what is at the provider, nothing kept in memory.",
        null);
  }

  /** The row of an instance in a list that is made now. */
  Optional<Instance> find(InstanceSet set, InstanceId instanceId) throws Exception {
    return list(set).stream().filter(row -> row.id().equals(instanceId)).findFirst();
  }

  /**
   * Whether something holds for the next list, which may lag as far behind as the set declares
   * (clause S4).
   */
  boolean next(InstanceSet set, Pace.Condition condition) throws Exception {
    return pace.until(set.listLag(), condition);
  }

  /** Waits until lists show an instance, as the next one must. */
  Instance awaitListed(InstanceSet set, Instance made) throws Exception {
    if (!next(set, () -> find(set, made.id()).isPresent())) {
      throw notListed(made);
    }
    return find(set, made.id()).orElse(made);
  }

  /** What exists was not listed, or not soon enough. */
  Breach notListed(Object instance) {
    return new Breach(
        "S4",
        instance + " is not in the next list.",
        "list instances from their create on, in every state, within listLag().",
        null);
  }

  /** Lets the time pass by which a list may lag, for what no list must show. */
  void letListsCatchUp(InstanceSet set) throws Exception {
    boolean ignored = pace.until(set.listLag(), () -> false);
  }

  void setTags(Instance instance, InstanceTags tags) throws Exception {
    try {
      instance.setTags(tags);
    } catch (CloudException | RuntimeException e) {
      secrets.saw(e);
      throw new Breach(
          "I3", "setTags raised " + e + " though nothing was made to fail.", "the cause below.", e);
    }
  }

  void destroy(Instance instance) throws Exception {
    try {
      instance.destroy();
    } catch (CloudException | RuntimeException e) {
      secrets.saw(e);
      throw new Breach(
          "I5",
          "destroy of " + instance + " raised " + e + " though nothing was made to fail.",
          "what is ending, or gone, counts as destroyed.",
          e);
    }
  }

  /** Destroys, and waits until no list shows the instance. */
  void destroyAndWait(InstanceSet set, Instance instance) throws Exception {
    destroy(instance);
    if (!pace.settles(() -> find(set, instance.id()).isEmpty())) {
      throw new Breach(
          "I5",
          "instance " + instance + " is still listed " + pace.settle() + " after its destroy.",
          "was the request sent? Or does the provider need a longer settleTimeout()?",
          null);
    }
  }

  @Override
  public void cleanUp() throws Exception {
    cleaner.clean();
  }
}
