package io.github.clouddriver.internal.json;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What may be absent: a missing key and JSON's null mean the same. */
final class Optionals {
  private Optionals() {}

  static <T, R extends @Nullable Object> ValueReader<R> reader(
      ValueReader<T> present, R absent, Function<T, R> wrap) {
    return (node, at) ->
        node.isMissingNode() || node.isNull() ? absent : wrap.apply(present.read(node, at));
  }
}
