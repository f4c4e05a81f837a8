package io.github.clouddriver.internal.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What may be absent: a missing key and JSON's null mean the same. */
final class Optionals {
  private Optionals() {}

  /** Reads an absent value as {@code absent}, and wraps another. */
  static <T, R> ValueReader<R> reader(ValueReader<T> present, R absent, Function<T, R> wrap) {
    return (node, at) -> isAbsent(node) ? absent : wrap.apply(present.read(node, at));
  }

  /** Reads an absent value as null. */
  static ValueReader<@Nullable Object> orNull(ValueReader<?> present) {
    return (node, at) -> isAbsent(node) ? null : present.read(node, at);
  }

  private static boolean isAbsent(JsonNode node) {
    return node.isMissingNode() || node.isNull();
  }
}
