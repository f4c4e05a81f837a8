package io.github.clouddriver;

import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.exec.HostPort;
import io.github.clouddriver.exec.RemoteConnection;
import java.security.PublicKey;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An instance that passes every call on to another one. Decorators extend it, so that a method that
 * is added to {@link Instance} later is not lost on the way. As safe for use by several threads as
 * the instance behind it.
 */
public abstract class ForwardingInstance implements Instance {
  private final Instance delegate;

  /**
   * Forwards to an instance.
   *
   * @param delegate the instance behind this one
   */
  protected ForwardingInstance(Instance delegate) {
    this.delegate = Objects.requireNonNull(delegate, "delegate");
  }

  /**
   * The instance behind this one.
   *
   * @return what the constructor was given
   */
  protected final Instance delegate() {
    return delegate;
  }

  @Override
  public InstanceId id() {
    return delegate.id();
  }

  @Override
  public String toString() {
    return delegate.toString();
  }

  @Override
  public String providerType() {
    return delegate.providerType();
  }

  @Override
  public InstanceTags tags() {
    return delegate.tags();
  }

  @Override
  public void setTags(InstanceTags tags) throws CloudException, InterruptedException {
    delegate.setTags(tags);
  }

  @Override
  public List<InstancePrice> priceHistory(InstanceType type) {
    return delegate.priceHistory(type);
  }

  @Override
  public void destroy() throws CloudException, InterruptedException {
    delegate.destroy();
  }

  @Override
  public InstanceState state() {
    return delegate.state();
  }

  @Override
  public Optional<Interruption> interruption() {
    return delegate.interruption();
  }

  @Override
  public Optional<HostPort> address() {
    return delegate.address();
  }

  @Override
  public String remoteUser() {
    return delegate.remoteUser();
  }

  @Override
  public void verifyHostKey(PublicKey key, @Nullable RemoteConnection connection)
      throws CloudException, InterruptedException {
    delegate.verifyHostKey(key, connection);
  }
}
