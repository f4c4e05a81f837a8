package io.github.clouddriver.internal.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The readers of the JDK's and Jackson's own types. */
final class Scalars {
  private static final Map<Class<?>, ValueReader<?>> READERS = new HashMap<>();

  static {
    put(Numbers.whole(Byte.MIN_VALUE, Byte.MAX_VALUE, n -> (byte) n), Byte.class, byte.class);
    put(Numbers.whole(Short.MIN_VALUE, Short.MAX_VALUE, n -> (short) n), Short.class, short.class);
    put(Numbers.INT, Integer.class, int.class);
    put(Numbers.LONG, Long.class, long.class);
    put(Numbers.FLOAT, Float.class, float.class);
    put(Numbers.DOUBLE, Double.class, double.class);
    put(Numbers.INTEGER, BigInteger.class);
    put(Numbers.DECIMAL, BigDecimal.class);
    put(Optionals.reader(Numbers.INT, OptionalInt.empty(), OptionalInt::of), OptionalInt.class);
    put(Optionals.reader(Numbers.LONG, OptionalLong.empty(), OptionalLong::of), OptionalLong.class);
    put(
        Optionals.reader(Numbers.DOUBLE, OptionalDouble.empty(), OptionalDouble::of),
        OptionalDouble.class);
    put(
        (node, at) -> {
          if (!node.isBoolean()) {
            throw at.expected("true or false", node);
          }
          return node.booleanValue();
        },
        Boolean.class,
        boolean.class);
    put(ValueReader.text("text", text -> text), String.class);
    put(ValueReader.text("a single character", Scalars::character), Character.class, char.class);
    put(
        ValueReader.text("a duration such as 30s, 1h30m, 100ms or PT30S", Durations::parse),
        Duration.class);
    put(ValueReader.text("a time such as 2026-01-31T12:00:00Z", Instant::parse), Instant.class);
    put(ValueReader.text("a URI", URI::create), URI.class);
    put(
        (node, at) -> {
          if (node.isMissingNode() || node.isNull()) {
            throw at.expected("a value", node);
          }
          return node;
        },
        JsonNode.class);
    put(
        (node, at) -> {
          if (!node.isObject()) {
            throw at.expected("an object", node);
          }
          return node;
        },
        ObjectNode.class);
  }

  private Scalars() {}

  /** The reader of a type, or null if it is not one of these. */
  static @Nullable ValueReader<?> reader(Class<?> type) {
    return READERS.get(type);
  }

  private static Character character(String text) {
    if (text.length() != 1) {
      throw new IllegalArgumentException("none or several characters");
    }
    return text.charAt(0);
  }

  private static void put(ValueReader<?> reader, Class<?>... types) {
    for (Class<?> type : types) {
      READERS.put(type, reader);
    }
  }
}
