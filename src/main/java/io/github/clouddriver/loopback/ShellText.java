package io.github.clouddriver.loopback;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Bytes as text that a POSIX shell turns into the same bytes. */
final class ShellText {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private ShellText() {}

  /** Whether a shell can have a variable of that name. */
  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /** Nobody can hand a NUL on to a program. */
  static boolean canBeHandedOn(byte[] bytes) {
    for (byte each : bytes) {
      if (each == 0) {
        return false;
      }
    }
    return true;
  }

  /** One word, whatever is in it. */
  static byte[] quote(byte[] bytes) {
    ByteArrayOutputStream quoted = new ByteArrayOutputStream(bytes.length + 2);
    quoted.write('\'');
    for (byte each : bytes) {
      if (each == '\'') {
        quoted.writeBytes("'\\''".getBytes(StandardCharsets.US_ASCII));
      } else {
        quoted.write(each);
      }
    }
    quoted.write('\'');
    return quoted.toByteArray();
  }

  /**
   * One line of printable ASCII, which {@code printf %b} turns back. Java would convert other
   * characters on their way to a program, by a character set that the host chooses.
   */
  static String line(byte[] bytes) {
    StringBuilder line = new StringBuilder(bytes.length + 16);
    for (byte each : bytes) {
      if (each == '\\') {
        line.append("\\\\");
      } else if (each >= ' ' && each < 127) {
        line.append((char) each);
      } else {
        line.append(String.format("\\0%03o", each & 255));
      }
    }
    return line.toString();
  }
}
