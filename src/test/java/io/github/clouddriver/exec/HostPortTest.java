package io.github.clouddriver.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clause T1. */
class HostPortTest {

  @ParameterizedTest
  @CsvSource({
    "host, host,",
    "host:22, host, 22",
    "a, a,",
    "ec2-1-2-3-4.compute.amazonaws.com, ec2-1-2-3-4.compute.amazonaws.com,",
    "my_host.example.org.:1, my_host.example.org., 1",
    "bücher.example:65535, bücher.example, 65535",
    "10.0.0.1, 10.0.0.1,",
    "10.0.0.1:2222, 10.0.0.1, 2222",
    "::1, ::1,",
    "::, ::,",
    "fe80::1:22, fe80::1:22,",
    "2001:db8:0:1:2:3:4:5, 2001:db8:0:1:2:3:4:5,",
    "2001:DB8::A, 2001:DB8::A,",
    "::ffff:10.0.0.1, ::ffff:10.0.0.1,",
    "fe80::1%eth0, fe80::1%eth0,",
    "[::1], ::1,",
    "[::1]:22, ::1, 22",
    "[fe80::1%eth0.4-_~]:22, fe80::1%eth0.4-_~, 22",
    "[fe80::1%1], fe80::1%1,"
  })
  void everyFormIsRead(String text, String host, Integer port) {
    OptionalInt expected = port == null ? OptionalInt.empty() : OptionalInt.of(port);
    HostPort read = HostPort.parse(text);
    assertThat(read).isEqualTo(new HostPort(host, expected));
    assertThat(HostPort.parse(read.toString())).as("what it prints").isEqualTo(read);
    assertThat(read).hasToString(port == null ? host : text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "host:", "host:0", "host:65536", "host:99999", "host:123456", "host:-1", "host:+1",
        "host:2 2", "host: 22", "host:ssh", "host:１２", "[::1]:", "[::1]:0", "[::1]:65536",
        "[::1]:x", "10.0.0.1:"
      })
  void aBadPortIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HostPort.parse(text))
        .withMessageContaining("port")
        .withMessageContaining("1 to 65535");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[::1       | no closing bracket",
        "[          | no closing bracket",
        "[]         | only an IPv6 address",
        "[host]     | only an IPv6 address",
        "[10.0.0.1]:22 | only an IPv6 address",
        "[::1]22    | only :port may follow",
        "[::1]]     | only :port may follow",
        "::1]       | no character ']'",
        "[[::1]]    | only :port may follow",
        "host]      | no character ']'",
        "user@host  | no character '@'",
        "ssh://host | its port",
        "http:80:host | no character 'h'",
        "a/b        | no character '/'",
        "a b        | no character '\\u0020'",
        "fe80::1%   | its zone",
        "fe80::1%a b | its zone",
        "fe80::1%a%b | its zone",
        "[fe80::1%]:22 | its zone",
        "fe80::1%é  | its zone",
        "host%eth0  | no character '%'",
        "10.0.0.1%eth0 | no character '%'",
        "fe80::g    | no character 'g'",
        "fe80::１   | no character '\\uff11'"
      })
  void whatIsNoAddressIsRefusedWithTheReason(String text, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HostPort.parse(text))
        .withMessageContaining(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.1:22:33",
        "a:22:33",
        ":::",
        "::::::::",
        "1:2",
        "1::2::3",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "12345::1",
        "::1.2.3",
        "::1.2.3.256",
        "1:2:3:4:5:6:7:8%eth0:9"
      })
  void colonsAloneMakeNoIpv6Address(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HostPort.of(text))
        .withMessageContaining("is not an address");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HostPort.parse("[" + text + "]:22"))
        .withMessageContaining("is not an address");
  }

  @ParameterizedTest
  @ValueSource(strings = {"beef:22", "a:1", "host:22", "::1]:22", "[::1]"})
  void aHostWithAPortIsNoHost(String host) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HostPort.of(host))
        .withMessageContaining("is not an address");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ":22"})
  void anEmptyHostIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HostPort.parse(text))
        .withMessage("the host is empty");
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 65_536, Integer.MAX_VALUE})
  void aPortOutOfRangeIsRefused(int port) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HostPort.of("host", port))
        .withMessage("port " + port + " is not from 1 to 65535");
  }

  @Test
  void aMessageIsOneShortLineOfPrintableCharacters() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HostPort.parse("a\n\u001b[31m" + "x".repeat(1000)))
        .satisfies(
            e -> {
              assertThat(e.getMessage()).contains("\\u000a\\u001b[31m");
              assertThat(e.getMessage()).hasSizeLessThan(600).matches("[ -~]*");
            });
  }

  @Test
  void theUsualPortIsTakenWhereThereIsNone() {
    assertThat(HostPort.of("host").portOr(22)).isEqualTo(22);
    assertThat(HostPort.of("host", 2222).portOr(22)).isEqualTo(2222);
    assertThat(HostPort.of("host").port()).isEmpty();
    assertThat(HostPort.of("host", 1).port()).hasValue(1);
    assertThat(HostPort.of("host", 65_535).port()).hasValue(65_535);
  }

  @Test
  void nothingMayBeNull() {
    assertThatNullPointerException().isThrownBy(() -> HostPort.parse(null));
    assertThatNullPointerException().isThrownBy(() -> HostPort.of(null));
    assertThatNullPointerException().isThrownBy(() -> new HostPort("host", null));
  }
}
