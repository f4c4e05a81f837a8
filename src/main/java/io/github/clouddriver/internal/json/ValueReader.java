package io.github.clouddriver.internal.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.clouddriver.error.ConfigException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns one JSON value into a Java one. Safe for use by several threads.
 *
 * @param <T> what it makes
 */
@FunctionalInterface
public interface ValueReader<T extends @Nullable Object> {

  /**
   * Reads a value.
   *
   * @param node the value; a missing node where there is none, a null node for JSON's null
   * @param at where it stands
   * @return what it means
   * @throws ConfigException made by {@code at}, if something else belongs there
   */
  T read(JsonNode node, Place at) throws ConfigException;

  /**
   * A reader of text.
   *
   * @param <T> what it makes
   * @param expected what belongs there, such as {@code a size such as 8GiB}
   * @param parse raises any unchecked exception for a text it does not take
   * @return a reader that refuses everything but text
   */
  static <T> ValueReader<T> text(String expected, Function<String, T> parse) {
    return (node, at) -> {
      if (!node.isTextual()) {
        throw at.expected(expected, node);
      }
      try {
        return parse.apply(node.textValue());
      } catch (RuntimeException e) {
        throw at.expected(expected); // without the cause, which shows the text
      }
    };
  }
}
