package io.github.clouddriver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad input is refused where it comes in, with a message that says what was wrong. */
class ValueRefusalTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "zzzzz-zzzzz",
        "zzzzz-zzzzz-zzzzzzzzzzzzzz",
        "zzzzz-zzzzz-zzzzzzzzzzzzzzzz",
        "zzzz-zzzzz-zzzzzzzzzzzzzzz",
        "zzzzzz-zzzzz-zzzzzzzzzzzzzzz",
        "zzzzz-zzzz-zzzzzzzzzzzzzzz",
        "zzzzz_zzzzz_zzzzzzzzzzzzzzz",
        "zzzzz-zzzzz-zzzzzzzzzzzzzz-",
        "zzzzz-zzzzz-zzzzzzzzzzzzzz ",
        " zzzzz-zzzzz-zzzzzzzzzzzzzzz",
        "zzzzz-zzzzz-zzzzzzzzzzzzzzz\n",
        "zzzzz-zzzzz-zzzzzzzzzzzzzzé",
        "zzzzz-zzzzz-zzzzzzzzzzzzzz٣",
      })
  void D1_aMalformedSetIdIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> InstanceSetId.of(text))
        .withMessageContaining("instance set id \"" + text.replace("\n", "\\u000a") + "\"")
        .withMessageContaining("zzzzz-zzzzz-zzzzzzzzzzzzzzz");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zzzzz-zzzzz-zzzzzzzzzzzzzzz",
        "AZaz0-99999-ABCDEFGHIJKLMNO",
        "00000-00000-000000000000000"
      })
  void D1_aSetIdOfLettersAndDigitsIsAccepted(String text) {
    assertThat(InstanceSetId.of(text)).hasToString(text);
    assertThat(InstanceSetId.of(text).value()).isEqualTo(text);
  }

  private static Arguments line(String what, int longest, Function<String, Object> make) {
    return Arguments.of(Named.of(what, what), longest, make);
  }

  /**
   * The values that are one clean line: what messages call them, their longest, how to make one.
   */
  static Stream<Arguments> lines() {
    return Stream.of(
        line("attempt token", 64, AttemptToken::of),
        line("image id", 1024, ImageId::of),
        line("instance id", 1024, InstanceId::of),
        line("quota group", 1024, InstanceQuotaGroup::of),
        line("GPU stack", 100, text -> Gpu.builder(text).build().stack()),
        line("name of the instance type", 256, t -> InstanceType.builder(t, "p").build().name()),
        line(
            "provider's name of the instance type",
            256,
            t -> InstanceType.builder("n", t).build().providerType()));
  }

  @ParameterizedTest
  @MethodSource("lines")
  void anEmptyLineIsRefused(String what, int longest, Function<String, Object> make) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> make.apply(""))
        .withMessage("the " + what + " is empty");
  }

  @ParameterizedTest
  @MethodSource("lines")
  void aLineThatIsTooLongIsRefusedWithBothLengths(
      String what, int longest, Function<String, Object> make) {
    assertThat(make.apply("x".repeat(longest))).hasToString("x".repeat(longest));
    assertThat(make.apply("x")).hasToString("x");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> make.apply("x".repeat(longest + 1)))
        .withMessage(
            "the " + what + " has " + (longest + 1) + " characters; " + longest + " are allowed");
  }

  @ParameterizedTest
  @MethodSource("lines")
  void aLineWithWhiteSpaceAtAnEndIsRefused(
      String what, int longest, Function<String, Object> make) {
    for (String text : new String[] {" x", "x ", "x\n", "\tx", " ", "x\u2003"}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> make.apply(text))
          .withMessageContaining("the " + what)
          .withMessageContaining("begins or ends with white space");
    }
    assertThat(make.apply("x y")).hasToString("x y");
  }

  @ParameterizedTest
  @MethodSource("lines")
  void aLineWithAControlCharacterIsRefusedAndShownWithoutIt(
      String what, int longest, Function<String, Object> make) {
    for (char c : new char[] {0, '\t', '\n', '\r', 27, 127, 0x85, 0x9f}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> make.apply("x" + c + "y"))
          .withMessage(
              String.format("the %s \"x\\u%04xy\" holds a control character", what, (int) c));
    }
  }

  @ParameterizedTest
  @MethodSource("lines")
  void aLineIsNeverNull(String what, int longest, Function<String, Object> make) {
    assertThatNullPointerException().isThrownBy(() -> make.apply(null)).withMessage(what);
  }

  @Test
  void aMessageShowsTheBeginningOfALongTextOnly() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> InstanceSetId.of("y".repeat(101)))
        .withMessageContaining("\"" + "y".repeat(100) + "…\"");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> InstanceSetId.of("y".repeat(100)))
        .withMessageContaining("\"" + "y".repeat(100) + "\"");
  }

  @Test
  void S3_anInitCommandIsShorterThan1024BytesOfUtf8() {
    for (String[] longest :
        new String[][] {
          {"x".repeat(1023), "x"},
          {"é".repeat(511) + "x", "x"},
          {"€".repeat(341), "x"},
          {"\ud83d\ude00".repeat(255) + "xxx", "x"}
        }) {
      assertThat(InitCommand.of(longest[0]).value()).isEqualTo(longest[0]);
      assertThat(InitCommand.of(longest[0])).hasToString("InitCommand[1023 bytes]");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> InitCommand.of(longest[0] + longest[1]))
          .withMessage("the init command has 1024 bytes of UTF-8; it must have fewer than 1024");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> InitCommand.of("€".repeat(1000)))
        .withMessageContaining("3000 bytes");
  }

  @ParameterizedTest
  @ValueSource(ints = {0xd800, 0xdbff, 0xdc00, 0xdfff})
  void S3_halfASurrogatePairInAnInitCommandIsRefusedWithoutShowingIt(int half) {
    for (String text :
        new String[] {
          "hunter2" + (char) half, (char) half + "hunter2", "hunter2" + (char) half + "\n"
        }) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> InitCommand.of(text))
          .withMessage("the init command holds half of a surrogate pair")
          .withNoCause();
    }
  }

  @Test
  void S3_aNulInAnInitCommandIsRefusedAndAllElseIsKept() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> InitCommand.of("hunter2\0"))
        .withMessage("the init command holds a NUL character");
    String hard = "echo \"a'b\" $HOME `x` \\ \t\r\n#é€\ud83d\ude00\u0001";
    assertThat(InitCommand.of(hard).value()).isEqualTo(hard);
    assertThatNullPointerException().isThrownBy(() -> InitCommand.of(null));
  }

  @Test
  void anInitCommandKnowsWhetherThereIsOne() {
    assertThat(InitCommand.NONE.isEmpty()).isTrue();
    assertThat(InitCommand.of("")).isEqualTo(InitCommand.NONE);
    assertThat(InitCommand.of(" ").isEmpty()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "-0.0000001", "-1E+10"})
  void P4_aNegativePriceIsRefused(String price) {
    List<ThrowingCallable> ways =
        List.of(
            () -> new InstancePrice(Instant.EPOCH, new BigDecimal(price)),
            () -> InstancePrice.of(Instant.EPOCH, price),
            () -> InstanceType.builder("n", "p").price(new BigDecimal(price)));
    for (ThrowingCallable way : ways) {
      assertThatIllegalArgumentException()
          .isThrownBy(way)
          .withMessage("the price " + new BigDecimal(price) + " is negative");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "1,5", "NaN", "Infinity", "-Infinity", "0x1", "1.2.3", "1 ", "$1"})
  void P4_aPriceThatIsNoFiniteNumberIsRefused(String price) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> InstancePrice.of(Instant.EPOCH, price))
        .withMessage("the price \"" + price + "\" is not a decimal number");
  }

  @Test
  void P4_pricesAreEqualByValue() {
    Instant now = Instant.EPOCH;
    assertThat(InstancePrice.of(now, "2.0")).isEqualTo(InstancePrice.of(now, "2.00"));
    assertThat(InstancePrice.of(now, "2.0")).hasSameHashCodeAs(InstancePrice.of(now, "2"));
    assertThat(InstancePrice.of(now, "0.00")).isEqualTo(InstancePrice.of(now, "0"));
    assertThat(InstancePrice.of(now, "2")).isNotEqualTo(InstancePrice.of(now, "2.01"));
    assertThat(InstancePrice.of(now, "2")).isNotEqualTo(InstancePrice.of(now.plusNanos(1), "2"));
    assertThatNullPointerException().isThrownBy(() -> new InstancePrice(null, BigDecimal.ONE));
    assertThatNullPointerException().isThrownBy(() -> new InstancePrice(now, null));
  }

  @Test
  void aTagHasAKeyAndNeitherIsNull() {
    Map<String, String> nullKey = Collections.singletonMap(null, "v");
    Map<String, String> nullValue = Collections.singletonMap("k", null);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> InstanceTags.of(Map.of("", "v")))
        .withMessage("the key of a tag is empty");
    assertThatIllegalArgumentException().isThrownBy(() -> InstanceTags.of("", "v"));
    assertThatIllegalArgumentException().isThrownBy(() -> InstanceTags.empty().with("", "v"));
    assertThatNullPointerException()
        .isThrownBy(() -> InstanceTags.of(nullKey))
        .withMessage("tag key");
    assertThatNullPointerException()
        .isThrownBy(() -> InstanceTags.of(nullValue))
        .withMessage("value of the tag k");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SharedResourceTags.of(Map.of("", "v")))
        .withMessage("the key of a tag is empty");
    assertThatIllegalArgumentException().isThrownBy(() -> SharedResourceTags.of("", "v"));
    assertThatIllegalArgumentException().isThrownBy(() -> SharedResourceTags.empty().with("", "v"));
    assertThatNullPointerException()
        .isThrownBy(() -> SharedResourceTags.of(nullKey))
        .withMessage("tag key");
    assertThatNullPointerException()
        .isThrownBy(() -> SharedResourceTags.of(nullValue))
        .withMessage("value of the tag k");
  }

  @Test
  void aSecretIsNeitherEmptyNorNullNorMangled() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Secret.of(""))
        .withMessage("the secret is empty");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Secret.of("hunter2\ud800"))
        .withMessage("the secret holds half of a surrogate pair");
    assertThatNullPointerException().isThrownBy(() -> Secret.of(null));
  }

  @Test
  void anInstanceTypeHasSizesThatCanBe() {
    InstanceType.Builder type = InstanceType.builder("n", "p");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> type.vcpus(0))
        .withMessage("the number of vCPUs, 0, is less than 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> type.ram(-1))
        .withMessageContaining("memory of -1 bytes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> type.includedScratch(-1))
        .withMessageContaining("included scratch of -1 bytes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> type.addedScratch(Long.MIN_VALUE))
        .withMessageContaining("added scratch of");
    InstanceType.Builder huge = type.includedScratch(Long.MAX_VALUE).addedScratch(1);
    assertThatIllegalArgumentException()
        .isThrownBy(huge::build)
        .withMessageContaining("beyond 8 EiB");
    assertThat(type.addedScratch(0).build().scratch()).isEqualTo(Long.MAX_VALUE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Gpu.builder("cuda").deviceCount(0))
        .withMessage("the number of GPUs, 0, is less than 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Gpu.builder("cuda").vram(-1))
        .withMessageContaining("GPU memory of -1 bytes");
  }
}
