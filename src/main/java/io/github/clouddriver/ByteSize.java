package io.github.clouddriver;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of memory or storage, as configurations write it: {@code "8GiB"}, {@code "1.5 TB"} or a
 * number of bytes. Immutable.
 *
 * @param bytes 0 or more
 */
public record ByteSize(@JsonValue long bytes) implements Comparable<ByteSize> {
  private static final Pattern FORM =
      Pattern.compile("(\\d{1,19}(?:\\.\\d{1,19})?)\\s*([A-Za-z]*)");
  private static final Map<String, BigDecimal> UNITS =
      Map.ofEntries(
          Map.entry("", BigDecimal.ONE),
          Map.entry("b", BigDecimal.ONE),
          Map.entry("k", power(1000, 1)),
          Map.entry("kb", power(1000, 1)),
          Map.entry("kib", power(1024, 1)),
          Map.entry("m", power(1000, 2)),
          Map.entry("mb", power(1000, 2)),
          Map.entry("mib", power(1024, 2)),
          Map.entry("g", power(1000, 3)),
          Map.entry("gb", power(1000, 3)),
          Map.entry("gib", power(1024, 3)),
          Map.entry("t", power(1000, 4)),
          Map.entry("tb", power(1000, 4)),
          Map.entry("tib", power(1024, 4)),
          Map.entry("p", power(1000, 5)),
          Map.entry("pb", power(1000, 5)),
          Map.entry("pib", power(1024, 5)),
          Map.entry("e", power(1000, 6)),
          Map.entry("eb", power(1000, 6)),
          Map.entry("eib", power(1024, 6)));

  /**
   * Checks the amount.
   *
   * @param bytes the amount
   * @throws IllegalArgumentException if it is negative
   */
  public ByteSize {
    if (bytes < 0) {
      throw new IllegalArgumentException("the size of " + bytes + " bytes is negative");
    }
  }

  private static BigDecimal power(int base, int exponent) {
    return BigDecimal.valueOf(base).pow(exponent);
  }

  /**
   * An amount in bytes.
   *
   * @param bytes 0 or more
   * @return an immutable value
   * @throws IllegalArgumentException if it is negative
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static ByteSize of(long bytes) {
    return new ByteSize(bytes);
  }

  /**
   * Reads a number with a unit in any letter case: B, KB, MB, GB, TB, PB and EB are powers of 1000,
   * each also without its B; KiB, MiB and so on are powers of 1024; no unit means bytes.
   *
   * @param text such as {@code 8GiB}
   * @return the amount, rounded down to whole bytes
   * @throws IllegalArgumentException if the text is no such amount, or one beyond 8 EiB
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static ByteSize parse(String text) {
    Matcher form = FORM.matcher(Objects.requireNonNull(text, "size").strip());
    BigDecimal unit = form.matches() ? UNITS.get(form.group(2).toLowerCase(Locale.ROOT)) : null;
    if (unit == null) {
      throw new IllegalArgumentException(
          "\"" + Text.shown(text) + "\" is not a size such as 8GiB, 500MB or a number of bytes");
    }
    BigDecimal bytes = new BigDecimal(form.group(1)).multiply(unit);
    if (bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      throw new IllegalArgumentException("the size \"" + Text.shown(text) + "\" is beyond 8 EiB");
    }
    return new ByteSize(bytes.longValue());
  }

  @Override
  public int compareTo(ByteSize other) {
    return Long.compare(bytes, other.bytes);
  }

  /**
   * The amount in the largest binary unit that divides it, which {@link #parse} reads.
   *
   * @return such as {@code 8GiB}
   */
  @Override
  public String toString() {
    String[] units = {"", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    long amount = bytes;
    int unit = 0;
    while (amount != 0 && amount % 1024 == 0) {
      amount /= 1024;
      unit++;
    }
    return amount + units[unit];
  }
}
