package io.github.clouddriver;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A provider's id of one instance, never given to a second one (clause I1). Ordered as text.
 * Immutable.
 *
 * @param value 1 to 1024 characters on one line, without white space at its ends
 */
public record InstanceId(@JsonValue String value) implements Comparable<InstanceId> {

  /**
   * Checks the text.
   *
   * @param value the text
   * @throws IllegalArgumentException if it is empty, too long, or not one clean line
   */
  public InstanceId {
    Text.line("instance id", value, 1024);
  }

  /**
   * The value with this text.
   *
   * @param value 1 to 1024 characters on one line
   * @return an immutable value
   * @throws IllegalArgumentException if it is empty, too long, or not one clean line
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static InstanceId of(String value) {
    return new InstanceId(value);
  }

  @Override
  public int compareTo(InstanceId other) {
    return value.compareTo(other.value);
  }

  /**
   * The bare text.
   *
   * @return what {@link #value()} gives
   */
  @Override
  public String toString() {
    return value;
  }
}
