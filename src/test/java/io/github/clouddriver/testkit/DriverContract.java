package io.github.clouddriver.testkit;

import io.github.clouddriver.Capability;
import io.github.clouddriver.Driver;
import io.github.clouddriver.DriverFunc;
import io.github.clouddriver.Drivers;
import io.github.clouddriver.InitCommand;
import io.github.clouddriver.Instance;
import io.github.clouddriver.InstanceId;
import io.github.clouddriver.InstanceSet;
import io.github.clouddriver.InstanceSetId;
import io.github.clouddriver.InstanceTags;
import io.github.clouddriver.error.UnknownDriverException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a driver promises of the sets that it makes: clauses D1 and D3 to D10. */
public abstract class DriverContract extends ContractTest {

  /** For the test class of a driver author. */
  protected DriverContract() {}

  /**
   * Asks that every id of the form works, whatever its letters and digits. If it fails: does the
   * driver put the id where the provider allows fewer characters, or ignores their case?
   *
   * @throws Exception if the driver breaks the clause
   */
  @Test
  public void required_D1_everyIdOfTheFormIsTaken() throws Exception {
    String unique = Lab.newId().value().substring(12);
    for (String value : List.of("00000-99999-" + unique, "aaaaa-ZZZZZ-" + unique)) {
      InstanceSetId id = InstanceSetId.of(value);
      Throwable raised =
          lab()
              .raisedBy(
                  () ->
                      lab().openUnchecked(lab().subject().driver(), lab().subject().config(), id));
      lab()
          .check(
              raised == null,
              "for the set id " + id + " the driver raised " + raised + ".",
              "each character of an id may be any ASCII letter or digit.");
    }
  }

  /**
   * Asks that what is not attached to an instance carries the shared tags. Skipped where {@code
   * provider()} is empty or shows no such thing. If it fails: is each key pair, template and so on
   * tagged when it is made?
   *
   * @throws Exception if the driver breaks the clause
   */
  @Test
  public void required_D3_sharedResourcesCarryTheSharedTags() throws Exception {
    ProviderView provider = lab().needProvider();
    InstanceSet set = lab().open();
    lab().create(set, request -> request.publicKey(Keys.pair().getPublic()));
    List<ProviderView.Resource> shared = longLived(provider, lab().id());
    Lab.need(
        shared.stream().anyMatch(each -> each.tags() != null),
        "the driver makes no shared resource that can be tagged");
    for (ProviderView.Resource each : shared) {
      Map<String, String> tags = each.tags();
      lab()
          .check(
              tags == null || tags.entrySet().containsAll(lab().sharedTags().asMap().entrySet()),
              each.name()
                  + " has the tags "
                  + tags
                  + ", not all of "
                  + lab().sharedTags().asMap()
                  + ".",
              "tag it with every entry of the SharedResourceTags when it is made.");
    }
  }

  /**
   * Asks that a set with the same id on another host sees what the first set made, and takes over
   * its long-lived resources. Skipped without ADOPTION. If it fails: is the set id in a tag or name
   * at the provider, or only in memory?
   *
   * @throws Exception if the driver breaks the clause
   */
  @Test
  public void required_D4_anotherHostTakesOver() throws Exception {
    InstanceSet first = lab().open();
    lab().needCapability(first, Capability.ADOPTION, () -> lab().stop(first));
    lab().needRoomFor(2);
    InstanceTags tags = lab().tagOf(first).with("kit-mark", "taken over");
    Instance made =
        lab().create(first, request -> request.tags(tags).publicKey(Keys.pair().getPublic()));
    int before = resourceCount();
    lab().stop(first);
    InstanceSet second = lab().openElsewhere(lab().id());
    lab().checkTakenOver(second, made, tags);
    lab().create(second, request -> request.publicKey(Keys.pair().getPublic()));
    lab()
        .check(
            resourceCount() == before,
            "a create by the second set with the same public key made long-lived resources anew.",
            "look for the key pair by the set id before making one.");
    for (Instance row : lab().listTagged(second, tags)) {
      lab().destroyAndWait(second, row);
    }
  }

  private int resourceCount() throws Exception {
    ProviderView provider = lab().subject().provider().orElse(null);
    return provider == null ? 0 : longLived(provider, lab().id()).size();
  }

  private static List<ProviderView.Resource> longLived(ProviderView provider, InstanceSetId id)
      throws Exception {
    return provider.resources(id).stream().filter(each -> each.instance() == null).toList();
  }

