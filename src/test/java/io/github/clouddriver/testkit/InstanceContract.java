package io.github.clouddriver.testkit;

import static io.github.clouddriver.testkit.ProviderFaults.Call.LIST;

import io.github.clouddriver.Capability;
import io.github.clouddriver.Instance;
import io.github.clouddriver.InstanceId;
import io.github.clouddriver.InstanceSet;
import io.github.clouddriver.InstanceState;
import io.github.clouddriver.InstanceTags;
import io.github.clouddriver.Interruption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What an instance promises: clauses I1 to I5, I7 and I8. */
public abstract class InstanceContract extends ContractTest {
  private static final Duration NOTICE = Duration.ofMinutes(2);
  private static final Duration ROUNDED = Duration.ofSeconds(1);

  /** For the test class of a driver author. */
  protected InstanceContract() {}

  /**
   * Asks that an id stays the same over boot, a change of tags and a restart of the driver. If it
   * fails: is the id made from something that changes, such as an address or a name in a tag?
   *
   * @throws Exception if the driver breaks the clause
   */
  @Test
  public void required_I1_anIdNeverChanges() throws Exception {
    InstanceSet set = lab().open();
    InstanceTags mark = lab().tagOf(set).with("kit-mark", "same");
    Instance made = lab().create(set, request -> request.tags(mark));
    InstanceId id = made.id();
    String lookAt = "the id is the provider's, and neither tags nor addresses go into it.";
    if (!lab().next(set, () -> !lab().listTagged(set, mark).isEmpty())) {
      throw lab().notListed(made);
    }
    lab()
        .check(
            lab().find(set, id).isPresent(),
            "no list shows the id " + id + " that create returned.",
            lookAt);
    lab().setTags(made, mark.with("kit-changed", "yes"));
    lab()
        .pace()
        .settles(() -> lab().find(set, id).filter(InstanceContract::hasAddress).isPresent());
    lab().check(made.id().equals(id), "id() changed from " + id + " to " + made.id(), lookAt);
    lab()
        .check(
            lab().next(set, () -> lab().find(set, id).isPresent()),
            "after a change of tags and the boot no list shows the id " + id + ".",
            lookAt);
    if (set.capabilities().contains(Capability.ADOPTION)) {
      lab().stop(set);
      InstanceSet restarted = lab().openElsewhere(lab().id());
      lab().checkTakenOver(restarted, made, mark);
      lab()
          .check(
              lab().next(restarted, () -> lab().find(restarted, id).isPresent()),
              "after a restart of the driver no list shows the id " + id + ".",
              lookAt);
    }
  }

  private static boolean hasAddress(Instance instance) {
    Optional<?> address = instance.address();
    return address != null && address.isPresent(); // null breaks T1, and is told there
  }

  /**
   * Asks that no later instance gets an id that was used. If it fails: does the driver count ids
   * itself, from the start again or from what exists?
   *
   * @throws Exception if the driver breaks the clause
   */
  @Test
  public void required_I1_anIdIsNeverUsedAgain() throws Exception {
    InstanceSet set = lab().open();
    Set<InstanceId> used = new HashSet<>();
    for (int i = 0; i < 3; i++) {
      Instance made = lab().create(set);
      lab()
          .check(
              used.add(made.id()),
              "a new instance got the id " + made.id() + " of one that had ended.",
              "use the provider's own id.");
      lab().destroyAndWait(set, made);
    }
  }

  /**
   * Asks that the text of an instance is its id. If it fails: is {@code toString()} overridden?
   *
   * @throws Exception if the driver breaks the clause
   */
  @Test
  public void required_I2_theTextIsTheId() throws Exception {
    InstanceSet set = lab().open();
    Instance made = lab().create(set);
    lab().awaitListed(set, made);
    for (Instance each : List.of(made, lab().find(set, made.id()).orElse(made))) {
      lab()
          .check(
              made.id().toString().equals(each.toString()),
              "toString() is \"" + each + "\", the id is " + made.id() + ".",
              "toString() returns id().toString().");
    }
  }

  /**
   * Asks that {@code setTags} replaces: values change, what is missing goes, nothing else appears.
   * If it fails: does the driver only add tags? A provider that cannot replace needs a delete too.
   *
   * @throws Exception if the driver breaks the clause
   */
  @Test
  public void required_I3_setTagsReplacesAll() throws Exception {
    InstanceSet set = lab().open();
    InstanceTags own = lab().tagOf(set);
    Instance made =
        lab().create(set, request -> request.tags(own.with("kit-a", "1").with("kit-b", "2")));
    for (InstanceTags tags :
        List.of(
            own.with("kit-a", "changed").with("kit-c", ""),
            own.with("kit-d", "ünï 🙂"),
            own.with("kit-a", "1"))) {
      lab().setTags(made, tags);
      boolean exact =
          lab()
              .next(
                  set,
                  () ->
                      lab()
                          .find(set, made.id())
                          .filter(row -> row.tags().equals(tags))
                          .isPresent());
      lab().awaitListed(set, made);
      lab()
          .check(
              exact,
              "after setTags("
                  + tags.asMap()
                  + ") the next list shows "
                  + lab().find(set, made.id()).map(row -> row.tags().asMap())
                  + ".",
              "afterwards the caller's tags are exactly these; missing keys are gone.");
    }
  }

