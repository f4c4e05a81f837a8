package io.github.clouddriver.testkitcheck;

import io.github.clouddriver.Driver;
import io.github.clouddriver.Drivers;
import io.github.clouddriver.InstanceType;
import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.exec.Executor;
import io.github.clouddriver.ssh.SshExecutor;
import io.github.clouddriver.testkit.DriverKit;
import java.util.Optional;
import java.util.OptionalInt;

/** This host as an instance, as an operator gets it. */
class LoopbackKitTest extends DriverKit {
  @Override
  public Driver driver() throws CloudException {
    return Drivers.named("loopback");
  }

  @Override
  public Optional<String> driverName() {
    return Optional.of("loopback");
  }

  @Override
  public InstanceType instanceType() {
    return InstanceType.builder("small", "small").build();
  }

  /** This host counts itself once, whatever it is to be. */
  @Override
  public Optional<InstanceType> siblingType() {
    return Optional.of(InstanceType.builder("large", "large").preemptible(true).build());
  }

  @Override
  public int maxInstances() {
    return 1;
  }

  @Override
  public OptionalInt quota() {
    return OptionalInt.of(1);
  }

  @Override
  public Optional<Executor> executor() {
    return Optional.of(SshExecutor.builder().build());
  }
}
