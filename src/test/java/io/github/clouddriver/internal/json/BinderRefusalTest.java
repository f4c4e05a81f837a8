package io.github.clouddriver.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonCreator;
import io.github.clouddriver.error.ConfigException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each mistake, three levels deep: at {@code $.a.b[2].c}. */
class BinderRefusalTest {
  private static final String MARKER = "hunter2-Tr0ub4dor";

  enum Colour {
    RED,
    GREEN
  }

  record Zone(String text) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Zone of(String text) {
      throw new IllegalArgumentException("\"" + text + "\" is no zone", new Exception(text));
    }
  }

  record Bug(String text) {
    Bug {
      throw new IllegalStateException(text);
    }
  }

  record Nothing(String text) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable Nothing of(String text) {
      return null;
    }
  }

  @JsonClassDescription("a span that does not end before it begins")
  record Span(String from, String to) {
    Span {
      if (from.compareTo(to) > 0) {
        throw new IllegalArgumentException(from + " is after " + to);
      }
    }
  }

  record Small(@Nullable String x, @Nullable Integer y) {}

  record Empty() {}

  record Leaf(
      @Nullable Integer whole,
      @Nullable Byte tiny,
      @Nullable Long wide,
      @Nullable BigInteger big,
      @Nullable Float f,
      @Nullable Double real,
      @Nullable BigDecimal decimal,
      @Nullable String text,
      @Nullable Character letter,
      @Nullable Boolean flag,
      @Nullable Colour colour,
      @Nullable Duration delay,
      @Nullable Instant time,
      @Nullable URI uri,
      @Nullable List<String> list,
      @Nullable Set<String> set,
      @Nullable Map<String, Integer> map,
      @Nullable Zone zone,
      @Nullable Bug bug,
      @Nullable Nothing nothing,
      @Nullable Span span,
      @Nullable Small small,
      @Nullable Empty empty,
      Optional<String> maybe,
      OptionalInt maybeWhole) {}

  record Inside(List<Leaf> b) {}

  record Outside(Inside a) {}

  private static ConfigException refusal(String leaf) {
    String json = "{\"a\": {\"b\": [{}, {}, " + leaf + "]}}";
    return catchThrowableOfType(ConfigException.class, () -> Json.read(Outside.class, json));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{'whole': '7'}        | .whole | a whole number, not text",
        "{'whole': 7.9}        | .whole | a whole number, without fraction or exponent",
        "{'whole': 7.0}        | .whole | a whole number, without fraction or exponent",
        "{'whole': 1e400}      | .whole | a whole number, without fraction or exponent",
        "{'whole': 2147483648} | .whole | a whole number from -2147483648 to 2147483647",
        "{'whole': 99999999999999999999} | .whole | a whole number from -2147483648 to 2147483647",
        "{'whole': true}       | .whole | a whole number, not a truth value",
        "{'whole': [7]}        | .whole | a whole number, not a list",
        "{'tiny': 128}         | .tiny  | a whole number from -128 to 127",
        "{'wide': 9223372036854775808} | .wide | a whole number from -9223372036854775808 to 9223372036854775807",
        "{'big': 1.0}          | .big   | a whole number, without fraction or exponent",
        "{'f': 1e39}           | .f     | a number of less than 1e38",
        "{'real': 1e400}       | .real  | a number of less than 1e308",
        "{'real': -1e400}      | .real  | a number of less than 1e308",
        "{'real': '1.5'}       | .real  | a number, not text",
        "{'decimal': 1e400}    | .decimal | a number of less than 1e308",
        "{'decimal': 'x'}      | .decimal | a number, not text",
        "{'text': 7}           | .text  | text, not a number",
        "{'text': {}}          | .text  | text, not an object",
        "{'letter': 'xy'}      | .letter | a single character",
        "{'flag': 0}           | .flag  | true or false, not a number",
        "{'flag': 'true'}      | .flag  | true or false, not text",
        "{'colour': 'blue'}    | .colour | one of GREEN, RED",
        "{'colour': 0}         | .colour | one of GREEN, RED, not a number",
        "{'colour': ''}        | .colour | one of GREEN, RED",
        "{'delay': 30}          | .delay  | a duration such as 30s, 1h30m, 100ms or PT30S, not a number",
        "{'delay': '30'}        | .delay  | a duration such as 30s, 1h30m, 100ms or PT30S",
        "{'time': 'noon'}      | .time  | a time such as 2026-01-31T12:00:00Z",
        "{'uri': 'a b'}        | .uri   | a URI",
        "{'list': 'x'}         | .list  | a list, not text",
        "{'list': ['x', 1]}    | .list[1] | text, not a number",
        "{'list': ['x', null]} | .list[1] | text, not null",
        "{'set': ['x', 'x']}   | .set[1] | each element only once",
        "{'map': []}           | .map   | an object, not a list",
        "{'map': {'k y': 'v'}} | .map['k y'] | a whole number, not text",
        "{'map': {'k': 1, 'K': 2}} | .map.K | each key only once, also in other letter case",
        "{'text': 'x', 'TEXT': 'y'} | .TEXT | each key only once, also in other letter case",
        "{'text': null, 'TEXT': 'y'} | .TEXT | each key only once, also in other letter case",
        "{'bogus': 1}          | .bogus | a known key",
        "{'it\\'s': 1}         | ['it\\'s'] | a known key",
        "{'ünï': 1}            | ['ünï'] | a known key",
        "{'a\\nb': 1}          | ['a\\u000ab'] | a known key",
        "{'zone': 'z'}         | .zone  | a valid Zone",
        "{'zone': 1}           | .zone  | text, not a number",
        "{'bug': {'text': 'x'}} | .bug  | a valid Bug (it raised java.lang.IllegalStateException)",
        "{'nothing': 'x'}      | .nothing | a valid Nothing",
        "{'span': {'from': 'b', 'to': 'a'}} | .span | a span that does not end before it begins",
        "{'span': {'from': 'b'}} | .span.to | text, which is missing",
        "{'span': {'from': 'b', 'TO': null}} | .span.TO | text, not null",
        "{'small': 'x'}        | .small | an object, not text",
        "{'small': {'z': 1}}   | .small.z | a known key",
        "{'empty': {'z': 1}}   | .empty.z | no key at all",
        "{'maybe': 1}          | .maybe | text, not a number",
        "{'maybeWhole': 1.5}   | .maybeWhole | a whole number, without fraction or exponent",
        "[]                    | ''     | an object, not a list",
        "null                  | ''     | an object, not null",
      })
  void aMistakeIsNamedWithItsPath(String leaf, String step, String expected) {
    String json = leaf.replace("\\'", "\u0001").replace('\'', '"').replace('\u0001', '\'');
    ConfigException e = refusal(json);
    assertThat(e.path()).isEqualTo("$.a.b[2]" + step.replace("''", ""));
    assertThat(e.expected()).isEqualTo(expected);
    assertThat(e).hasMessageContaining(e.path()).hasMessageContaining(expected).hasNoCause();
  }

  @Test
  void theKnownKeysAreThoseOfTheObjectAroundTheMistake() {
    assertThat(refusal("{\"small\": {\"z\": 1}}").knownKeys()).containsExactly("x", "y");
    assertThat(refusal("{\"small\": {\"y\": \"1\"}}"))
        .hasMessage(
            "configuration at $.a.b[2].small.y: expected a whole number, not text (known keys: x,"
                + " y)");
    assertThat(refusal("{\"small\": 1}").knownKeys())
        .contains("whole", "small")
        .doesNotContain("x");
    assertThat(refusal("{\"list\": [1]}").knownKeys()).isEmpty();
    assertThat(refusal("{\"map\": {\"k\": \"\"}}").knownKeys()).isEmpty();
  }

  record Primitives(int whole, boolean flag) {}

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"flag\": true}", "{\"whole\": null, \"flag\": true}"})
  void aPrimitiveIsRequired(String json) {
    ConfigException e =
        catchThrowableOfType(ConfigException.class, () -> Json.read(Primitives.class, json));
    assertThat(e.path()).isEqualTo("$.whole");
    assertThat(e.knownKeys()).containsExactly("flag", "whole");
  }

  @Test
  void aLongKeyIsCut() {
    ConfigException e = refusal("{\"" + "k-".repeat(5000) + "\": 1}");
    assertThat(e.path()).endsWith("k-…']").hasSizeLessThan(130);
  }

  static Stream<Arguments> wrongPlaces() {
    String text = "\"" + MARKER + "\"";
    List<Arguments> places = new ArrayList<>();
    for (String key :
        List.of(
            "whole",
            "tiny",
            "wide",
            "big",
            "f",
            "real",
            "decimal",
            "letter",
            "flag",
            "colour",
            "delay",
            "time",
            "list",
            "set",
            "map",
            "zone",
            "nothing",
            "small",
            "empty",
            "bug",
            "span",
            "maybeWhole")) {
      places.add(Arguments.of("{\"" + key + "\": " + text + "}"));
    }
    for (String key :
        List.of("text", "letter", "flag", "colour", "delay", "time", "uri", "maybe", "zone")) {
      places.add(Arguments.of("{\"" + key + "\": [" + text + "]}"));
      places.add(Arguments.of("{\"" + key + "\": {\"k\": " + text + "}}"));
    }
    Stream.of(
            "{\"uri\": \"% V\"}",
            "{\"bogus\": V}",
            "{\"text\": V, \"TEXT\": V}",
            "{\"list\": [V, 1]}",
            "{\"list\": [[V]]}",
            "{\"set\": [V, V]}",
            "{\"map\": {\"k\": V}}",
            "{\"map\": {\"k\": 1, \"K\": V}}",
            "{\"small\": {\"x\": V, \"y\": V}}",
            "{\"small\": {\"x\": V, \"z\": V}}",
            "{\"empty\": {\"x\": V}}",
            "{\"bug\": {\"text\": V}}",
            "{\"span\": {\"from\": V, \"to\": \"a\"}}",
            "{\"span\": {\"from\": V}}",
            "{\"span\": [V]}",
            "[V]",
            "V")
        .forEach(
            json ->
                places.add(
                    Arguments.of(
                        json.replace("\"% V\"", "\"% " + MARKER + "\"").replace("V", text))));
    return places.stream();
  }

  @ParameterizedTest
  @MethodSource("wrongPlaces")
  void noValueIsShown(String leaf) {
    ConfigException e = refusal(leaf);
    assertThat(e).isNotNull();
    StringWriter trace = new StringWriter();
    e.printStackTrace(new PrintWriter(trace, true));
    assertThat(trace.toString()).contains("$.a.b[2]").doesNotContain("hunter2");
    assertThat(e.toString() + e.getLocalizedMessage() + e.expected() + e.path() + e.knownKeys())
        .doesNotContain("hunter2");
    assertThat(e.getCause()).isNull();
    assertThat(e.getSuppressed()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"4815162342", "-4815162342", "4815162342.5", "48151623424815162342e400"})
  void noNumberIsShown(String number) {
    for (String key : List.of("whole", "tiny", "flag", "text", "colour", "delay", "list", "map")) {
      assertThat(refusal("{\"" + key + "\": " + number + "}").toString())
          .doesNotContain("4815162342");
    }
  }
}
