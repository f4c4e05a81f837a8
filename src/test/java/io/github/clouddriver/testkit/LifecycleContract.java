package io.github.clouddriver.testkit;

import static io.github.clouddriver.testkit.ProviderFaults.Call.CREATE;
import static io.github.clouddriver.testkit.ProviderFaults.Call.DESTROY;
import static io.github.clouddriver.testkit.ProviderFaults.Call.LIST;
import static io.github.clouddriver.testkit.ProviderFaults.Call.SET_TAGS;

import io.github.clouddriver.Capability;
import io.github.clouddriver.Instance;
import io.github.clouddriver.InstanceId;
import io.github.clouddriver.InstanceQuotaGroup;
import io.github.clouddriver.InstanceSet;
import io.github.clouddriver.InstanceState;
import io.github.clouddriver.InstanceTags;
import io.github.clouddriver.InstanceType;
import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.error.OutcomeUnknownException;
import io.github.clouddriver.error.StoppedException;
import io.github.clouddriver.testkit.ProviderFaults.Call;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** A set's pure answers, its threads, its end, and interrupts: clauses S7 to S9 and S12. */
public abstract class LifecycleContract extends ContractTest {
  private static final Duration STOP = Duration.ofSeconds(5);
  private static final Duration INTERRUPT = Duration.ofSeconds(1);

  /** For the test class of a driver author. */
  protected LifecycleContract() {}

  /**
   * Asks that a type's quota group is the same each time, in every set and process, after a stop,
   * and while the provider does not answer; equal for {@code siblingType()} and different for
   * {@code preemptibleType()}, where these are given. If it fails: what else than the type and the
   * configuration goes into the group?
   *
   * @throws Exception if the driver breaks the clause
   */
  @Test
  public void required_S7_quotaGroupsArePure() throws Exception {
    InstanceSet set = lab().open();
    InstanceType type = lab().subject().instanceType();
    InstanceQuotaGroup group = set.instanceQuotaGroup(type);
    lab().check(group != null, "instanceQuotaGroup returned null.", "every type has a group.");
    InstanceSet elsewhere = lab().openElsewhere(Lab.newId());
    lab().stop(elsewhere);
    lab().subject().faults().ifPresent(faults -> faults.throttle(LIST, null));
    for (InstanceSet each : List.of(set, elsewhere, set)) {
      InstanceQuotaGroup again = each.instanceQuotaGroup(type.toBuilder().build());
      lab()
          .check(
              group.equals(again),
              "the quota group of "
                  + type.providerType()
                  + " is "
                  + group
                  + " and then "
                  + again
                  + ".",
              "make it of the type and the configuration alone.");
    }
    lab()
        .subject()
        .siblingType()
        .map(set::instanceQuotaGroup)
        .ifPresent(
            sibling ->
                lab()
                    .check(
                        group.equals(sibling),
                        "siblingType() has the quota group " + sibling + ", not " + group + ".",
                        "types that the provider counts together share a group."));
    lab()
        .subject()
        .preemptibleType()
        .map(set::instanceQuotaGroup)
        .ifPresent(
            preemptible ->
                lab()
                    .check(
                        !group.equals(preemptible),
                        "preemptibleType() has the quota group of instanceType(), " + group + ".",
                        "what the provider counts apart has groups of its own."));
  }

