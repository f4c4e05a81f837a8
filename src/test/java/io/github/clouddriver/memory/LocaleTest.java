package io.github.clouddriver.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.clouddriver.exec.HostPort;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The default locale of a user who writes digits of another script. */
class LocaleTest {
  @Test
  void T1_anAddressIsWrittenInAsciiDigits() throws Exception {
    Locale before = Locale.getDefault();
    try (MemoryCloud cloud = MemoryCloud.builder().ssh(false).build()) {
      Locale.setDefault(Locale.forLanguageTag("ar-EG"));
      assertThat(String.format("%d", 1)).isNotEqualTo("1");

      assertThat(Sets.create(Sets.open(cloud, Sets.A)).address())
          .map(HostPort::host)
          .hasValueSatisfying(host -> assertThat(host).matches("127\\.[0-9]+\\.[0-9]+\\.[0-9]+"));
    } finally {
      Locale.setDefault(before);
    }
  }
}
