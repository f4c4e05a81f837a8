package io.github.clouddriver;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/**
 * Marks one attempt to create an instance, so that repeating the request makes no second one
 * (clause S11).
 *
 * <p>The caller makes a new one for each attempt, stores it before the call, and never uses it for
 * another request. Immutable.
 *
 * @param value 1 to 64 characters on one line, without white space at its ends
 */
public record AttemptToken(@JsonValue String value) {

  /**
   * Checks the text.
   *
   * @param value the text
   * @throws IllegalArgumentException if it is empty, too long, or not one clean line
   */
  public AttemptToken {
    Text.line("attempt token", value, 64);
  }

  /**
   * The value with this text.
   *
   * @param value 1 to 64 characters on one line
   * @return an immutable value
   * @throws IllegalArgumentException if it is empty, too long, or not one clean line
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static AttemptToken of(String value) {
    return new AttemptToken(value);
  }

  /**
   * A new token that no other attempt has.
   *
   * @return 36 random characters
   */
  public static AttemptToken random() {
    return new AttemptToken(UUID.randomUUID().toString());
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