  /**
   * Asks that threads which create, list, tag and destroy at the same time all get what they asked
   * for. If it fails: which collection or client is shared without being thread-safe?
   *
   * @throws Exception if the driver breaks the clause
   */
  @Test
  public void required_S8_anyNumberOfThreadsMayCall() throws Exception {
    InstanceSet set = lab().open();
    // What goes wrong alone is told here, as another clause.
    lab().destroyAndWait(set, life(set, "alone"));
    int threads = Math.min(8, lab().subject().maxInstances());
    List<InFlight<Instance>> calls = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      String mark = "thread " + i;
      calls.add(lab().start(() -> life(set, mark)));
    }
    Set<InstanceId> ids = new HashSet<>();
    for (InFlight<Instance> each : calls) {
      lab()
          .check(
              each.ends(lab().pace().testLimit().dividedBy(2)),
              "of " + threads + " threads at once, one hangs.",
              "is a lock held while the provider is called?");
      Throwable raised = each.raised();
      if (raised instanceof Verdict.Skip skip) {
        throw skip;
      }
      if (raised != null) {
        throw lab()
            .breach(
                "of " + threads + " threads at once, one got " + raised + ".",
                "what is shared between calls? Alone, the same calls work.",
                raised);
      }
      ids.add(each.result().id());
    }
    lab()
        .check(
            ids.size() == threads,
            threads + " threads got the instances " + ids + " only.",
            "each create returns an instance of its own.");
  }

  private Instance life(InstanceSet set, String mark) throws Exception {
    InstanceTags tags = lab().tagOf(set).with("kit-mark", mark);
    Instance made = lab().create(set, request -> request.tags(tags));
    checkMark(made, mark);
    for (int round = 0; round < 3; round++) {
      lab().list(set);
      lab().setTags(made, tags.with("kit-round", String.valueOf(round)));
      made.tags();
      made.address();
      made.state();
      set.instanceQuotaGroup(lab().subject().instanceType());
    }
    checkMark(made, mark);
    lab().destroy(made);
    lab().destroy(made);
    return made;
  }

  /** What has no mark at all breaks another clause. */
  private void checkMark(Instance made, String mark) {
    String shown = made.tags().get("kit-mark").orElse(mark);
    lab()
        .check(
            mark.equals(shown),
            made + " of " + mark + " has the tags of " + shown + ".",
            "what is shared between calls, or between handles?");
  }

  /**
   * Asks that a stopped set refuses remote calls with {@code StoppedException}, answers what is
   * pure, destroys no instance, and may be stopped again. If it fails: what does {@code stop()} do
   * besides ending its own work?
   *
   * @throws Exception if the driver breaks the clause
   */
  @Test
  public void required_S9_aStoppedSetRefusesCalls() throws Exception {
    InstanceSet set = lab().open();
    InstanceTags tags = lab().tagOf(set).with("kit-mark", "outlives");
    Instance made = lab().create(set, request -> request.tags(tags));
    boolean outlives = set.capabilities().contains(Capability.ADOPTION);
    lab().stop(set);
    Throwable again = lab().raisedBy(set::stop);
    lab().check(again == null, "a second stop() raised " + again + ".", "it does nothing.");
    Throwable closed = lab().raisedBy(set::close);
    lab().check(closed == null, "close() raised " + closed + ".", "it does what stop() does.");
    Map<String, Lab.Step> calls =
        Map.of(
            "create", () -> lab().createUnchecked(set, lab().request(set).build()),
            "instances", () -> set.instances(lab().tagOf(set)),
            "setTags", () -> made.setTags(tags),
            "destroy", made::destroy);
    for (Map.Entry<String, Lab.Step> call : calls.entrySet()) {
      Throwable raised = lab().raisedBy(call.getValue());
      lab()
          .check(
              raised instanceof StoppedException,
              "after stop(), "
                  + call.getKey()
                  + (raised == null ? " worked." : " raised " + raised + "."),
              "every remote call on a stopped set raises StoppedException.");
    }
    Throwable pure =
        lab()
            .raisedBy(
                () -> {
                  made.id();
                  made.tags();
                  set.instanceQuotaGroup(lab().subject().instanceType());
                });
    lab().check(pure == null, "after stop(), a pure call raised " + pure + ".", "they answer.");
    if (outlives) {
      InstanceSet next = lab().open();
      lab().checkTakenOver(next, made, tags);
      lab()
          .check(
              lab()
                  .pace()
                  .staysTrue(
                      () ->
                          lab().listTagged(next, tags).stream()
                              .anyMatch(row -> row.state() != InstanceState.SHUTTING_DOWN)),
              "stop() has ended " + made + ".",
              "it destroys no instance.");
    }
  }

  /**
   * Asks that a stop ends calls in flight: a create as {@code OutcomeUnknownException}, others as
   * {@code CloudException}, within 5 s. Skipped where {@code faults()} cannot make a call hang. If
   * it fails: does {@code stop()} wait for calls, or leave them to their time-out?
   *
   * @throws Exception if the driver breaks the clause
   */
  @Test
  public void required_S9_stopEndsCallsInFlight() throws Exception {
    ProviderFaults faults = lab().needFaults();
    int tried = 0;
    for (Call kind : List.of(CREATE, LIST, SET_TAGS, DESTROY)) {
      faults.clear();
      InstanceSet set = lab().open();
      empty(set);
      Callable<Object> call = calls(set).get(kind);
      ProviderFaults.Hang hang = faults.hang(kind).orElse(null);
      if (hang == null) {
        continue;
      }
      tried++;
      InFlight<Object> inFlight = hanging(call, hang, kind);
      InFlight<Void> stop =
          lab()
              .start(
                  () -> {
                    lab().stop(set);
                    return null;
                  });
      boolean ended = inFlight.ends(lab().pace().bound(STOP));
      Throwable raised = ended ? inFlight.raised() : null;
      hang.release();
      inFlight.ends(lab().pace().bound(STOP));
      boolean stopped = stop.ends(lab().pace().bound(STOP));
      lab().check(ended, "5 s after stop() a " + kind + " still hangs.", "abort it in stop().");
      if (!stopped || stop.raised() instanceof Breach) {
        throw lab()
            .breach(
                "with a " + kind + " in flight, stop() did not return, or failed.",
                "stop() aborts calls, waits for nothing that takes longer, and never fails.",
                stopped ? stop.raised() : null);
      }
      lab()
          .check(
              kind == CREATE
                  ? raised instanceof OutcomeUnknownException
                  : raised instanceof CloudException,
              "stopped in flight, a "
                  + kind
                  + (raised == null ? " returned." : " raised " + raised + "."),
              "a create ends as OutcomeUnknownException, others as a CloudException.");
    }
    Lab.need(tried > 0, "faults() cannot make a call hang");
  }

  private void empty(InstanceSet set) throws Exception {
    lab().letListsCatchUp(set);
    for (Instance each : lab().list(set)) {
      if (each.tags().containsAll(lab().tagOf(set))) {
        lab().destroyAndWait(set, each);
      }
    }
  }

  /** One remote call of each kind, on an instance that exists. */
  private Map<Call, Callable<Object>> calls(InstanceSet set) throws Exception {
    lab().needRoomFor(2);
    Instance made = lab().create(set);
    Map<Call, Callable<Object>> calls = new EnumMap<>(Call.class);
    calls.put(
        CREATE,
        () -> {
          lab().outcomeUnknown();
          return lab().createUnchecked(set, lab().request(set).build());
        });
    calls.put(LIST, () -> set.instances(lab().tagOf(set)));
    calls.put(
        SET_TAGS,
        () -> {
          made.setTags(lab().tagOf(set));
          return made;
        });
    calls.put(
        DESTROY,
        () -> {
          made.destroy();
          return made;
        });
    return calls;
  }

  private InFlight<Object> hanging(Callable<Object> call, ProviderFaults.Hang hang, Call kind)
      throws Exception {
    InFlight<Object> inFlight = lab().start(call);
    boolean hangs =
        Pace.within(lab().pace().bound(STOP), () -> hang.reached() || inFlight.isDone());
    if (!hangs || inFlight.isDone()) {
      hang.release();
      throw new IllegalStateException("faults() was to make a " + kind + " hang, but did not");
    }
    return inFlight;
  }

  /**
   * Asks that an interrupt ends a call that hangs within a second, with {@code
   * InterruptedException}. Skipped where {@code faults()} cannot make a call hang. If it fails:
   * does the HTTP client answer interrupts? Is the exception swallowed or wrapped?
   *
   * @throws Exception if the driver breaks the clause
   */
  @Test
  public void required_S12_anInterruptEndsACall() throws Exception {
    ProviderFaults faults = lab().needFaults();
    InstanceSet set = lab().open();
    int tried = 0;
    for (Call kind : List.of(CREATE, LIST, SET_TAGS, DESTROY)) {
      faults.clear();
      empty(set);
      Callable<Object> call = calls(set).get(kind);
      ProviderFaults.Hang hang = faults.hang(kind).orElse(null);
      if (hang == null) {
        continue;
      }
      tried++;
      InFlight<Object> inFlight = hanging(call, hang, kind);
      inFlight.interrupt();
      boolean ended = inFlight.ends(lab().pace().bound(INTERRUPT));
      Throwable raised = ended ? inFlight.raised() : null;
      hang.release();
      inFlight.ends(lab().pace().bound(STOP));
      lab()
          .check(
              ended,
              "1 s after an interrupt a " + kind + " still hangs.",
              "an interrupt aborts the request.");
      lab()
          .check(
              raised instanceof InterruptedException,
              "interrupted, a "
                  + kind
                  + (raised == null ? " returned." : " raised " + raised + "."),
              "raise InterruptedException, neither swallowed nor wrapped.");
    }
    Lab.need(tried > 0, "faults() cannot make a call hang");
  }
}
