package io.github.clouddriver.testkitcheck;

import io.github.clouddriver.CreateRequest;
import io.github.clouddriver.Driver;
import io.github.clouddriver.ForwardingInstanceSet;
import io.github.clouddriver.Instance;
import io.github.clouddriver.InstanceId;
import io.github.clouddriver.InstanceSet;
import io.github.clouddriver.InstanceTags;
import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.memory.MemoryCloudBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The kit on a driver that is wrong on purpose: the in-memory driver, with a decorator around its
 * sets or instances that breaks what {@link Breaks} names.
 */
abstract class BrokenDriver extends MemoryKit {
  private static final Duration DELAY = Duration.ofSeconds(1);

  BrokenDriver() {
    this(UnaryOperator.identity());
  }

  /** A cloud where everything takes a while, but for what the change says. */
  BrokenDriver(UnaryOperator<MemoryCloudBuilder> change) {
    super(
        builder -> change.apply(builder.bootDelay(DELAY).addressDelay(DELAY).shutdownDelay(DELAY)));
  }

  @Override
  public Driver driver() {
    Driver right = super.driver();
    return (config, id, tags, logger, registry) ->
        broken(right.instanceSet(config, id, tags, logger, registry));
  }

  /** Breaks a set; here, each of its instances. */
  InstanceSet broken(InstanceSet set) {
    return new OfBroken(set);
  }

  /** Breaks an instance; here, not at all. */
  Instance broken(Instance instance) {
    return instance;
  }

  /** The ids of the instances that are at the provider now. */
  Set<InstanceId> existing() {
    return cloud().instances().stream().map(each -> each.id()).collect(Collectors.toSet());
  }

  /** A set of broken instances. */
  class OfBroken extends ForwardingInstanceSet {
    OfBroken(InstanceSet right) {
      super(right);
    }

    @Override
    public Instance create(CreateRequest request) throws CloudException, InterruptedException {
      return broken(super.create(request));
    }

    @Override
    public List<Instance> instances(InstanceTags filter)
        throws CloudException, InterruptedException {
      return super.instances(filter).stream().map(BrokenDriver.this::broken).toList();
    }
  }
}
