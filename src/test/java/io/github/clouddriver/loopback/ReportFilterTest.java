package io.github.clouddriver.loopback;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportFilterTest {
  private static final byte[] MARK = "\1mark".getBytes(ISO_8859_1);

  private final ByteArrayOutputStream passed = new ByteArrayOutputStream();
  private final ReportFilter filter = new ReportFilter(passed, MARK);

  private void write(String text) throws IOException {
    filter.write(text.getBytes(ISO_8859_1));
  }

  private String passed() {
    return passed.toString(ISO_8859_1);
  }

  @Test
  void a_report_is_taken_out_wherever_it_is() throws IOException {
    write("before\1mark037after");

    assertThat(passed()).isEqualTo("beforeafter");
    assertThat(filter.status()).hasValue(37);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\1mark255", "a\1\1mark255b", "\1mar\1mark255\1mark12", "\1m\1ma\1mark255"})
  void it_may_come_in_any_pieces(String text) throws IOException {
    String rest = text.replaceFirst("\1mark255", "");
    for (int first = 0; first <= text.length(); first++) {
      for (int second = first; second <= text.length(); second++) {
        passed.reset();
        ReportFilter each = new ReportFilter(passed, MARK);
        each.write(text.substring(0, first).getBytes(ISO_8859_1));
        each.write(text.substring(first, second).getBytes(ISO_8859_1));
        each.write(text.substring(second).getBytes(ISO_8859_1));
        each.end();

        assertThat(passed()).as("cut at %d and %d", first, second).isEqualTo(rest);
        assertThat(each.status()).hasValue(255);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\1markabc", "\1mark0-1", "\1mark256", "\1mark999", "\1mark12\1mark"})
  void what_is_no_status_is_no_report(String text) throws IOException {
    for (char each : text.toCharArray()) {
      filter.write(each);
    }
    filter.end();
    assertThat(passed()).isEqualTo(text);
    assertThat(filter.status()).isEmpty();

    write("x\1mark007");
    assertThat(passed()).isEqualTo(text + "x");
    assertThat(filter.status()).hasValue(7);
  }

  @Test
  void nothing_else_is_held_back() throws IOException {
    write("prompt: ");
    assertThat(passed()).isEqualTo("prompt: ");
    filter.write('x');
    assertThat(passed()).isEqualTo("prompt: x");
    write("\1mar");
    assertThat(passed()).isEqualTo("prompt: x");
    write("s");
    assertThat(passed()).isEqualTo("prompt: x\1mars");
  }

  @Test
  void without_a_report_everything_is_passed_on_in_the_end() throws IOException {
    write("x\1mark1");
    filter.end();

    assertThat(passed()).isEqualTo("x\1mark1");
    assertThat(filter.status()).isEmpty();
  }

  @Test
  void random_bytes_in_random_pieces_are_passed_on() throws IOException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    byte[] bytes = new byte[50_000];
    random.nextBytes(bytes);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = MARK[Math.floorMod(bytes[i], MARK.length)];
    }
    for (int i = 0; i + MARK.length < bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + MARK.length, MARK, 0, MARK.length)) {
        bytes[i] = 'x';
      }
    }
    for (int i = 0; i < bytes.length; ) {
      int n = Math.min(bytes.length - i, random.nextInt(7));
      filter.write(bytes, i, n);
      i += n;
    }
    filter.end();

    assertThat(passed.toByteArray()).as("seed %d", seed).isEqualTo(bytes);
  }
}