  /**
   * Asks that a set leaves alone what carries another id: while it starts, lists, creates, tags,
   * destroys its own and stops. If it fails: does the driver clean up at its start, and by which
   * mark does it tell its own resources?
   *
   * @throws Exception if the driver breaks the clause
   */
  @Test
  public void required_D5_whatHasAnotherIdIsLeftAlone() throws Exception {
    lab().needRoomFor(2);
    InstanceSet first = lab().open();
    InstanceTags mark = lab().tagOf(first).with("kit-mark", "first");
    Instance kept =
        lab().create(first, request -> request.tags(mark).publicKey(Keys.pair().getPublic()));
    InstanceTags shown = lab().awaitListed(first, kept).tags();
    ProviderView provider = lab().subject().provider().orElse(null);
    List<ProviderView.Resource> before =
        provider == null ? List.of() : provider.resources(lab().id());

    InstanceSet second = lab().openElsewhere(Lab.newId());
    Instance other = lab().create(second, request -> request.publicKey(Keys.pair().getPublic()));
    lab().next(second, () -> lab().find(second, other.id()).isPresent());
    lab().setTags(other, lab().tagOf(second).with("kit-mark", "second"));
    lab().destroyAndWait(second, other);
    lab().stop(second);

    String lookAt = "change only what carries the set's own id, at the start and at the end too.";
    lab()
        .check(
            lab()
                .pace()
                .staysTrue(() -> lab().next(first, () -> lab().find(first, kept.id()).isPresent())),
            "after a set with another id had worked, " + kept + " of " + lab().id() + " was gone.",
            lookAt);
    InstanceTags tags = lab().find(first, kept.id()).orElse(kept).tags();
    lab()
        .check(
            tags.equals(shown),
            "after a set with another id had worked, "
                + kept
                + " had the tags "
                + tags.asMap()
                + ".",
            lookAt);
    lab()
        .check(
            provider == null || provider.resources(lab().id()).equals(before),
            "after a set with another id had worked, long-lived resources had changed.",
            lookAt);
  }

  /**
   * Asks that a set says at its start, in one log line, that there is something of another id. If
   * it fails: a summary helps the operator to find strays.
   *
   * @throws Exception if the driver breaks the clause
   */
  @Test
  public void optional_D6_strangersAreLoggedOnce() throws Exception {
    InstanceSet first = lab().open();
    Instance stray = lab().create(first);
    lab().awaitListed(first, stray);
    int before = lab().logger().lines().size();
    lab().openElsewhere(Lab.newId());
    List<String> lines =
        lab().logger().lines().stream()
            .skip(before)
            .filter(line -> line.contains(lab().id().value()) || line.contains(stray.toString()))
            .toList();
    lab()
        .check(
            lines.size() == 1,
            "a set that found "
                + stray
                + " of "
                + lab().id()
                + " logged "
                + lines.size()
                + " lines about it.",
            "log one summary at the start.");
  }

  /**
   * Asks that two sets share one registry, and that meters and log lines go nowhere but to what was
   * given. If it fails: is a meter registered twice with different tags, or is there a static
   * logger or registry?
   *
   * @throws Exception if the driver breaks the clause
   */
  @Test
  public void required_D7_metersAndLogLinesGoWhereTheyBelong() throws Exception {
    lab().needRoomFor(2);
    Set<Object> global = new HashSet<>(Metrics.globalRegistry.getMeters());
    try (ConsoleWatch console = ConsoleWatch.begin(lab().threads())) {
      MeterRegistry shared = new SimpleMeterRegistry();
      InstanceSet first = lab().open(lab().id(), shared);
      InstanceSet second = withTheSameRegistry(Lab.newId(), shared);
      for (InstanceSet set : List.of(first, second)) {
        Instance instance = lab().create(set);
        lab().setTags(instance, lab().tagOf(set));
        lab().destroyAndWait(set, instance);
      }
      lab().stop(first);
      withTheSameRegistry(lab().id(), shared);
      lab().list(second);
      List<Object> added = new ArrayList<>(Metrics.globalRegistry.getMeters());
      added.removeAll(global);
      lab()
          .check(
              added.isEmpty(),
              "meters were added to the global registry: " + added + ".",
              "use the registry that Driver.instanceSet is given.");
      String written = console.written();
      lab()
          .check(
              written.isEmpty(),
              "the driver wrote to the console: " + written.strip() + ".",
              "log with the logger that Driver.instanceSet is given.");
    }
  }

