package io.github.clouddriver.cli;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.clouddriver.Drivers;
import io.github.clouddriver.ImageId;
import io.github.clouddriver.InstanceType;
import io.github.clouddriver.SharedResourceTags;
import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.error.ConfigException;
import io.github.clouddriver.internal.json.Binder;
import io.github.clouddriver.internal.json.Place;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts the configuration file and the options that override it together. */
final class PlanReader {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private static final Binder BINDER =
      new Binder(Map.of(), Map.of(InstanceType.class, PlanReader::readType));

  private static final String DEFAULT_DRIVER = "memory";

  /** No option sets it. */
  private static final Duration LATE_ARRIVAL = Duration.ofSeconds(5);

  private PlanReader() {}

  /**
   * What the options and the file that they name ask for.
   *
   * @throws ConfigException if the file's content is wrong, in whatever place
   * @throws CloudException if there is no such driver, or a library that it needs is absent
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if an option does not fit the file
   */
  static Plan read(CloudtestCommand options) throws CloudException, IOException {
    if (options.command.isEmpty()) {
      throw new IllegalArgumentException("--command is empty");
    }
    CloudtestConfig config = bind(options.config);
    String driver =
        options.driver != null ? options.driver : config.driver().orElse(DEFAULT_DRIVER);
    return new Plan(
        driver,
        Drivers.named(driver),
        config.driverParameters().orElseGet(() -> defaultParameters(driver)),
        options.setId,
        config.resourceTags().orElse(SharedResourceTags.empty()),
        type(options.instanceType, types(config)),
        options.image != null
            ? ImageId.of(options.image)
            : config.imageId().orElse(ImageId.of("default")),
        options.command,
        options.destroyExisting,
        options.bootTimeout,
        options.timeout,
        LATE_ARRIVAL);
  }

  private static CloudtestConfig bind(@Nullable Path file) throws ConfigException, IOException {
    JsonNode root = JsonNodeFactory.instance.objectNode();
    if (file != null) {
      if (!Files.isReadable(file)) {
        throw new IOException(
            "the configuration file " + file + " does not exist or is not readable");
      }
      try {
        root = JSON.readTree(file.toFile());
      } catch (JacksonException e) {
        // Its message shows the text around the mistake, which may be a secret: only the place.
        JsonLocation at = e.getLocation();
        throw new IOException(
            "the configuration file "
                + file
                + " is not valid JSON"
                + (at == null
                    ? ""
                    : " at line " + at.getLineNr() + ", column " + at.getColumnNr()));
      }
    }
    return BINDER.reader(CloudtestConfig.class).read(root, Place.ROOT);
  }

  private static InstanceType readType(JsonNode node, Place at) throws ConfigException {
    try {
      return InstanceType.fromJson(at.key(), node);
    } catch (ConfigException e) {
      throw at.around(e);
    }
  }

  /** The types in the file's order; one that any forgiving provider takes, if there are none. */
  private static List<InstanceType> types(CloudtestConfig config) {
    Map<String, InstanceType> configured = config.instanceTypes().orElse(Map.of());
    if (!configured.isEmpty()) {
      return List.copyOf(configured.values());
    }
    return List.of(
        InstanceType.builder("small", "small").ram(1L << 30).price(new BigDecimal("0.05")).build());
  }

  private static InstanceType type(@Nullable String name, List<InstanceType> types) {
    List<String> names = types.stream().map(InstanceType::name).toList();
    if (name == null && types.size() > 1) {
      throw new IllegalArgumentException("--instance-type must name one of " + names);
    }
    return types.stream()
        .filter(each -> name == null || each.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no instance type \"" + name + "\"; known types: " + names));
  }

  /**
   * Delays that let a run against the in-memory cloud look like one against a real cloud, on an
   * account of its own: whoever names the default one in this process wants none.
   */
  private static ObjectNode defaultParameters(String driver) {
    ObjectNode parameters = JsonNodeFactory.instance.objectNode();
    if (driver.equals(DEFAULT_DRIVER)) {
      parameters.put("Account", "cloudtest");
      parameters.put("AddressDelay", "500ms").put("BootDelay", "2s").put("ShutdownDelay", "1s");
    }
    return parameters;
  }
}