  /**
   * Asks that an empty map clears the tags. If it fails: is a request without tags sent at all?
   *
   * @throws Exception if the driver breaks the clause
   */
  @Test
  public void required_I3_noTagsClearAll() throws Exception {
    InstanceSet set = lab().open();
    Instance made = lab().create(set, request -> request.tags(lab().tagOf(set).with("kit-a", "1")));
    lab().awaitListed(set, made);
    if (row(set, made).isEmpty()) {
      throw new Breach(
          "S5",
          made + " is not listed without a filter.",
          "no filter tags, and every instance has them all.",
          null);
    }
    lab().setTags(made, InstanceTags.empty());
    boolean cleared = lab().next(set, () -> tagsOf(set, made).isEmpty());
    lab()
        .check(
            cleared,
            "after setTags with no tags the next list shows " + tagsOf(set, made).asMap() + ".",
            "an empty map clears all of the caller's tags; the provider's own are not shown.");
  }

  /** Without a filter, since the instance may have no tags. */
  private InstanceTags tagsOf(InstanceSet set, Instance made) throws Exception {
    Optional<Instance> row = row(set, made);
    lab()
        .check(
            row.isPresent(),
            made + " is not listed without a filter, after its tags were cleared.",
            "the list finds the set's instances by a mark of its own, not by the caller's tags.");
    return row.orElseThrow().tags();
  }

  private Optional<Instance> row(InstanceSet set, Instance made) throws Exception {
    return lab().list(set, InstanceTags.empty()).stream()
        .filter(each -> each.id().equals(made.id()))
        .findFirst();
  }

  /**
   * Asks that {@code tags()} cannot be changed by its caller, and is not changed by the caller's
   * own map. If it fails: is a map kept or handed out without a copy?
   *
   * @throws Exception if the driver breaks the clause
   */
  @Test
  public void required_I4_tagsAreASnapshot() throws Exception {
    InstanceSet set = lab().open();
    Instance made = lab().create(set, request -> request.tags(lab().tagOf(set).with("kit-a", "1")));
    InstanceTags before = made.tags();
    String text = before.asMap().toString();
    Throwable raised = lab().raisedBy(() -> before.asMap().put("kit-b", "2"));
    lab()
        .check(
            raised != null && !made.tags().get("kit-b").isPresent(),
            "the map of tags() can be changed.",
            "hand out InstanceTags, which cannot be.");
    lab().setTags(made, lab().tagOf(set).with("kit-a", "changed"));
    lab()
        .next(
            set,
            () ->
                lab()
                    .find(set, made.id())
                    .filter(row -> row.tags().get("kit-a").equals(Optional.of("changed")))
                    .isPresent());
    lab()
        .check(
            before.asMap().toString().equals(text),
            "tags that had been handed out changed from " + text + " to " + before.asMap() + ".",
            "make new InstanceTags for each change.");
    boolean throttled =
        lab().subject().faults().map(faults -> faults.throttle(LIST, null)).orElse(false);
    Throwable asked = lab().raisedBy(made::tags);
    lab()
        .check(
            asked == null,
            "tags() raised " + asked + (throttled ? " while the provider throttled lists." : "."),
            "tags() shows what the handle has seen, and asks nobody.");
  }

  /**
   * Asks that destroy ends the instance, and succeeds again while it shuts down and when it is
   * gone. If it fails: what does the driver do with the provider's "not found"?
   *
   * @throws Exception if the driver breaks the clause
   */
  @Test
  public void required_I5_destroyMayBeRepeated() throws Exception {
    InstanceSet set = lab().open();
    Instance made = lab().create(set);
    lab().awaitListed(set, made);
    lab().destroy(made);
    lab().destroy(made);
    lab().destroyAndWait(set, made);
    lab().destroy(made);
  }

