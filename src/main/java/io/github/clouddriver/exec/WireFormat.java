package io.github.clouddriver.exec;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The data types of RFC 4251, section 5, as far as keys and signatures need them. */
final class WireFormat {
  private WireFormat() {}

  /** Writes a sequence of SSH strings. Not safe for use by several threads. */
  static final class Writer {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(128);

    Writer string(byte[] bytes) {
      out.writeBytes(ByteBuffer.allocate(4).putInt(bytes.length).array());
      out.writeBytes(bytes);
      return this;
    }

    Writer string(String ascii) {
      return string(ascii.getBytes(StandardCharsets.US_ASCII));
    }

    /** The shortest two's complement form; zero has no byte at all. */
    Writer mpint(BigInteger value) {
      return string(value.signum() == 0 ? new byte[0] : value.toByteArray());
    }

    byte[] bytes() {
      return out.toByteArray();
    }
  }

  /** Reads a sequence of SSH strings. Not safe for use by several threads. */
  static final class Reader {
    private final ByteBuffer in;

    Reader(byte[] bytes) {
      in = ByteBuffer.wrap(bytes);
    }

    byte[] string() {
      int length = in.remaining() < 4 ? -1 : in.getInt();
      if (length < 0 || length > in.remaining()) {
        throw new IllegalArgumentException("the SSH encoding of the key is cut short");
      }
      byte[] bytes = new byte[length];
      in.get(bytes);
      return bytes;
    }

    String text() {
      return new String(string(), StandardCharsets.US_ASCII);
    }

    BigInteger mpint() {
      byte[] bytes = string();
      return bytes.length == 0 ? BigInteger.ZERO : new BigInteger(bytes);
    }

    void end() {
      if (in.hasRemaining()) {
        throw new IllegalArgumentException("bytes are left over after the SSH encoding of the key");
      }
    }
  }
}
