package io.github.clouddriver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.mockito.Mockito.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.github.clouddriver.error.ConfigException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.slf4j.LoggerFactory;

/** Clauses D2 and D9. */
class DriverFuncTest {
  private static final InstanceSetId ID = InstanceSetId.of("abcde-12345-zzzzzzzzzzzzzzz");

  private final InstanceSet set = mock(InstanceSet.class);
  private final List<Object> given = new ArrayList<>();

  private InstanceSet call(Driver driver, @Nullable JsonNode config) throws Exception {
    return driver.instanceSet(
        config,
        ID,
        SharedResourceTags.of("k", "v"),
        LoggerFactory.getLogger("test"),
        new SimpleMeterRegistry());
  }

  private <C> Driver driver(Class<C> type) {
    return DriverFunc.of(
        type,
        (config, id, tags, logger, registry) -> {
          given.add(config);
          return set;
        });
  }

  private <C> C bound(Class<C> type, String json) throws Exception {
    given.clear();
    assertThat(call(driver(type), new ObjectMapper().readTree(json))).isSameAs(set);
    return type.cast(given.get(0));
  }

  static List<JsonNode> noConfiguration() {
    return List.of(
        NullNode.getInstance(), MissingNode.getInstance(), JsonNodeFactory.instance.objectNode());
  }

  record Defaults(@Nullable Integer retries) {
    Defaults {
      retries = retries == null ? 3 : retries;
    }
  }

  @ParameterizedTest
  @NullSource
  @MethodSource("noConfiguration")
  void anAbsentConfigurationIsAnEmptyObject(@Nullable JsonNode config) throws Exception {
    call(driver(Defaults.class), config);
    assertThat(given).containsExactly(new Defaults(3));

    given.clear();
    Driver plain =
        DriverFunc.of(
            (json, id, tags, logger, registry) -> {
              given.addAll(List.of(json, id, tags, logger.getName()));
              return set;
            });
    assertThat(call(plain, config)).isSameAs(set);
    assertThat(given)
        .containsExactly(
            JsonNodeFactory.instance.objectNode(), ID, SharedResourceTags.of("k", "v"), "test");
  }

  @Test
  void aFunctionOfMoreThanItsClassServesToo() throws Exception {
    DriverFunc<Object> any = (config, id, tags, logger, registry) -> set;
    assertThat(call(DriverFunc.of(any), null)).isSameAs(set);
    assertThat(call(DriverFunc.of(Defaults.class, any), null)).isSameAs(set);
  }

  @Test
  void aFunctionThatReturnsNullIsToldApart() {
    DriverFunc<Object> none = (config, id, tags, logger, registry) -> null;
    assertThatNullPointerException()
        .isThrownBy(() -> call(DriverFunc.of(none), null))
        .withMessageContaining("the driver function returned null");
    assertThatNullPointerException()
        .isThrownBy(() -> call(DriverFunc.of(Defaults.class, none), null))
        .withMessageContaining("the driver function returned null");
  }

  record Values(
      Secret key,
      ByteSize disk,
      ByteSize cache,
      ImageId image,
      InstanceTags tags,
      SharedResourceTags shared,
      InstanceQuotaGroup group,
      InitCommand init,
      List<InstancePrice> prices,
      Map<String, InstanceType> instanceTypes) {}

  private static final String VALUES =
      """
      {"key": "hunter2", "disk": "8GiB", "cache": 4096, "image": "ami-1", "tags": {"a": "b"},
       "shared": {}, "group": "g", "init": "true",
       "prices": [{"startTime": "2026-01-31T12:00:00Z", "price": 0.0466}],
       "InstanceTypes": {"small": {"ram": "1GiB", "PRICE": 0.1}}}
      """;

  @Test
  void theValuesOfAConfigurationAreRead() throws Exception {
    Values read = bound(Values.class, VALUES);
    assertThat(read.key().reveal()).isEqualTo("hunter2");
    assertThat(read)
        .isEqualTo(
            new Values(
                Secret.of("hunter2"),
                ByteSize.parse("8GiB"),
                ByteSize.of(4096),
                ImageId.of("ami-1"),
                InstanceTags.of("a", "b"),
                SharedResourceTags.empty(),
                InstanceQuotaGroup.of("g"),
                InitCommand.of("true"),
                List.of(InstancePrice.of(Instant.parse("2026-01-31T12:00:00Z"), "0.0466")),
                Map.of(
                    "small",
                    InstanceType.builder("small", "small")
                        .ram(1L << 30)
                        .price(new BigDecimal("0.1"))
                        .build())));
    assertThat(read.toString()).doesNotContain("hunter2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "\"hunter2\" | [\"hunter2-a\"] | $.key | a secret, as text that is not empty, not a list",
        "\"hunter2\" | \"\" | $.key | a secret, as text that is not empty",
        "\"8GiB\" | \"hunter2-b\" | $.disk | a size such as \"8GiB\" or a whole number of bytes",
        "\"8GiB\" | true | $.disk | a size such as \"8GiB\" or a whole number of bytes, not a truth value",
        "4096 | 4096.5 | $.cache | a whole number of bytes from 0 to 9223372036854775807",
        "4096 | -1 | $.cache | a whole number of bytes from 0 to 9223372036854775807",
        "4096 | 9223372036854775808 | $.cache | a whole number of bytes from 0 to 9223372036854775807",
        "\"ami-1\" | \" hunter2-c\" | $.image | a valid ImageId",
        "{\"a\": \"b\"} | {\"\": \"hunter2-d\"} | $.tags | a valid InstanceTags",
        "{\"a\": \"b\"} | {\"a\": 1} | $.tags.a | text, not a number",
        "\"true\" | \"hunter2\\u0000\" | $.init | a valid InitCommand",
        "0.0466 | -42.5 | $.prices[0] | a valid InstancePrice",
        "\"1GiB\" | \"hunter2-e\" | $.InstanceTypes.small.ram | a size such as \"8GiB\" or a whole number of bytes",
        "{\"small\" | {\"Small\": {}, \"small\" | $.InstanceTypes.small | each key only once, also in other letter case",
        "\"small\" | \"\" | $.InstanceTypes[''] | a name as its key, one line of 1 to 256 characters",
      })
  void aWrongValueIsNamedAndNotShown(String right, String wrong, String path, String expected) {
    assertThat(VALUES).contains(right);
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> bound(Values.class, VALUES.replace(right, wrong)))
        .satisfies(
            e -> {
              assertThat(e.path()).isEqualTo(path);
              assertThat(e.expected()).isEqualTo(expected);
              assertThat(e.toString()).doesNotContain("hunter2").doesNotContain("42.5");
              assertThat(e).hasNoCause().hasNoSuppressedExceptions();
            });
    assertThat(given).as("the function is not called").isEmpty();
  }

  record Misplaced(List<InstanceType> types) {}

  @Test
  void aClassThatCannotBeReadIsRefusedWhenTheDriverIsMade() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> driver(Misplaced.class))
        .withMessageContaining("Misplaced.types")
        .withMessageContaining("Map<String, …>");
    assertThatIllegalArgumentException().isThrownBy(() -> driver(Thread.class));
  }
}
