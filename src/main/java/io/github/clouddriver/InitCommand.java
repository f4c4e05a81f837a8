package io.github.clouddriver;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * A shell command that runs once on a new instance before it counts as booted (clause S3). May hold
 * a secret, so it never prints itself. Immutable.
 *
 * @param value under 1,024 bytes of UTF-8; empty for no command
 */
public record InitCommand(@JsonValue String value) {
  private static final int LIMIT = 1024;

  /** No command at all. */
  public static final InitCommand NONE = new InitCommand("");

  /**
   * Checks the length.
   *
   * @param value the text
   * @throws IllegalArgumentException if the text has 1,024 bytes of UTF-8 or more, holds a NUL
   *     character, or cannot be written as UTF-8
   */
  public InitCommand {
    Objects.requireNonNull(value, "init command");
    int bytes = utf8Length(value);
    if (bytes >= LIMIT) {
      throw new IllegalArgumentException(
          "the init command has " + bytes + " bytes of UTF-8; it must have fewer than " + LIMIT);
    }
    if (value.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("the init command holds a NUL character");
    }
  }

  private static int utf8Length(String value) {
    try {
      return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(value)).remaining();
    } catch (CharacterCodingException e) {
      // The exception tells a position only, but a command may be secret: it is not passed on.
      throw new IllegalArgumentException("the init command holds half of a surrogate pair");
    }
  }

  /**
   * The command with this text.
   *
   * @param value under 1,024 bytes of UTF-8; empty for no command
   * @return an immutable value
   * @throws IllegalArgumentException if the text is too long or holds a character that no command
   *     has
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static InitCommand of(String value) {
    return new InitCommand(value);
  }

  /**
   * Whether there is no command to run.
   *
   * @return true for {@link #NONE}
   */
  public boolean isEmpty() {
    return value.isEmpty();
  }

  /**
   * The command's length only.
   *
   * @return a description for logs
   */
  @Override
  public String toString() {
    return "InitCommand[" + utf8Length(value) + " bytes]";
  }
}
