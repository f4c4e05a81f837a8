package io.github.clouddriver.internal.json;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The readers of enum constants, by name in any letter case. */
final class Enums {
  private Enums() {}

  static ValueReader<?> reader(Class<?> type) {
    Map<String, Object> constants = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Object constant : Objects.requireNonNull(type.getEnumConstants(), type::getName)) {
      String name = name(type, ((Enum<?>) constant).name());
      if (constants.put(name, constant) != null) {
        throw new IllegalArgumentException(
            type.getName() + " has two constants named " + name + " but for the letter case");
      }
    }
    String expected = "one of " + String.join(", ", constants.keySet());
    return ValueReader.text(
        expected, text -> Objects.requireNonNull(constants.get(text), "unknown constant"));
  }

  private static String name(Class<?> type, String constant) {
    try {
      return Creator.named(type.getField(constant).getAnnotation(JsonProperty.class), constant);
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(type + " lacks its own constant " + constant, e);
    }
  }
}
