package io.github.clouddriver;

import io.github.clouddriver.error.CloudException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A set that passes every call on to another one. Decorators extend it, so that a method that is
 * added to {@link InstanceSet} later is not lost on the way. As safe for use by several threads as
 * the set behind it.
 */
public abstract class ForwardingInstanceSet implements InstanceSet {
  private final InstanceSet delegate;

  /**
   * Forwards to a set.
   *
   * @param delegate the set behind this one
   */
  protected ForwardingInstanceSet(InstanceSet delegate) {
    this.delegate = Objects.requireNonNull(delegate, "delegate");
  }

  /**
   * The set behind this one.
   *
   * @return what the constructor was given
   */
  protected final InstanceSet delegate() {
    return delegate;
  }

  @Override
  public Instance create(CreateRequest request) throws CloudException, InterruptedException {
    return delegate.create(request);
  }

  @Override
  public List<Instance> instances(InstanceTags filter) throws CloudException, InterruptedException {
    return delegate.instances(filter);
  }

  @Override
  public InstanceQuotaGroup instanceQuotaGroup(InstanceType type) {
    return delegate.instanceQuotaGroup(type);
  }

  @Override
  public Set<Capability> capabilities() {
    return delegate.capabilities();
  }

  @Override
  public Duration listLag() {
    return delegate.listLag();
  }

  @Override
  public void stop() {
    delegate.stop();
  }
}
