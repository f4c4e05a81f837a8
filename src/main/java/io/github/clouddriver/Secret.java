package io.github.clouddriver;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A text that no log line, exception or {@code toString} may show (clause D8): an access key, a
 * password. A configuration class declares its secrets with this type. Read from JSON, never
 * written to it. Immutable.
 */
public final class Secret {
  private final String value;

  private Secret(String value) {
    this.value = value;
  }

  /**
   * Wraps a secret.
   *
   * @param value the secret text, not empty
   * @return an immutable value
   * @throws IllegalArgumentException if the text is empty or holds half of a surrogate pair
   */
  public static Secret of(String value) {
    if (Objects.requireNonNull(value, "secret").isEmpty()) {
      throw new IllegalArgumentException("the secret is empty");
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
      throw new IllegalArgumentException("the secret holds half of a surrogate pair");
    }
    return new Secret(value);
  }

  /**
   * The secret text, for the one place that needs it.
   *
   * @return what {@link #of} was given
   */
  public String reveal() {
    return value;
  }

  /** Compares in a time that does not tell how much of the two is equal. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Secret that
        && MessageDigest.isEqual(
            value.getBytes(StandardCharsets.UTF_8), that.value.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  /**
   * Hides the secret.
   *
   * @return the same for every secret
   */
  @Override
  public String toString() {
    return "[secret]";
  }
}
