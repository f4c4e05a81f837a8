package io.github.clouddriver;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** What the two kinds of tags share: ordered, immutable maps of checked names to values. */
final class TagMap {
  private TagMap() {}

  /** An immutable copy in the same order; refuses an empty key and any null. */
  static Map<String, String> copy(Map<String, String> tags) {
    Map<String, String> copy = new LinkedHashMap<>();
    tags.forEach(
        (key, value) -> {
          if (Objects.requireNonNull(key, "tag key").isEmpty()) {
            throw new IllegalArgumentException("the key of a tag is empty");
          }
          copy.put(key, Objects.requireNonNull(value, () -> "value of the tag " + key));
        });
    return Collections.unmodifiableMap(copy);
  }

  static Map<String, String> with(Map<String, String> tags, String key, String value) {
    Map<String, String> changed = new LinkedHashMap<>(tags);
    changed.put(key, value);
    return copy(changed);
  }

  static Map<String, String> without(Map<String, String> tags, String key) {
    Map<String, String> changed = new LinkedHashMap<>(tags);
    changed.remove(key);
    return Collections.unmodifiableMap(changed);
  }
}
