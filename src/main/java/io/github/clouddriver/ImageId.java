package io.github.clouddriver;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A provider's id of an image to boot. Immutable.
 *
 * @param value 1 to 1024 characters on one line, without white space at its ends
 */
public record ImageId(@JsonValue String value) {

  /**
   * Checks the text.
   *
   * @param value the text
   * @throws IllegalArgumentException if it is empty, too long, or not one clean line
   */
  public ImageId {
    Text.line("image id", value, 1024);
  }

  /**
   * The value with this text.
   *
   * @param value 1 to 1024 characters on one line
   * @return an immutable value
   * @throws IllegalArgumentException if it is empty, too long, or not one clean line
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static ImageId of(String value) {
    return new ImageId(value);
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
