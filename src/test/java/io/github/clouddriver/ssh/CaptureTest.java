package io.github.clouddriver.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clause E9, byte by byte. */
class CaptureTest {

  @ParameterizedTest(name = "limit {0}, seed {1}")
  @CsvSource({"0, 1", "1, 2", "1023, 3", "1024, 4", "1025, 5", "100000, 6", "2147483647, 7"})
  void keepsTheBeginningAndCountsTheRest(int limit, long seed) throws Exception {
    Random random = new Random(seed);
    byte[] data = new byte[50_000];
    random.nextBytes(data);
    Capture capture = new Capture(limit);
    SshChannel channel = mock();
    int position = 0;
    while (position < data.length) {
      int length = Math.min(data.length - position, random.nextInt(5000));
      capture.put(channel, data, position, length);
      position += length;
    }
    int kept = Math.min(limit, data.length);
    assertThat(capture.bytes()).isEqualTo(Arrays.copyOf(data, kept));
    assertThat(capture.cut()).isEqualTo(data.length - kept);
  }
}
