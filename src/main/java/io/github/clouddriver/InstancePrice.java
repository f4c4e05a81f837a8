package io.github.clouddriver;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;

/**
 * What an hour of an instance costs from some time on (clauses I6, P1 to P5). Immutable; prices are
 * compared by value, so 2.0 equals 2.00.
 *
 * @param startTime from when on the price holds
 * @param price the price per hour in the provider's currency, not negative; kept without trailing
 *     zeros
 */
public record InstancePrice(Instant startTime, BigDecimal price) {

  /**
   * Checks the price and removes its trailing zeros.
   *
   * @param startTime from when on the price holds
   * @param price the price per hour
   * @throws IllegalArgumentException if the price is negative
   */
  public InstancePrice {
    Objects.requireNonNull(startTime, "startTime");
    Objects.requireNonNull(price, "price");
    if (price.signum() < 0) {
      throw new IllegalArgumentException("the price " + price + " is negative");
    }
    price = price.stripTrailingZeros();
  }

  /**
   * A price that a provider or a configuration gives as text, such as {@code 0.0466}.
   *
   * @param startTime from when on the price holds
   * @param price a decimal number, not negative
   * @return an immutable value
   * @throws IllegalArgumentException if the text is no number, or a negative one
   */
  public static InstancePrice of(Instant startTime, String price) {
    try {
      return new InstancePrice(startTime, new BigDecimal(price));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "the price \"" + Text.shown(price) + "\" is not a decimal number", e);
    }
  }
}
