package io.github.clouddriver.testkitcheck;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.clouddriver.Driver;
import io.github.clouddriver.Drivers;
import io.github.clouddriver.InstanceType;
import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.testkit.DriverKit;
import java.util.Optional;
import java.util.UUID;

/** The in-memory driver as an operator gets it: found by name, told by JSON, on the real clock. */
class MemoryJsonKitTest extends DriverKit {
  private final String account = "kit-" + UUID.randomUUID();

  @Override
  public Driver driver() throws CloudException {
    return Drivers.named("memory");
  }

  @Override
  public Optional<String> driverName() {
    return Optional.of("memory");
  }

  @Override
  public JsonNode config() {
    ObjectNode config = JsonNodeFactory.instance.objectNode();
    config.put("Account", account).put("Seed", 7).put("BootDelay", "20ms").put("PageSize", 2);
    config.put("ListLag", "10ms").put("Ssh", false).put("ScratchPrice", 0.01);
    config.putObject("Prices").put("m5.large", 0.096);
    return config;
  }

  @Override
  public InstanceType instanceType() {
    return InstanceType.builder("small", "m5.large").build();
  }
}
