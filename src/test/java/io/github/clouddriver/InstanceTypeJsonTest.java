package io.github.clouddriver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.clouddriver.error.ConfigException;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstanceTypeJsonTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final InstanceType FULL =
      InstanceType.builder("big", "g5.xlarge")
          .vcpus(4)
          .ram(16L << 30)
          .includedScratch(250_000_000_000L)
          .addedScratch(1L << 40)
          .price(new BigDecimal("100.50"))
          .preemptible(true)
          .gpu(
              Gpu.builder("cuda")
                  .driverVersion("11.0")
                  .hardwareTarget("8.6")
                  .deviceCount(2)
                  .vram(24L << 30)
                  .build())
          .build();

  private static InstanceType read(String name, String json) throws Exception {
    return InstanceType.fromJson(name, MAPPER.readTree(json));
  }

  @Test
  void readsTheReferencesForm() throws Exception {
    assertThat(
            read(
                "big",
                """
                {"ProviderType": "g5.xlarge", "VCPUs": 4, "RAM": "16GiB", "IncludedScratch": "250GB",
                 "AddedScratch": 1099511627776, "Price": 100.5, "Preemptible": true,
                 "GPU": {"Stack": "cuda", "DriverVersion": "11.0", "HardwareTarget": "8.6",
                         "DeviceCount": 2, "VRAM": "24GiB"}}
                """))
        .isEqualTo(FULL);
  }

  @Test
  void keysMatchInAnyLetterCase() throws Exception {
    assertThat(
            read(
                "a",
                "{\"providertype\": \"p\", \"vcpus\": 2, \"ram\": 1, \"gpu\": {\"STACK\": \"rocm\"}}"))
        .isEqualTo(
            InstanceType.builder("a", "p")
                .vcpus(2)
                .ram(1)
                .gpu(Gpu.builder("rocm").build())
                .build());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"ProviderType\": \"\"}",
        "{\"ProviderType\": null, \"VCPUs\": null, \"RAM\": null, \"Price\": null, \"GPU\": null}",
        "{\"Preemptible\": false, \"Price\": 0, \"RAM\": 0, \"GPU\": {}}",
        "{\"GPU\": {\"Stack\": \"\", \"DriverVersion\": \"\", \"DeviceCount\": 0, \"VRAM\": 0}}",
        "{\"GPU\": {\"Stack\": \"cuda\", \"DeviceCount\": 0}}",
      })
  void everyKeyMayBeAbsent(String json) throws Exception {
    assertThat(read("small", json)).isEqualTo(InstanceType.builder("small", "small").build());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{'Memory': 1}       | $.Memory      | a known key",
        "{'VCPUs': 0}        | $.VCPUs       | a whole number, 1 or more",
        "{'VCPUs': '4'}      | $.VCPUs       | a whole number, not text",
        "{'vcpus': 4.5}      | $.vcpus       | a whole number, without fraction or exponent",
        "{'RAM': -1}         | $.RAM         | a whole number of bytes from 0 to 9223372036854775807",
        "{'RAM': 'much'}     | $.RAM         | a size such as \"8GiB\" or a whole number of bytes",
        "{'Price': -1}       | $.Price       | a number, 0 or more",
        "{'Price': '1'}      | $.Price       | a number, not text",
        "{'Preemptible': 1}  | $.Preemptible | true or false, not a number",
        "{'ProviderType': ' x'} | $.ProviderType | one line of at most 256 characters",
        "{'GPU': []}         | $.GPU         | an object, not a list",
        "{'GPU': {'Count': 1}} | $.GPU.Count | a known key",
        "{'GPU': {'DeviceCount': 1}} | $.GPU.Stack | one line of 1 to 100 characters, such as cuda or rocm",
        "{'GPU': {'Stack': 'cuda', 'DeviceCount': -1}} | $.GPU.DeviceCount | a whole number, 0 or more",
        "{'IncludedScratch': '7EiB', 'AddedScratch': '7EiB'} | $ | at most 8 EiB of scratch in all",
        "null                | $             | an object, not null",
      })
  void aMistakeIsNamedWithItsPath(String json, String path, String expected) {
    ConfigException e =
        catchThrowableOfType(ConfigException.class, () -> read("small", json.replace('\'', '"')));
    assertThat(e.path()).isEqualTo(path);
    assertThat(e.expected()).isEqualTo(expected);
    assertThat(e).hasNoCause();
  }

  @Test
  void theKnownKeysAreListed() {
    assertThat(catchThrowableOfType(ConfigException.class, () -> read("x", "{\"VCPUs\": 0}")))
        .hasMessageEndingWith(
            "(known keys: AddedScratch, GPU, IncludedScratch, Preemptible, Price, ProviderType,"
                + " RAM, VCPUs)");
  }

  @Test
  void whatIsWrittenReadsAsTheSame() throws Exception {
    for (InstanceType type :
        new InstanceType[] {
          FULL,
          FULL.toBuilder().price(new BigDecimal("1e3")).gpu(null).build(),
          InstanceType.builder("small", "small").build()
        }) {
      assertThat(InstanceType.fromJson(type.name(), type.toJson())).isEqualTo(type);
      JsonNode reread = MAPPER.readTree(type.toJson().toString());
      assertThat(InstanceType.fromJson(type.name(), reread)).isEqualTo(type);
    }
    assertThat(InstanceType.builder("small", "small").build().toJson().has("GPU")).isFalse();
  }

  @Test
  void whatIsWrittenIsTheCallersOwn() {
    FULL.toJson().put("VCPUs", 99);
    assertThat(FULL.toJson().get("VCPUs").intValue()).isEqualTo(4);
  }
}
