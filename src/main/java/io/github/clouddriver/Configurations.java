package io.github.clouddriver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.clouddriver.internal.json.Binder;
import io.github.clouddriver.internal.json.ValueReader;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How configurations are read, with the values of this package that may stand in one. */
final class Configurations {
  private static final ValueReader<ByteSize> SIZE =
      (node, at) -> {
        String expected = "a size such as \"8GiB\" or a whole number of bytes";
        if (node.canConvertToLong() && node.isIntegralNumber() && node.longValue() >= 0) {
          return ByteSize.of(node.longValue());
        }
        if (node.isNumber()) {
          throw at.expected("a whole number of bytes from 0 to " + Long.MAX_VALUE);
        }
        return ValueReader.text(expected, ByteSize::parse).read(node, at);
      };

  private static final Map<Class<?>, ValueReader<?>> VALUES =
      Map.of(
          ByteSize.class,
          SIZE,
          Secret.class,
          ValueReader.text("a secret, as text that is not empty", Secret::of));

  /** What reads the values that all configurations share; it knows no instance types. */
  static final Binder VALUES_ONLY = new Binder(VALUES, Map.of());

  /** What reads configurations. */
  static final Binder BINDER =
      new Binder(
          VALUES,
          Map.of(InstanceType.class, (node, at) -> InstanceTypeForm.read(at.key(), node, at)));

  private Configurations() {}

  /** A configuration, or an empty object where there is none. */
  static JsonNode orEmpty(@Nullable JsonNode config) {
    return config == null || config.isNull() || config.isMissingNode()
        ? JsonNodeFactory.instance.objectNode()
        : config;
  }
}