  /**
   * Asks that a handle whose instance has ended destroys nothing else. If it fails: does the driver
   * destroy by a name, a position or an address that a later instance has?
   *
   * @throws Exception if the driver breaks the clause
   */
  @Test
  public void required_I5_aStaleHandleDestroysNothingElse() throws Exception {
    InstanceSet set = lab().open();
    Instance stale = lab().create(set);
    lab().destroyAndWait(set, stale);
    Instance later = lab().create(set);
    lab().awaitListed(set, later);
    lab().destroy(stale);
    boolean survives =
        lab()
            .pace()
            .staysTrue(
                () ->
                    lab()
                        .find(set, later.id())
                        .filter(row -> row.state() != InstanceState.SHUTTING_DOWN)
                        .isPresent());
    lab()
        .check(
            survives,
            "destroy through the handle of "
                + stale
                + ", which had ended, destroyed "
                + later
                + ".",
            "destroy by the provider's id.");
  }

  /**
   * Asks that the state goes from booting or running to shutting down, and never back. Skipped
   * without STATE, where it must be UNKNOWN. If it fails: which of the provider's states stand for
   * which?
   *
   * @throws Exception if the driver breaks the clause
   */
  @Test
  public void required_I7_theStateIsKnown() throws Exception {
    InstanceSet set = lab().open();
    Instance made = lab().create(set);
    lab()
        .needCapability(
            set,
            Capability.STATE,
            () ->
                lab()
                    .check(
                        made.state() == InstanceState.UNKNOWN,
                        "a set without STATE shows the state " + made.state() + ".",
                        "claim STATE, or answer UNKNOWN."));
    InstanceState first = made.state();
    lab()
        .check(
            first == InstanceState.BOOTING || first == InstanceState.RUNNING,
            "a new instance has the state " + first + ".",
            "it boots or runs.");
    boolean runs =
        lab()
            .pace()
            .settles(
                () ->
                    lab()
                        .find(set, made.id())
                        .filter(row -> row.state() == InstanceState.RUNNING)
                        .isPresent());
    lab()
        .check(
            runs,
            "after " + lab().pace().settle() + " the list does not show " + made + " as RUNNING.",
            "which state of the provider means that it runs? Is settleTimeout() long enough?");
    lab().destroy(made);
    boolean ends =
        lab()
            .pace()
            .settles(
                () ->
                    lab()
                        .find(set, made.id())
                        .map(row -> row.state() == InstanceState.SHUTTING_DOWN)
                        .orElse(true));
    if (!ends) {
      lab().destroyAndWait(set, made); // a destroy without effect breaks I5
    }
    lab()
        .check(
            ends,
            "until it was gone the list showed " + made + " in another state than SHUTTING_DOWN.",
            "which states of the provider mean that an instance ends?");
  }

  /**
   * Asks that a stop which the provider announces is told, with kind and deadline. Skipped without
   * INTERRUPTION, where it must be empty, and where {@code faults()} cannot announce one. If it
   * fails: where does the driver look for announcements, and how often?
   *
   * @throws Exception if the driver breaks the clause
   */
  @Test
  public void required_I8_anAnnouncedStopIsTold() throws Exception {
    InstanceSet set = lab().open();
    Instance made = lab().create(set);
    lab()
        .check(made.interruption() != null, "interruption() is null.", "none is Optional.empty().");
    lab()
        .check(
            made.interruption().isEmpty(),
            "a new instance tells of an interruption, " + made.interruption() + ".",
            "it is empty unless the provider has announced a stop.");
    lab().needCapability(set, Capability.INTERRUPTION, () -> {});
    ProviderFaults faults = lab().needFaults();
    Instant earliest = lab().subject().clock().instant().plus(NOTICE).minus(ROUNDED);
    Lab.need(
        faults.interrupt(made.id(), Interruption.Kind.RECLAIM, NOTICE),
        "faults() cannot announce the stop of an instance");
    Instant latest = lab().subject().clock().instant().plus(NOTICE);
    Optional<Interruption>[] told = newArray();
    boolean seen =
        lab()
            .pace()
            .settles(
                () -> {
                  told[0] = lab().find(set, made.id()).flatMap(Instance::interruption);
                  return told[0].isPresent();
                });
    lab()
        .check(
            seen && told[0].orElseThrow().kind() == Interruption.Kind.RECLAIM,
            "the provider announced that it reclaims " + made + "; the list tells " + told[0] + ".",
            "read the provider's announcements.");
    Instant deadline = told[0].flatMap(Interruption::deadline).orElse(latest);
    lab()
        .check(
            !deadline.isBefore(earliest) && !deadline.isAfter(latest.plus(ROUNDED)),
            "the provider stops "
                + made
                + " between "
                + earliest
                + " and "
                + latest
                + "; the list tells "
                + deadline
                + ".",
            "the deadline is when the instance stops, and empty where the driver does not know.");
  }

  @SuppressWarnings("unchecked")
  private static Optional<Interruption>[] newArray() {
    return (Optional<Interruption>[]) new Optional<?>[] {Optional.empty()};
  }
}