  private InstanceSet withTheSameRegistry(InstanceSetId id, MeterRegistry shared) throws Exception {
    InstanceSet[] set = new InstanceSet[1];
    Throwable raised = lab().raisedBy(() -> set[0] = lab().openUnchecked(id, shared));
    lab()
        .check(
            raised == null,
            "with a registry that another set has had, Driver.instanceSet raised " + raised + ".",
            "register meters so that they may be there already, with the same tag keys.");
    return set[0];
  }

  /**
   * Asks that no secret is seen in log lines, exceptions, meters and texts. The secrets are those
   * of {@code secrets()} and one in the init command; every other test looks for them too. If it
   * fails: the message tells where it was seen.
   *
   * @throws Exception if the driver breaks the clause
   */
  @Test
  public void required_D8_noSecretIsShown() throws Exception {
    String secret = "kit-instance-secret-" + Lab.newId().value().substring(12);
    lab().secrets().add(secret);
    InstanceSet set = lab().open();
    Instance instance =
        lab().create(set, request -> request.initCommand(InitCommand.of("echo " + secret)));
    lab().secrets().saw("toString() of a set", set.toString());
    for (Instance each : lab().list(set)) {
      lab().secrets().saw("toString() of an instance", each.toString());
    }
    ProviderFaults faults = lab().subject().faults().orElse(null);
    if (faults != null && faults.fail(ProviderFaults.Call.CREATE)) {
      Throwable raised =
          lab()
              .raisedBy(
                  () ->
                      lab()
                          .createUnchecked(
                              set,
                              lab()
                                  .request(set)
                                  .initCommand(InitCommand.of("echo " + secret))
                                  .build()));
      if (raised == null) {
        throw Lab.excuse("a create that was made to fail did not");
      }
    }
    lab().destroyAndWait(set, instance);
    // What was seen is judged when the test is cleaned up.
  }

  /**
   * Asks that the driver works as a plain function. If it fails: does it return a set from every
   * call?
   *
   * @throws Exception if the driver breaks the clause
   */
  @Test
  public void required_D9_aPlainFunctionServesAsADriver() throws Exception {
    Driver original = lab().subject().driver();
    lab().stop(lab().open()); // what is wrong with the driver itself is told here
    Driver function = DriverFunc.of(original::instanceSet);
    InstanceSet[] sets = new InstanceSet[1];
    Throwable raised =
        lab()
            .raisedBy(
                () ->
                    sets[0] = lab().openUnchecked(function, lab().subject().config(), lab().id()));
    lab()
        .check(
            raised == null,
            "as a function the driver raised " + raised + ".",
            "return a set from every call.");
    InstanceSet set = sets[0];
    Instance instance = lab().create(set);
    lab().destroyAndWait(set, instance);
  }

  /**
   * Asks that the driver is found by its name, and that an unknown name fails with a list that has
   * it. Skipped where {@code driverName()} is empty. If it fails: is the {@code DriverProvider} in
   * {@code META-INF/services} and in the module's {@code provides}?
   *
   * @throws Exception if the driver breaks the clause
   */
  @Test
  public void required_D10_theDriverIsFoundByName() throws Exception {
    String name =
        lab()
            .subject()
            .driverName()
            .orElseThrow(() -> Lab.excuse("driverName() is empty: the driver is not announced"));
    String lookAt = "the provider's name(), META-INF/services and the module's provides.";
    lab()
        .check(
            Drivers.names().contains(name),
            "Drivers finds " + Drivers.names() + ", without " + name + ".",
            lookAt);
    Throwable raised = lab().raisedBy(() -> Drivers.named(name));
    lab().check(raised == null, "Drivers.named(" + name + ") raised " + raised + ".", lookAt);
    Throwable unknown = lab().raisedBy(() -> Drivers.named("kit-no-such-driver"));
    lab()
        .check(
            unknown instanceof UnknownDriverException
                && String.valueOf(unknown.getMessage()).contains(name),
            "a name that nobody has raised " + unknown + ", which does not list " + name + ".",
            lookAt);
  }

  /** The ids of a list. */
  static Set<InstanceId> ids(List<Instance> rows) {
    Set<InstanceId> ids = new HashSet<>();
    rows.forEach(each -> ids.add(each.id()));
    return ids;
  }
}
