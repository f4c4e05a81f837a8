package io.github.clouddriver.memory;

import io.github.clouddriver.Capability;
import io.github.clouddriver.Instance;
import io.github.clouddriver.InstanceId;
import io.github.clouddriver.InstancePrice;
import io.github.clouddriver.InstanceState;
import io.github.clouddriver.InstanceTags;
import io.github.clouddriver.InstanceType;
import io.github.clouddriver.Interruption;
import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.exec.HostPort;
import io.github.clouddriver.exec.RemoteConnection;
import java.security.PublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A set's handle of one machine. Tags are those it saw last; the rest is as of now, or where
 * handles are not live, as of the answer that made it. Thread-safe.
 */
final class MemoryInstance implements Instance {
  private final MemoryInstanceSet set;
  private final Machine machine;
  private final Instant seenAt;
  private volatile InstanceTags tags;

  MemoryInstance(MemoryInstanceSet set, Machine machine, Instant seenAt, InstanceTags tags) {
    this.set = set;
    this.machine = machine;
    this.seenAt = seenAt;
    this.tags = tags;
  }

  private Instant asOf() {
    return set.settings().liveHandles() ? set.provider().now() : seenAt;
  }

  @Override
  public InstanceId id() {
    return machine.id();
  }

  @Override
  public String toString() {
    return machine.id().toString();
  }

  @Override
  public String providerType() {
    return machine.request().type().providerType();
  }

  @Override
  public InstanceTags tags() {
    return tags;
  }

  @Override
  public void setTags(InstanceTags replacement) throws CloudException, InterruptedException {
    set.setTags(machine, replacement);
    tags = replacement;
  }

  @Override
  public List<InstancePrice> priceHistory(InstanceType type) {
    return set.priceHistory(machine, type);
  }

  @Override
  public void destroy() throws CloudException, InterruptedException {
    set.destroy(machine);
  }

  @Override
  public InstanceState state() {
    return set.settings().can(Capability.STATE) ? machine.state(asOf()) : InstanceState.UNKNOWN;
  }

  @Override
  public Optional<Interruption> interruption() {
    return set.settings().can(Capability.INTERRUPTION)
        ? machine.interruption(asOf())
        : Optional.empty();
  }

  @Override
  public Optional<HostPort> address() {
    return machine.address(asOf());
  }

  @Override
  public String remoteUser() {
    return set.settings().ssh().remoteUser();
  }

  @Override
  public void verifyHostKey(PublicKey key, @Nullable RemoteConnection connection)
      throws CloudException, InterruptedException {
    set.verifyHostKey(machine, key, connection);
  }
}
