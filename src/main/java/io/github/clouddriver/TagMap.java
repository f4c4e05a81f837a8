package io.github.clouddriver;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the two kinds of tags share: an immutable map of checked names to values that keeps its
 * order.
 *
 * @param <T> the kind itself
 */
abstract class TagMap<T extends TagMap<T>> {
  private final Map<String, String> tags;

  /** Tags of a map that nobody changes; {@link #checked} makes one. */
  TagMap(Map<String, String> tags) {
    this.tags = tags;
  }

  /** An immutable copy in the same order; refuses an empty key and any null. */
  static Map<String, String> checked(Map<String, String> tags) {
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

  /** Tags of the same kind, of a map that nobody changes. */
  abstract T sameKind(Map<String, String> tags);

  /**
   * These tags and one more; a tag with the same key is replaced in its place.
   *
   * @param key not empty
   * @param value may be empty
   * @return a new value
   * @throws IllegalArgumentException if the key is empty
   */
  public T with(String key, String value) {
    Map<String, String> changed = new LinkedHashMap<>(tags);
    changed.put(key, value);
    return sameKind(checked(changed));
  }

  /**
   * These tags but for one.
   *
   * @param key the key to leave out; one that is not there changes nothing
   * @return a new value
   */
  public T without(String key) {
    Map<String, String> changed = new LinkedHashMap<>(tags);
    changed.remove(key);
    return sameKind(Collections.unmodifiableMap(changed));
  }

  /**
   * The value of one tag.
   *
   * @param key the key to look for
   * @return empty if there is no tag with that key
   */
  public Optional<String> get(String key) {
    return Optional.ofNullable(tags.get(key));
  }

  /**
   * Whether each of some other tags is here, with an equal value.
   *
   * @param other the tags to look for; empty tags are always here
   * @return whether none of them is missing or different
   */
  public boolean containsAll(T other) {
    return tags.entrySet().containsAll(other.asMap().entrySet());
  }

  /**
   * Whether there is no tag.
   *
   * @return true for the empty tags and their equals
   */
  public boolean isEmpty() {
    return tags.isEmpty();
  }

  /**
   * The tags as a map.
   *
   * @return an unmodifiable map in the order of addition
   */
  public Map<String, String> asMap() {
    return tags;
  }

  /** Whether both are of one kind and have the same keys with the same values, in any order. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TagMap<?> that
        && getClass() == that.getClass()
        && tags.equals(that.tags);
  }

  @Override
  public int hashCode() {
    return tags.hashCode();
  }

  /**
   * The keys only, since a value may be a secret (clause D8).
   *
   * @return the keys in their order, in brackets
   */
  @Override
  public String toString() {
    return tags.keySet().toString();
  }
}
