package io.github.clouddriver;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Map;

/**
 * The tags of resources that are not attached to one instance, such as key pairs (clause D3): an
 * immutable map that keeps its order.
 */
public final class SharedResourceTags extends TagMap<SharedResourceTags> {
  private static final SharedResourceTags EMPTY = new SharedResourceTags(Map.of());

  private SharedResourceTags(Map<String, String> tags) {
    super(tags);
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
    return new SharedResourceTags(checked(tags));
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

  @Override
  SharedResourceTags sameKind(Map<String, String> tags) {
    return new SharedResourceTags(tags);
  }

  // Here for Jackson, which cannot call a method of a class that is not public in a module.
  @Override
  @JsonValue
  public Map<String, String> asMap() {
    return super.asMap();
  }
}
