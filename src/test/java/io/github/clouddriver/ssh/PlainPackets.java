package io.github.clouddriver.ssh;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import net.schmizz.sshj.common.Buffer;

/** What a server says before keys are exchanged, put together by hand (RFC 4253, section 6). */
final class PlainPackets {
  static final int DISCONNECT = 1;
  static final int IGNORE = 2;
  static final int KEXINIT = 20;
  static final int KEX_REPLY = 31;

  private PlainPackets() {}

  /** Says each of these, one after the other. */
  static void say(Socket socket, byte[]... each) throws IOException {
    for (byte[] bytes : each) {
      socket.getOutputStream().write(bytes);
    }
  }

  static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] banner() {
    return text("SSH-2.0-hostile\r\n");
  }

  /** A packet as it should be. */
  static byte[] packet(byte[] payload) {
    int padding = 8 - (5 + payload.length) % 8;
    padding += padding < 4 ? 8 : 0;
    return ByteBuffer.allocate(5 + payload.length + padding)
        .putInt(1 + payload.length + padding)
        .put((byte) padding)
        .put(payload)
        .array();
  }

  /** A packet that claims to have this length and this padding. */
  static byte[] packet(int length, int padding, byte[] payload) {
    return ByteBuffer.allocate(5 + payload.length + 16)
        .putInt(length)
        .put((byte) padding)
        .put(payload)
        .array();
  }

  static byte[] message(int type, byte[] rest) {
    return ByteBuffer.allocate(1 + rest.length).put((byte) type).put(rest).array();
  }

  static byte[] disconnect(String why) {
    return message(
        DISCONNECT,
        new Buffer.PlainBuffer().putUInt32(2).putString(why).putString("").getCompactData());
  }

  /** The end of a key exchange: the host key, the server's half, its signature. */
  static byte[] kexReply(byte[] hostKey, byte[] half, byte[] signature) {
    return message(
        KEX_REPLY,
        new Buffer.PlainBuffer()
            .putString(hostKey)
            .putString(half)
            .putString(signature)
            .getCompactData());
  }

  /** An offer of one key exchange and one cipher, and of what else everybody has. */
  static byte[] kexInit(String keyExchange, String cipher) {
    return kexInit(keyExchange, "ecdsa-sha2-nistp256,rsa-sha2-512", cipher);
  }

  /** The same with host keys of these kinds. */
  static byte[] kexInit(String keyExchange, String hostKeys, String cipher) {
    Buffer.PlainBuffer offer = new Buffer.PlainBuffer();
    offer.putRawBytes(new byte[16]);
    offer.putString(keyExchange).putString(hostKeys);
    offer.putString(cipher).putString(cipher);
    offer.putString("hmac-sha2-256").putString("hmac-sha2-256");
    offer.putString("none").putString("none").putString("").putString("");
    offer.putBoolean(false).putUInt32(0);
    return message(KEXINIT, offer.getCompactData());
  }
}
