package io.github.clouddriver.loopback;

import io.github.clouddriver.Capability;
import io.github.clouddriver.CreateRequest;
import io.github.clouddriver.Instance;
import io.github.clouddriver.InstanceQuotaGroup;
import io.github.clouddriver.InstanceSet;
import io.github.clouddriver.InstanceSetId;
import io.github.clouddriver.InstanceTags;
import io.github.clouddriver.InstanceType;
import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.error.NotImplementedException;
import io.github.clouddriver.error.OutcomeUnknownException;
import io.github.clouddriver.error.QuotaException;
import io.github.clouddriver.error.StoppedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * This host, as one instance at most. Thread-safe: the lock guards every field that changes, and is
 * held while nothing is begun or ended.
 */
final class LoopbackInstanceSet implements InstanceSet {
  /** However many kinds of types there are, there is one host. */
  private static final InstanceQuotaGroup GROUP = InstanceQuotaGroup.of("loopback");

  private static final Set<Capability> CAPABILITIES =
      Set.of(Capability.PUBLIC_KEY, Capability.HOST_KEY, Capability.STATE);

  private final InstanceSetId id;
  private final HostShell shell;
  private final Logger logger;
  private final Object lock = new Object();

  /** The one that exists, or is ending. */
  private @Nullable Incarnation current;

  /** Whether the place is taken by one that is about to exist. */
  private boolean creating;

  private boolean stopped;

  LoopbackInstanceSet(InstanceSetId id, HostShell shell, Logger logger) {
    this.id = id;
    this.shell = shell;
    this.logger = logger;
  }

  /**
   * A set on this host as it is.
   *
   * @throws CloudException if this host has no shell
   */
  static LoopbackInstanceSet open(InstanceSetId id, Logger logger) throws CloudException {
    if (!Files.isExecutable(Path.of(HostShell.SH))) {
      throw new CloudException(
          "the driver loopback needs " + HostShell.SH + ", which this host does not have");
    }
    HostShell shell = HostShell.find();
    if (!shell.makesProcessGroups()) {
      logger.warn(
          "set {}: there is no program setsid on this host; signals reach what descends from a"
              + " command's shell, and not what its ended processes have left behind",
          id);
    }
    return new LoopbackInstanceSet(id, shell, logger);
  }

  @Override
  public Instance create(CreateRequest request) throws CloudException, InterruptedException {
    Objects.requireNonNull(request, "request");
    begin("create");
    if (request.attemptToken().isPresent()) {
      throw new NotImplementedException(
          "attempt tokens are not implemented by the driver loopback; nothing was created");
    }
    takePlace();
    Incarnation made = null;
    boolean kept;
    try {
      made = Incarnation.start(request, shell, logger);
    } finally {
      kept = settle(made);
    }
    if (!kept) {
      made.end();
      throw new OutcomeUnknownException("create: the set was stopped meanwhile", null);
    }
    logger.info(
        "set {}: instance {} runs commands on this host as {}",
        id,
        made.id(),
        Incarnation.REMOTE_USER);
    return new LoopbackInstance(this, made);
  }

  private void takePlace() throws QuotaException {
    synchronized (lock) {
      checkRunning("create");
      if (creating || current != null) {
        throw new QuotaException(
            "this host is one instance, and that exists"
                + (current == null ? "" : ": " + current.id())
                + "; nothing was created");
      }
      creating = true;
    }
  }

  /** Gives the place to what was made, if anything, unless the set was stopped meanwhile. */
  private boolean settle(@Nullable Incarnation made) {
    synchronized (lock) {
      creating = false;
      if (!stopped) {
        current = made;
      }
      return !stopped;
    }
  }

  @Override
  public List<Instance> instances(InstanceTags filter) throws InterruptedException {
    Objects.requireNonNull(filter, "filter");
    begin("instances");
    Incarnation listed;
    synchronized (lock) {
      listed = current;
    }
    return listed != null && listed.tags().containsAll(filter)
        ? List.of(new LoopbackInstance(this, listed))
        : List.of();
  }

  void setTags(Incarnation instance, InstanceTags tags)
      throws CloudException, InterruptedException {
    Objects.requireNonNull(tags, "tags");
    begin("setTags");
    if (!instance.setTags(tags)) {
      throw new CloudException(
          "instance " + instance.id() + " does not exist any more; its tags were not set");
    }
  }

  /** Ends this very instance; whatever exists by now instead of it is another object. */
  void destroy(Incarnation instance) throws InterruptedException {
    begin("destroy");
    instance.end();
    synchronized (lock) {
      if (current == instance) {
        current = null;
      }
    }
    if (Thread.interrupted()) {
      throw new InterruptedException("destroy: interrupted while " + instance.id() + " ended");
    }
  }

  /** What every remote call begins with. */
  private void begin(String call) throws InterruptedException {
    synchronized (lock) {
      checkRunning(call);
    }
    if (Thread.interrupted()) {
      throw new InterruptedException(call + ": interrupted before the call");
    }
  }

  // lock is held
  private void checkRunning(String call) {
    if (stopped) {
      throw new StoppedException(call + " was called after the instance set had been stopped");
    }
  }

  @Override
  public InstanceQuotaGroup instanceQuotaGroup(InstanceType type) {
    Objects.requireNonNull(type, "type");
    return GROUP;
  }

  @Override
  public Set<Capability> capabilities() {
    return CAPABILITIES;
  }

  @Override
  public void stop() {
    Incarnation last;
    synchronized (lock) {
      stopped = true;
      last = current;
      current = null;
    }
    if (last != null) {
      last.end();
    }
  }

  @Override
  public String toString() {
    return "loopback set " + id;
  }
}
