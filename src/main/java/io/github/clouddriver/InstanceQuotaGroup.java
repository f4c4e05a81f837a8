package io.github.clouddriver;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The name of a group of instance types that the provider counts together (clause S7). Compared,
 * never parsed. Immutable.
 *
 * @param value 1 to 1024 characters on one line, without white space at its ends
 */
public record InstanceQuotaGroup(@JsonValue String value) {

  /**
   * Checks the text.
   *
   * @param value the text
   * @throws IllegalArgumentException if it is empty, too long, or not one clean line
   */
  public InstanceQuotaGroup {
    Text.line("quota group", value, 1024);
  }

  /**
   * The value with this text.
   *
   * @param value 1 to 1024 characters on one line
   * @return an immutable value
   * @throws IllegalArgumentException if it is empty, too long, or not one clean line
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static InstanceQuotaGroup of(String value) {
    return new InstanceQuotaGroup(value);
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
