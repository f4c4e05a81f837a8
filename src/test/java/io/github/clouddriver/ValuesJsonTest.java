package io.github.clouddriver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a dispatcher stores and reads with a plain mapper of its own. */
class ValuesJsonTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  static List<Arguments> values() {
    Map<String, String> ordered = new LinkedHashMap<>(Map.of("z", ""));
    ordered.put("a", "b");
    String id = "abcde-12345-zzzzzzzzzzzzzzz";
    return List.of(
        Arguments.of(InstanceId.of("i-1"), "\"i-1\""),
        Arguments.of(InstanceSetId.of(id), "\"" + id + "\""),
        Arguments.of(ImageId.of("ami-1"), "\"ami-1\""),
        Arguments.of(InstanceQuotaGroup.of("m7"), "\"m7\""),
        Arguments.of(AttemptToken.of("t"), "\"t\""),
        Arguments.of(InitCommand.of("echo 'ü'"), "\"echo 'ü'\""),
        Arguments.of(InstanceTags.of(ordered), "{\"z\":\"\",\"a\":\"b\"}"),
        Arguments.of(SharedResourceTags.of(ordered), "{\"z\":\"\",\"a\":\"b\"}"),
        Arguments.of(ByteSize.parse("8GiB"), "8589934592"));
  }

  @ParameterizedTest
  @MethodSource("values")
  void aValueIsWrittenBareAndReadBack(Object value, String json) throws Exception {
    assertThat(MAPPER.writeValueAsString(value)).isEqualTo(json);
    assertThat(MAPPER.readValue(json, value.getClass())).isEqualTo(value);
  }

  @Test
  void aSizeIsReadFromTextToo() throws Exception {
    assertThat(MAPPER.readValue("\"8GiB\"", ByteSize.class)).isEqualTo(ByteSize.parse("8GiB"));
  }

  record Holder(Secret key) {}

  @Test
  void aSecretIsNeverWritten() throws Exception {
    Holder holder = new Holder(Secret.of("hunter2"));
    assertThatThrownBy(() -> MAPPER.writeValueAsString(holder))
        .isInstanceOf(JsonProcessingException.class)
        .hasMessageNotContaining("hunter2");
    ObjectMapper lenient = new ObjectMapper().disable(SerializationFeature.FAIL_ON_EMPTY_BEANS);
    assertThat(lenient.writeValueAsString(holder)).isEqualTo("{\"key\":{}}");
  }
}
