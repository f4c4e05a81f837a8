package io.github.clouddriver.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "30s, PT30S",
    "5m, PT5M",
    "1h30m, PT1H30M",
    "100ms, PT0.1S",
    "1m30s500ms, PT1M30.5S",
    "1.5h, PT1H30M",
    "0s, PT0S",
    "2d, PT48H",
    "1us, PT0.000001S",
    "1µs, PT0.000001S",
    "1ns, PT0.000000001S",
    "0.5us, PT0.0000005S",
    "PT30S, PT30S",
    "P1DT2H, PT26H",
    "106751991167300d, P106751991167300D",
  })
  void readsAmountsWithUnitsAndIso(String text, Duration duration) {
    assertThat(Durations.parse(text)).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "30",
        "s",
        "30 s",
        " 30s",
        "30S",
        "5M",
        "-5m",
        "PT-5M",
        "30s5",
        "5s1m",
        "1m2m",
        ".5s",
        "1.s",
        "0.5ns",
        "30x",
        "1e3s",
        "PT",
        "999999999999999999d",
        "9999999999999999999s"
      })
  void refusesEverythingElse(String text) {
    assertThatThrownBy(() -> Durations.parse(text)).isInstanceOf(RuntimeException.class);
  }
}
