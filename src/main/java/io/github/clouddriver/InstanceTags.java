package io.github.clouddriver;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Map;

/** The tags of one instance (clauses S1, I3, I4): an immutable map that keeps its order. */
public final class InstanceTags extends TagMap<InstanceTags> {
  private static final InstanceTags EMPTY = new InstanceTags(Map.of());

  private InstanceTags(Map<String, String> tags) {
    super(tags);
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
    return new InstanceTags(checked(tags));
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

  @Override
  InstanceTags sameKind(Map<String, String> tags) {
    return new InstanceTags(tags);
  }

  // Here for Jackson, which cannot call a method of a class that is not public in a module.
  @Override
  @JsonValue
  public Map<String, String> asMap() {
    return super.asMap();
  }
}
