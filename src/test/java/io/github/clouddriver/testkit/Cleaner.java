package io.github.clouddriver.testkit;

import io.github.clouddriver.Capability;
import io.github.clouddriver.Instance;
import io.github.clouddriver.InstanceId;
import io.github.clouddriver.InstanceSet;
import io.github.clouddriver.InstanceSetId;
import io.github.clouddriver.InstanceTags;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Destroys what a test has made, stops its sets, and finds what is left over: instances, what was
 * attached to them, long-lived resources, threads, connections, and secrets in the open.
 */
final class Cleaner {
  private final Lab lab;
  private final Optional<Set<String>> socketsBefore = OpenSockets.snapshot();
  private final List<Throwable> problems = new ArrayList<>();

  Cleaner(Lab lab) {
    this.lab = lab;
  }

  /** Does all of it, whatever goes wrong on the way, and raises the first thing that did. */
  void clean() throws Exception {
    lab.subject().faults().ifPresent(ProviderFaults::clear);
    Map<InstanceSetId, InstanceSet> open = openSets();
    for (Map.Entry<InstanceSetId, InstanceSet> each : open.entrySet()) {
      attempt(() -> destroyAll(each.getValue()));
    }
    if (problems.isEmpty()) { // else the provider has what a list has just shown
      for (InstanceSetId id : Set.copyOf(lab.sets().values())) {
        attempt(() -> nothingAtTheProvider(id, open.get(id)));
      }
    }
    for (InstanceSet set : lab.sets().keySet()) {
      attempt(() -> lab.stop(set));
    }
    attempt(this::noThreads);
    attempt(this::noSockets);
    attempt(this::noSecrets);
    raiseProblems();
  }

  private void attempt(Lab.Step step) throws InterruptedException {
    try {
      step.run();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception | AssertionError e) {
      problems.add(e);
    }
  }

  private void raiseProblems() throws Exception {
    if (problems.isEmpty()) {
      return;
    }
    String own = lab.clause().number();
    Throwable first =
        problems.stream()
            .filter(each -> each instanceof Breach breach && breach.clause().equals(own))
            .findFirst()
            .orElse(problems.get(0));
    problems.stream().filter(each -> each != first).forEach(first::addSuppressed);
    if (first instanceof Exception exception) {
      throw exception;
    }
    throw (Error) first;
  }

  /** One running set for each id; a new one where a test has stopped them all. */
  private Map<InstanceSetId, InstanceSet> openSets() throws InterruptedException {
    Map<InstanceSetId, InstanceSet> open = new LinkedHashMap<>();
    lab.sets()
        .forEach(
            (set, id) -> {
              if (!lab.isStopped(set)) {
                open.putIfAbsent(id, set);
              }
            });
    for (Map.Entry<InstanceSet, InstanceSetId> each : lab.sets().entrySet()) {
      boolean outlives = each.getKey().capabilities().contains(Capability.ADOPTION);
      if (outlives && !open.containsKey(each.getValue())) {
        attempt(() -> open.put(each.getValue(), lab.open(each.getValue())));
      }
    }
    return open;
  }

  private void destroyAll(InstanceSet set) throws Exception {
    Set<InstanceId> strangers = new TreeSet<>();
    lab.letListsCatchUp(set);
    boolean gone =
        lab.pace()
            .settles(
                () -> {
                  Map<InstanceId, Instance> left = ofTheTest(set);
                  for (Instance each : left.values()) {
                    if (!lab.created().contains(each.id())) {
                      strangers.add(each.id());
                    }
                    lab.destroy(each);
                  }
                  return left.isEmpty();
                });
    if (!gone) {
      throw new Breach(
          "I5",
          "after the test " + ofTheTest(set).keySet() + " are still listed, though destroyed.",
          "does destroy send its request, and does the list show what has ended?"
              + " Or does the provider need a longer settleTimeout()?",
          null);
    }
    if (strangers.size() > lab.unknownOutcomes()) {
      if (lab.hasStopped(lab.idOf(set))) {
        throw new Breach(
            "I1",
            "after a restart of the driver the list shows the ids "
                + strangers
                + ", which no create returned.",
            "ids stay the same over a restart of the driver.",
            null);
      }
      throw new Breach(
          "S10",
          "the instances " + strangers + " have the test's tags, but no create returned them.",
          "did a create that failed, or was repeated, make an instance?",
          null);
    }
  }

