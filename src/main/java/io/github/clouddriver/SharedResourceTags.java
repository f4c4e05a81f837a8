package io.github.clouddriver;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tags of resources that are not attached to one instance, such as key pairs (clause D3): an
 * immutable map that keeps its order.
 */
public final class SharedResourceTags {
  private static final SharedResourceTags EMPTY = new SharedResourceTags(Map.of());

  private final Map<String, String> tags;

  private SharedResourceTags(Map<String, String> tags) {
    this.tags = tags;
  }

  /**
   * No tags at all.
   *
   * @return always the same object
   */
  public static SharedResourceTags empty() {
    return EMPTY;
  }

  /**
   * These tags, in the map's order.
   *
   * @param tags keys and values, copied; a value may be empty
   * @return an immutable value
   * @throws IllegalArgumentException if a key is empty
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static SharedResourceTags of(Map<String, String> tags) {
    return new SharedResourceTags(TagMap.copy(tags));
  }

  /**
   * A single tag.
   *
   * @param key not empty
   * @param value may be empty
   * @return an immutable value
   * @throws IllegalArgumentException if the key is empty
   */
  public static SharedResourceTags of(String key, String value) {
    return EMPTY.with(key, value);
  }

  /**
   * These tags and one more; a tag with the same key is replaced in its place.
   *
   * @param key not empty
   * @param value may be empty
   * @return a new value
   * @throws IllegalArgumentException if the key is empty
   */
  public SharedResourceTags with(String key, String value) {
    return new SharedResourceTags(TagMap.with(tags, key, value));
  }

  /**
   * These tags but for one.
   *
   * @param key the key to leave out; one that is not there changes nothing
   * @return a new value
   */
  public SharedResourceTags without(String key) {
    return new SharedResourceTags(TagMap.without(tags, key));
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
  public boolean containsAll(SharedResourceTags other) {
    return tags.entrySet().containsAll(other.tags.entrySet());
  }

  /**
   * Whether there is no tag.
   *
   * @return true for {@link #empty()} and its equals
   */
  public boolean isEmpty() {
    return tags.isEmpty();
  }

  /**
   * The tags as a map.
   *
   * @return an unmodifiable map in the order of addition
   */
  @JsonValue
  public Map<String, String> asMap() {
    return tags;
  }

  /** Whether both have the same keys with the same values, in whatever order. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SharedResourceTags that && tags.equals(that.tags);
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
