package io.github.clouddriver.loopback;

import io.github.clouddriver.Instance;
import io.github.clouddriver.InstanceId;
import io.github.clouddriver.InstancePrice;
import io.github.clouddriver.InstanceState;
import io.github.clouddriver.InstanceTags;
import io.github.clouddriver.InstanceType;
import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.exec.HostPort;
import io.github.clouddriver.exec.RemoteConnection;
import java.security.PublicKey;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A handle of one incarnation. Tags are those it saw last, the rest is as of now. Thread-safe. */
final class LoopbackInstance implements Instance {
  private final LoopbackInstanceSet set;
  private final Incarnation incarnation;
  private volatile InstanceTags tags;

  LoopbackInstance(LoopbackInstanceSet set, Incarnation incarnation) {
    this.set = set;
    this.incarnation = incarnation;
    this.tags = incarnation.tags();
  }

  @Override
  public InstanceId id() {
    return incarnation.id();
  }

  @Override
  public String toString() {
    return incarnation.id().toString();
  }

  @Override
  public String providerType() {
    return incarnation.providerType();
  }

  @Override
  public InstanceTags tags() {
    return tags;
  }

  @Override
  public void setTags(InstanceTags replacement) throws CloudException, InterruptedException {
    set.setTags(incarnation, replacement);
    tags = replacement;
  }

  /** Nobody pays for this host. */
  @Override
  public List<InstancePrice> priceHistory(InstanceType type) {
    Objects.requireNonNull(type, "type");
    return List.of();
  }

  @Override
  public void destroy() throws CloudException, InterruptedException {
    set.destroy(incarnation);
  }

  @Override
  public InstanceState state() {
    return incarnation.isEnding() ? InstanceState.SHUTTING_DOWN : InstanceState.RUNNING;
  }

  @Override
  public Optional<HostPort> address() {
    return incarnation.address();
  }

  @Override
  public String remoteUser() {
    return Incarnation.REMOTE_USER;
  }

  @Override
  public void verifyHostKey(PublicKey key, @Nullable RemoteConnection connection)
      throws CloudException {
    incarnation.verifyHostKey(key);
  }
}
