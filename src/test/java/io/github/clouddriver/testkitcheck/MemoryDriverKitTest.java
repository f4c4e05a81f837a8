package io.github.clouddriver.testkitcheck;

import io.github.clouddriver.Driver;
import io.github.clouddriver.Drivers;
import io.github.clouddriver.InstanceType;
import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.testkit.DriverKit;

class MemoryDriverKitTest extends DriverKit {
  @Override
  public Driver driver() throws CloudException {
    return Drivers.named("memory");
  }

  @Override
  public InstanceType instanceType() {
    return InstanceType.builder("small", "m5.large").build();
  }
}
