package io.github.clouddriver.memory;

import io.github.clouddriver.Capability;
import io.github.clouddriver.InitCommand;
import io.github.clouddriver.InstanceSetId;
import io.github.clouddriver.SharedResourceTags;
import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.error.OutcomeUnknownException;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * An account with its sets and all that stands between them. Thread-safe: the lock guards the open
 * sets and is held for nothing else.
 */
final class Provider {
  private final Settings settings;
  private final Account account;
  private final Faults faults;
  private final MemoryShell shell = new MemoryShell();
  private final @Nullable SshServers servers;
  private final InitRuns inits;
  private final @Nullable ApiRateLimiter limiter;
  private final Object lock = new Object();
  private final Set<MemoryInstanceSet> open = new HashSet<>();
  private final Consumer<Provider> onClose;
  private boolean closed;

  Provider(Settings settings) {
    this(settings, closing -> {});
  }

  /**
   * An account that somebody keeps.
   *
   * @param onClose told, with no lock held, whenever the account is about to be closed
   * @throws IllegalStateException if its instances are to answer SSH and the library is missing
   */
  Provider(Settings settings, Consumer<Provider> onClose) {
    this.settings = settings;
    this.onClose = onClose;
    faults = new Faults(new CloudTime(settings.clock()));
    if (settings.ssh().enabled()) {
      SshServers.requireLibrary();
      servers = new SshServers(settings.name());
    } else {
      servers = null;
    }
    account = new Account(settings, faults, shell, servers);
    inits = new InitRuns(settings.name());
    RateLimit limit = settings.rateLimit();
    limiter =
        limit == null
            ? null
            : new ApiRateLimiter(limit.calls(), limit.interval(), settings.clock());
  }

  Settings settings() {
    return settings;
  }

  Account account() {
    return account;
  }

  Faults faults() {
    return faults;
  }

  MemoryShell shell() {
    return shell;
  }

  /**
   * Runs a new machine's init command, which goes on where the wait for it is cut short; without it
   * the machine never counts as booted (clause S3).
   */
  void initialize(Machine machine, StopSignal stop)
      throws OutcomeUnknownException, InterruptedException {
    InitCommand command = machine.request().initCommand();
    if (command.isEmpty() || !settings.can(Capability.INIT_COMMAND)) {
      machine.initialized(now());
      return;
    }
    inits.run(
        machine.id().value(),
        () -> {
          machine.guest().runInit(command);
          machine.initialized(now());
        },
        stop);
  }

  /** The provider's time, which never runs backwards. */
  Instant now() {
    return account.now();
  }

  /** Counts a call against the account's rate limit. */
  void limitRate(Operation operation) throws CloudException {
    if (limiter != null) {
      limiter.check(operation, faults.newRequestId());
    }
  }

  /** Makes a set that is not started yet, but counts as open. Never waits. */
  MemoryInstanceSet register(
      InstanceSetId id, SharedResourceTags tags, Logger logger, MeterRegistry registry)
      throws CloudException {
    Object incarnation = settings.can(Capability.ADOPTION) ? null : new Object();
    SetIdentity identity = new SetIdentity(id, incarnation);
    Caller caller = new Caller(identity, new StopSignal(), logger);
    MemoryInstanceSet set = new MemoryInstanceSet(this, caller, tags, registry);
    synchronized (lock) {
      if (closed) {
        throw new CloudException("the in-memory cloud " + settings.name() + " is closed");
      }
      open.add(set);
    }
    return set;
  }

  /**
   * Starts a set; what there is of its id is its own from now on (clause D4). Where that fails the
   * set is stopped.
   */
  MemoryInstanceSet start(MemoryInstanceSet set) throws CloudException, InterruptedException {
    boolean started = false;
    try {
      faults.around(
          Operation.OPEN,
          set.caller().stop(),
          () -> {
            StartupSummary.log(settings.name(), account, set.caller());
            return set;
          });
      started = true;
      return set;
    } finally {
      if (!started) {
        set.stop();
      }
    }
  }

  /**
   * The set is stopped; what cannot outlive it goes with it. With the last set go the threads that
   * no instance needs (clause S9); what the account knows stays. Waits for nothing.
   */
  void stopped(MemoryInstanceSet set) {
    boolean isLast;
    synchronized (lock) {
      open.remove(set);
      isLast = open.isEmpty() && !closed; // a close ends all threads itself, and waits for them
    }
    if (!settings.can(Capability.ADOPTION)) {
      account.lose(owner -> owner.equals(set.caller().identity()));
    }
    if (isLast && servers != null) {
      account.sweep();
      servers.releaseUnused();
    }
  }

  /** Stops all sets and ends all that exists. Closing again does nothing. */
  void close() {
    onClose.accept(this);
    List<MemoryInstanceSet> stopping;
    synchronized (lock) {
      closed = true;
      stopping = List.copyOf(open);
    }
    stopping.forEach(MemoryInstanceSet::stop);
    account.lose(owner -> true);
    inits.close();
    if (servers != null) {
      servers.close();
    }
  }
}
