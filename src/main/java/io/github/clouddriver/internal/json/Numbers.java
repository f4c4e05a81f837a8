package io.github.clouddriver.internal.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.clouddriver.error.ConfigException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.function.LongFunction;

/**
 * The readers of numbers, which take no text and lose nothing. A whole number is one that is
 * written without fraction and exponent: 7.0 is refused like 7.9, since a parser has rounded such a
 * number before anybody here could see it.
 */
final class Numbers {
  static final ValueReader<Integer> INT = whole(Integer.MIN_VALUE, Integer.MAX_VALUE, n -> (int) n);
  static final ValueReader<Long> LONG = whole(Long.MIN_VALUE, Long.MAX_VALUE, n -> n);

  static final ValueReader<BigInteger> INTEGER =
      (node, at) -> {
        checkWhole(node, at);
        return node.bigIntegerValue();
      };

  static final ValueReader<BigDecimal> DECIMAL =
      (node, at) -> {
        boolean binary = node.isDouble() || node.isFloat();
        if (!node.isNumber()) {
          throw at.expected("a number", node);
        }
        if (binary && !Double.isFinite(node.doubleValue())) { // 1e400 was parsed as infinity
          throw at.expected("a number of less than 1e308");
        }
        return node.decimalValue();
      };

  static final ValueReader<Double> DOUBLE =
      (node, at) -> {
        double number = DECIMAL.read(node, at).doubleValue();
        if (!Double.isFinite(number)) {
          throw at.expected("a number of less than 1e308");
        }
        return number;
      };

  static final ValueReader<Float> FLOAT =
      (node, at) -> {
        float number = DECIMAL.read(node, at).floatValue();
        if (!Float.isFinite(number)) {
          throw at.expected("a number of less than 1e38");
        }
        return number;
      };

  private Numbers() {}

  /** A reader of whole numbers from {@code least} to {@code most}. */
  static <T> ValueReader<T> whole(long least, long most, LongFunction<T> box) {
    return (node, at) -> {
      checkWhole(node, at);
      if (!node.canConvertToLong() || node.longValue() < least || node.longValue() > most) {
        throw at.expected("a whole number from " + least + " to " + most);
      }
      return box.apply(node.longValue());
    };
  }

  private static void checkWhole(JsonNode node, Place at) throws ConfigException {
    if (!node.isNumber()) {
      throw at.expected("a whole number", node);
    }
    if (!node.isIntegralNumber()) {
      throw at.expected("a whole number, without fraction or exponent");
    }
  }
}
