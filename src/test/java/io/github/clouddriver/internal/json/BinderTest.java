package io.github.clouddriver.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.clouddriver.error.ConfigException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BinderTest {
  enum Market {
    SPOT,
    @JsonProperty("on-demand")
    ON_DEMAND
  }

  record Scalars(
      String text,
      char letter,
      boolean flag,
      Boolean boxedFlag,
      byte b,
      short s,
      int i,
      long l,
      float f,
      double d,
      Integer boxed,
      BigInteger big,
      BigDecimal decimal,
      Market market,
      Duration duration,
      Instant instant,
      URI uri) {}

  @Test
  void readsEveryScalar() throws Exception {
    Scalars read =
        Json.read(
            Scalars.class,
            """
            {"text": "", "letter": "x", "flag": true, "boxedFlag": false, "b": -128, "s": 32767,
             "i": -2147483648, "l": 9223372036854775807, "f": 1.5, "d": 2, "boxed": 0,
             "big": 123456789012345678901234567890, "decimal": 0.10, "market": "On-Demand",
             "duration": "1h30m", "instant": "2026-01-31T12:00:00Z", "uri": "http://localhost:1/x"}
            """);
    assertThat(read)
        .isEqualTo(
            new Scalars(
                "",
                'x',
                true,
                false,
                Byte.MIN_VALUE,
                Short.MAX_VALUE,
                Integer.MIN_VALUE,
                Long.MAX_VALUE,
                1.5f,
                2,
                0,
                new BigInteger("123456789012345678901234567890"),
                new BigDecimal("0.1"),
                Market.ON_DEMAND,
                Duration.ofMinutes(90),
                Instant.parse("2026-01-31T12:00:00Z"),
                URI.create("http://localhost:1/x")));
  }

  record Absent(
      @Nullable String text,
      @Nullable Integer number,
      @Nullable List<String> list,
      Optional<String> optional,
      OptionalInt whole,
      OptionalLong wide,
      OptionalDouble real) {
    Absent {
      number = number == null ? 42 : number;
    }
  }

  @Test
  void whatIsNullableOrOptionalMayBeAbsentOrNullAndARecordSetsItsDefaults() throws Exception {
    Absent empty =
        new Absent(
            null,
            42,
            null,
            Optional.empty(),
            OptionalInt.empty(),
            OptionalLong.empty(),
            OptionalDouble.empty());
    assertThat(Json.read(Absent.class, "{}")).isEqualTo(empty);
    assertThat(
            Json.read(
                Absent.class,
                """
                {"text": null, "number": null, "list": null, "optional": null, "whole": null,
                 "wide": null, "real": null}
                """))
        .isEqualTo(empty);
    assertThat(
            Json.read(
                Absent.class,
                """
                {"text": "t", "number": 1, "list": ["e"], "optional": "o", "whole": 2, "wide": 3,
                 "real": 4.5}
                """))
        .isEqualTo(
            new Absent(
                "t",
                1,
                List.of("e"),
                Optional.of("o"),
                OptionalInt.of(2),
                OptionalLong.of(3),
                OptionalDouble.of(4.5)));
  }

  record Nested(
      List<Inner> list,
      Collection<Integer> collection,
      Set<Market> set,
      Map<String, List<Inner>> map,
      List<@Nullable String> gaps,
      Map<String, Optional<Integer>> maybe,
      @Nullable Nested child) {}

  record Inner(int n) {}

  @Test
  void readsRecordsInListsSetsMapsAndThemselves() throws Exception {
    Nested read =
        Json.read(
            Nested.class,
            """
            {"list": [{"n": 1}, {"N": 2}], "collection": [3], "set": ["spot"],
             "map": {"z": [{"n": 4}], "a": []}, "gaps": ["x", null], "maybe": {"y": null},
             "child": {"list": [], "collection": [], "set": [], "map": {}, "gaps": [], "maybe": {}}}
            """);
    assertThat(read.list()).containsExactly(new Inner(1), new Inner(2));
    assertThat(read.collection()).containsExactly(3);
    assertThat(read.set()).containsExactly(Market.SPOT);
    assertThat(read.map())
        .containsExactly(Map.entry("z", List.of(new Inner(4))), Map.entry("a", List.of()));
    assertThat(read.gaps()).containsExactly("x", null);
    assertThat(read.maybe()).containsExactly(Map.entry("y", Optional.empty()));
    assertThat(read.child()).isNotNull();
    assertThat(read.child().child()).isNull();
  }

  @Test
  void whatItMakesCannotBeChanged() throws Exception {
    Nested read =
        Json.read(
            Nested.class,
            """
            {"list": [], "collection": [], "set": [], "map": {}, "gaps": [], "maybe": {}}
            """);
    assertThat(read.list()).isUnmodifiable();
    assertThat(read.collection()).isUnmodifiable();
    assertThat(read.set()).isUnmodifiable();
    assertThat(read.map()).isUnmodifiable();
  }

  record Keys(@JsonProperty("access-key") String accessKey, String secretAccessKey) {}

  @Test
  void keysMatchInAnyLetterCaseAndMayBeNamed() throws Exception {
    assertThat(Json.read(Keys.class, "{\"ACCESS-key\": \"a\", \"SecretAccessKey\": \"b\"}"))
        .isEqualTo(new Keys("a", "b"));
  }

  record Raw(JsonNode any, ObjectNode object, @Nullable JsonNode none) {}

  @Test
  void jsonIsHandedOnAsItIs() throws Exception {
    Raw raw = Json.read(Raw.class, "{\"any\": [1, \"x\"], \"object\": {\"a\": 1, \"A\": 2}}");
    assertThat(raw.any()).isEqualTo(Json.parse("[1, \"x\"]"));
    assertThat(raw.object()).isEqualTo(Json.parse("{\"a\": 1, \"A\": 2}"));
    assertThat(raw.none()).isNull();
  }

  static final class Zone {
    private final String text;

    private Zone(String text) {
      this.text = text;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    private static Zone of(String text) {
      return new Zone(text);
    }
  }

  static final class Range {
    private final int from;
    private final int to;

    @JsonCreator
    private Range(int from, @JsonProperty("until") int to) {
      this.from = from;
      this.to = to;
    }
  }

  record Labels(Map<String, String> all) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    Labels {}
  }

  record Created(Zone zone, Range range, Labels labels) {}

  @Test
  void aMarkedConstructorOrFactoryMakesTheObject() throws Exception {
    Created made =
        Json.read(
            Created.class,
            """
            {"zone": "a", "range": {"from": 1, "until": 2}, "labels": {"k": "v"}}
            """);
    assertThat(made.zone().text).isEqualTo("a");
    assertThat(made.range().from).isEqualTo(1);
    assertThat(made.range().to).isEqualTo(2);
    assertThat(made.labels().all()).containsExactly(Map.entry("k", "v"));
  }

  record Port(String name, int number) {}

  record Ports(Map<String, Port> ports) {}

  @Test
  void aRegisteredTypeTakesItsNameFromTheKeyOfTheMap() throws Exception {
    ValueReader<Port> port = (node, at) -> new Port(at.key(), Numbers.INT.read(node, at));
    Binder binder = new Binder(Map.of(), Map.of(Port.class, port));
    ValueReader<Ports> reader = binder.reader(Ports.class);
    assertThat(reader.read(Json.parse("{\"ports\": {\"ssh\": 22}}"), Place.ROOT))
        .isEqualTo(new Ports(Map.of("ssh", new Port("ssh", 22))));
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> reader.read(Json.parse("{\"ports\": {\"ssh\": \"x\"}}"), Place.ROOT))
        .satisfies(e -> assertThat(e.path()).isEqualTo("$.ports.ssh"));
  }
}