  /** What the test has made, by handles that a list gave. */
  private Map<InstanceId, Instance> ofTheTest(InstanceSet set) throws Exception {
    Map<InstanceId, Instance> left = new HashMap<>();
    for (InstanceTags filter : List.of(InstanceTags.empty(), lab.tagOf(set))) {
      for (Instance each : lab.list(set, filter)) {
        if (lab.created().contains(each.id()) || each.tags().containsAll(lab.tagOf(set))) {
          left.put(each.id(), each);
        }
      }
    }
    return left;
  }

  private void nothingAtTheProvider(InstanceSetId id, @Nullable InstanceSet set) throws Exception {
    ProviderView provider = lab.subject().provider().orElse(null);
    if (provider == null) {
      return;
    }
    if (!lab.pace().settles(() -> provider.instances(id).isEmpty())) {
      boolean late = set != null && !ofTheTest(set).isEmpty();
      throw new Breach(
          lab.hasStopped(id) && !late ? "D4" : "S4",
          "the provider still has " + provider.instances(id) + ", which no list showed.",
          "does the list leave out instances, or those that another set of that id has made?",
          null);
    }
    if (!lab.pace().settles(() -> attached(provider, id).isEmpty())) {
      boolean ofEnded =
          attached(provider, id).stream().allMatch(each -> lab.created().contains(each.instance()));
      throw new Breach(
          ofEnded ? "I5" : "S10",
          "no instance is left, but what belonged to one is: " + attached(provider, id) + ".",
          "does destroy, and a create that fails, remove what is made beside the instance?",
          null);
    }
    provider.deleteLongLived(id);
    if (!provider.resources(id).isEmpty()) {
      throw new IllegalStateException(
          "deleteLongLived has left " + provider.resources(id) + "; the kit cannot clean up");
    }
  }

  private static List<ProviderView.Resource> attached(ProviderView provider, InstanceSetId id)
      throws Exception {
    return provider.resources(id).stream().filter(each -> each.instance() != null).toList();
  }

  private void noThreads() throws Exception {
    boolean ended =
        Pace.within(
            lab.run().threadPatience(lab.pace()::bound),
            () -> lab.threads().ofTheDriver(lab.subject()).isEmpty());
    List<Thread> left = lab.threads().ofTheDriver(lab.subject());
    if (!ended && !left.isEmpty()) {
      lab.run().threadsOutlive();
      throw new Breach(
          "S9",
          "5 s after stop() these threads of the set are alive: " + left + ".",
          "end them in stop(), also while calls are in flight. Threads of a provider in this"
              + " process are told by belongsToProvider().",
          null);
    }
  }

  private void noSockets() throws Exception {
    if (socketsBefore.isEmpty()) {
      return;
    }
    Set<String> before = socketsBefore.get();
    boolean closed =
        Pace.within(
            lab.run().threadPatience(lab.pace()::bound),
            () -> OpenSockets.openedSince(before).isEmpty());
    if (!closed) {
      lab.run().threadsOutlive();
      throw new Breach(
          "S9",
          "5 s after stop() these connections are open: " + OpenSockets.openedSince(before) + ".",
          "close them in stop(), with the connection pool of the HTTP client.",
          null);
    }
  }

  private void noSecrets() {
    lab.secrets()
        .leak(lab.logger(), lab.registries())
        .ifPresent(
            where -> {
              throw new Breach(
                  "D8",
                  "a secret was shown by " + where,
                  "print neither configurations nor requests whole; provider errors may quote"
                      + " them too.",
                  null);
            });
  }
}
