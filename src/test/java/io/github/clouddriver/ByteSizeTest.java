package io.github.clouddriver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "007, 7",
    "512B, 512",
    "1k, 1000",
    "1kB, 1000",
    "1KiB, 1024",
    "1m, 1000000",
    "500MB, 500000000",
    "1MiB, 1048576",
    "1g, 1000000000",
    "1GB, 1000000000",
    "8GiB, 8589934592",
    "8gib, 8589934592",
    "1t, 1000000000000",
    "1.5 TB, 1500000000000",
    "1TiB, 1099511627776",
    "1p, 1000000000000000",
    "1PB, 1000000000000000",
    "1PiB, 1125899906842624",
    "1e, 1000000000000000000",
    "9EB, 9000000000000000000",
    "7EiB, 8070450532247928832",
    "9223372036854775807, 9223372036854775807",
    "0.5KiB, 512",
    "0.0009765625KiB, 1",
    "1.9, 1",
    "0.9999B, 0",
    "' 4 GiB ', 4294967296",
    "7.9999999999999999999 B, 7"
  })
  void everyFormIsRead(String text, long bytes) {
    assertThat(ByteSize.parse(text).bytes()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "GiB",
        "-1",
        "+1",
        "1e3",
        ".5",
        "1.",
        "1,5GB",
        "8 Gi B",
        "8GiBs",
        "8Gib/s",
        "0x10",
        "1_000",
        "NaN",
        "٣GiB",
        "8\nGiB8",
        "12345678901234567890"
      })
  void whatIsNoSizeIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ByteSize.parse(text))
        .withMessageContaining("is not a size such as 8GiB, 500MB or a number of bytes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8EiB",
        "9223372036854775808",
        "9223372036854775807.5",
        "9.3EB",
        "9999999999999999999EiB"
      })
  void whatIsBeyondALongIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ByteSize.parse(text))
        .withMessage("the size \"" + text + "\" is beyond 8 EiB");
  }

  @Test
  void aNegativeSizeIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ByteSize.of(-1))
        .withMessage("the size of -1 bytes is negative");
    assertThatNullPointerException().isThrownBy(() -> ByteSize.parse(null)).withMessage("size");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "1000, 1000",
    "1023, 1023",
    "1024, 1KiB",
    "1025, 1025",
    "1536, 1536",
    "1048576, 1MiB",
    "8589934592, 8GiB",
    "1099511627776, 1TiB",
    "1125899906842624, 1PiB",
    "4611686018427387904, 4EiB",
    "9223372036854775807, 9223372036854775807"
  })
  void theTextIsInTheLargestBinaryUnitThatDividesIt(long bytes, String text) {
    assertThat(ByteSize.of(bytes)).hasToString(text);
  }

  @Test
  void whatIsPrintedIsReadAgain() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 1000; i++) {
      ByteSize size = ByteSize.of((random.nextLong() >>> 1) >> random.nextInt(63));
      ByteSize round = ByteSize.of(size.bytes() >>> 20 << 20);
      assertThat(ByteSize.parse(size.toString())).as("seed %d", seed).isEqualTo(size);
      assertThat(ByteSize.parse(round.toString())).as("seed %d", seed).isEqualTo(round);
    }
  }

  @Test
  void sizesAreOrdered() {
    assertThat(ByteSize.of(1)).isLessThan(ByteSize.of(2)).isEqualByComparingTo(ByteSize.of(1));
    assertThat(ByteSize.of(Long.MAX_VALUE)).isGreaterThan(ByteSize.of(0));
  }
}
