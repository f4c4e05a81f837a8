package io.github.clouddriver.memory;

import io.github.clouddriver.Capability;
import io.github.clouddriver.CreateRequest;
import io.github.clouddriver.InstanceId;
import io.github.clouddriver.InstanceTags;
import io.github.clouddriver.Interruption;
import io.github.clouddriver.SharedResourceTags;
import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.error.OutcomeUnknownException;
import io.github.clouddriver.exec.SshPublicKeys;
import java.security.PublicKey;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The provider's side of one account: what exists, and who made it. No call here waits or fails by
 * script; that happens on the way here.
 *
 * <p>Thread-safe: the lock guards every field that changes. Machines have monitors of their own,
 * taken inside it; SSH services are closed outside.
 */
final class Account {

  /** A create's result; {@code isNew} is false where its token had made the machine before. */
  record Created(Machine machine, boolean isNew) {}

  /** A machine as a list shows it: as of some time, with the tags of that time or before. */
  record Row(Machine machine, Instant asOf, InstanceTags tags) {}

  private record KeyPairName(SetIdentity owner, String fingerprint) {}

  private final Settings settings;
  private final Hosting hosting;
  private final Object lock = new Object();
  private final Map<InstanceId, Machine> machines = new LinkedHashMap<>();
  private final Map<KeyPairName, KeyPairRecord> keyPairs = new LinkedHashMap<>();
  private final Attempts attempts = new Attempts();
  private final InstanceIds ids = new InstanceIds();
  private Instant latest = Instant.MIN;

  Account(Settings settings, Faults faults, MemoryShell shell, @Nullable SshServers servers) {
    this.settings = settings;
    hosting =
        new Hosting(
            settings.ssh(), settings.can(Capability.PUBLIC_KEY), shell, servers, faults, this::now);
  }

  /** The provider's time: the clock's, but it never runs backwards, whatever the clock does. */
  Instant now() {
    Instant shown = settings.clock().instant();
    synchronized (lock) {
      return advanceTo(shown);
    }
  }

  /** Taken under the lock, so that what comes later there is never earlier in time. */
  private Instant advanceTo(Instant shown) {
    if (shown.isAfter(latest)) {
      latest = shown;
    }
    return latest;
  }

  /**
   * Creates a machine, or finds the one that the request's token has made.
   *
   * @throws CloudException if the token or the account's limits refuse it; nothing was created
   */
  Created create(Caller caller, CreateRequest request, FaultCall call) throws CloudException {
    SetIdentity owner = caller.identity();
    sweep();
    Instant shown = settings.clock().instant();
    synchronized (lock) {
      Instant now = advanceTo(shown);
      checkRunning(caller);
      Machine earlier = attempts.find(owner, request, now);
      if (earlier != null) {
        return new Created(earlier, false);
      }
      settings
          .limits()
          .admit(
              request.type(),
              machines.values().stream()
                  .filter(m -> m.exists(now))
                  .map(m -> m.request().type())
                  .toList());
      Machine machine =
          new Machine(
              ids.next(),
              ids.count(),
              owner,
              request,
              settings.timing().withSlowBoot(call.slowBoot()),
              now,
              hosting,
              caller.logger());
      interruptSpot(machine);
      call.created(machine.id());
      machines.put(machine.id(), machine);
      attempts.made(machine);
      return new Created(machine, true);
    }
  }

  /** In a commit: what is stopped has let go of its instances, and must not make new ones. */
  private static void checkRunning(Caller caller) throws CloudException {
    if (caller.stop().isStopped()) {
      throw new OutcomeUnknownException("CREATE: the instance set was stopped meanwhile", null);
    }
  }

  private void interruptSpot(Machine machine) {
    SpotInterruptions spot = settings.spotInterruptions();
    if (spot != null && machine.request().type().preemptible()) {
      machine.interrupt(
          Interruption.Kind.RECLAIM,
          machine.createdAt().plus(spot.lifeOf(ids.count(), settings.seed())),
          spot.notice());
    }
  }

  /** What exists now, in the order of creation. */
  List<Machine> machines() {
    Instant shown = settings.clock().instant();
    synchronized (lock) {
      Instant now = advanceTo(shown);
      return machines.values().stream().filter(m -> m.exists(now)).toList();
    }
  }

  /** What a list shows at the worst, in the order of creation (clause S4). */
  List<Row> rows() {
    sweep();
    Listing listing = settings.listing();
    Instant shown = settings.clock().instant();
    synchronized (lock) {
      Instant now = advanceTo(shown);
      Instant asOf = now.minus(listing.lag());
      return machines.values().stream()
          .filter(m -> m.exists(asOf))
          .map(m -> new Row(m, asOf, m.tags(now.minus(listing.bound()))))
          .toList();
    }
  }

  /** Whether the key is there with all these tags, and no call is needed. */
  boolean hasKeyPair(SetIdentity owner, PublicKey key, SharedResourceTags tags) {
    synchronized (lock) {
      KeyPairRecord pair = keyPairs.get(nameOf(owner, key));
      return pair != null && pair.tags().containsAll(tags);
    }
  }

  /** Keeps a key under its owner's name, or gives the one that is there these tags too. */
  void addKeyPair(Caller caller, PublicKey key, SharedResourceTags tags) throws CloudException {
    SetIdentity owner = caller.identity();
    synchronized (lock) {
      checkRunning(caller);
      keyPairs.merge(
          nameOf(owner, key), new KeyPairRecord(owner.id(), key, tags), KeyPairRecord::withTagsOf);
    }
  }

  private static KeyPairName nameOf(SetIdentity owner, PublicKey key) {
    return new KeyPairName(owner, SshPublicKeys.fingerprint(key));
  }

  /** The key pairs of some owners, in the order of their upload. */
  List<KeyPairRecord> keyPairs(Predicate<SetIdentity> whose) {
    synchronized (lock) {
      return keyPairs.entrySet().stream()
          .filter(entry -> whose.test(entry.getKey().owner()))
          .map(Map.Entry::getValue)
          .toList();
    }
  }

  /** Ends what some owners have, at once and without a trace. */
  void lose(Predicate<SetIdentity> whose) {
    Instant shown = settings.clock().instant();
    synchronized (lock) {
      Instant now = advanceTo(shown);
      keyPairs.keySet().removeIf(name -> whose.test(name.owner()));
      machines.values().stream().filter(m -> whose.test(m.owner())).forEach(m -> m.lose(now));
    }
    sweep();
  }

  /**
   * Ends the logins of what shuts down, and forgets what no list can show any more. There is no
   * thread for that: it is done on the way of other calls.
   */
  void sweep() {
    Instant shown = settings.clock().instant();
    List<Machine> ending;
    synchronized (lock) {
      Instant now = advanceTo(shown);
      Instant oldest = now.minus(settings.listing().lag());
      ending = machines.values().stream().filter(m -> m.isEnding(now)).toList();
      for (Machine machine : ending) {
        if (machine.isGone(oldest)) {
          machines.remove(machine.id());
          attempts.ended(machine);
        }
      }
    }
    ending.forEach(Machine::endLogins);
  }
}
