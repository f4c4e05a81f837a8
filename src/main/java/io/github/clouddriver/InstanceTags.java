package io.github.clouddriver;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tags of one instance (clauses S1, I3, I4): an immutable map that keeps its order. */
public final class InstanceTags {
  private static final InstanceTags EMPTY = new InstanceTags(Map.of());

  private final Map<String, String> tags;

  private InstanceTags(Map<String, String> tags) {
    this.tags = tags;
  }

  /**
   * No tags at all.
   *
   * @return always the same object
   */
  public static InstanceTags empty() {
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
  public static InstanceTags of(Map<String, String> tags) {
    return new InstanceTags(TagMap.copy(tags));
  }

  /**
   * A single tag.
   *
   * @param key not empty
   * @param value may be empty
   * @return an immutable value
   * @throws IllegalArgumentException if the key is empty
   */
  public static InstanceTags of(String key, String value) {
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
  public InstanceTags with(String key, String value) {
    return new InstanceTags(TagMap.with(tags, key, value));
  }

  /**
   * These tags but for one.
   *
   * @param key the key to leave out; one that is not there changes nothing
   * @return a new value
   */
  public InstanceTags without(String key) {
    return new InstanceTags(TagMap.without(tags, key));
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
  public boolean containsAll(InstanceTags other) {
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
    return other instanceof InstanceTags that && tags.equals(that.tags);
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
