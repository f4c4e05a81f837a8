package io.github.clouddriver.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.clouddriver.InstanceSet;
import io.github.clouddriver.SharedResourceTags;
import io.github.clouddriver.exec.HostPort;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.NOPLogger;

/** The default locale of a user who writes digits of another script. */
class LocaleTest {
  @Test
  void T1_anAddressIsWrittenInAsciiDigits() throws Exception {
    Locale before = Locale.getDefault();
    try (MemoryCloud cloud = MemoryCloud.builder().ssh(false).build()) {
      Locale.setDefault(Locale.forLanguageTag("ar-EG"));
      assertThat(String.format("%d", 1)).isNotEqualTo("1");
      InstanceSet set =
          cloud
              .driver()
              .instanceSet(
                  null,
                  Sets.A,
                  SharedResourceTags.empty(),
                  NOPLogger.NOP_LOGGER,
                  new SimpleMeterRegistry());

      assertThat(set.create(Sets.request(Sets.SMALL)).address())
          .map(HostPort::host)
          .hasValueSatisfying(host -> assertThat(host).matches("127\\.[0-9]+\\.[0-9]+\\.[0-9]+"));
    } finally {
      Locale.setDefault(before);
    }
  }
}
