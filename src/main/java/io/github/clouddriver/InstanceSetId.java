package io.github.clouddriver;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Marks what belongs to one {@link InstanceSet} (clause D1). Immutable.
 *
 * @param value of the form {@code zzzzz-zzzzz-zzzzzzzzzzzzzzz}, each z an ASCII letter or digit
 */
public record InstanceSetId(@JsonValue String value) {
  private static final Pattern FORM =
      Pattern.compile("[0-9A-Za-z]{5}-[0-9A-Za-z]{5}-[0-9A-Za-z]{15}");

  /**
   * Checks the form.
   *
   * @param value the text
   * @throws IllegalArgumentException if the text has another form
   */
  public InstanceSetId {
    Objects.requireNonNull(value, "instance set id");
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "the instance set id \""
              + Text.shown(value)
              + "\" does not have the form zzzzz-zzzzz-zzzzzzzzzzzzzzz, each z a letter or digit");
    }
  }

  /**
   * The id with this text.
   *
   * @param value of the form {@code zzzzz-zzzzz-zzzzzzzzzzzzzzz}
   * @return an immutable value
   * @throws IllegalArgumentException if the text has another form
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static InstanceSetId of(String value) {
    return new InstanceSetId(value);
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
