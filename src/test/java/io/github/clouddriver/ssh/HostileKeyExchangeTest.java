package io.github.clouddriver.ssh;

import static io.github.clouddriver.ssh.PlainPackets.banner;
import static io.github.clouddriver.ssh.PlainPackets.disconnect;
import static io.github.clouddriver.ssh.PlainPackets.kexInit;
import static io.github.clouddriver.ssh.PlainPackets.message;
import static io.github.clouddriver.ssh.PlainPackets.packet;
import static io.github.clouddriver.ssh.PlainPackets.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.clouddriver.exec.Phase;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Random;
import net.schmizz.sshj.common.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that fail between their banner and the login. */
class HostileKeyExchangeTest extends HostileFixture {
  private static final String CURVE = "curve25519-sha256";
  private static final String AES = "aes128-ctr";

  /** Asserts that a call gives up after one attempt, and that the next one makes only one more. */
  private void assertFailsOnce(String... says) throws Exception {
    assertFailsOnce(() -> {}, says);
  }

  private void assertFailsOnce(Runnable mend, String... says) throws Exception {
    assertNeverStarts(Phase.KEY_EXCHANGE, says);
    assertThat(proxy.connections()).as("attempts").isOne();
    mend.run();
    assertRecovers();
    assertThat(proxy.connections()).as("attempts").isEqualTo(2);
  }

  @Test
  void E5_aServerThatStallsInTheKeyExchange() throws Exception {
    use(SshExecutor.builder().keyExchangeTimeout(SHORT));
    proxy.instead(socket -> say(socket, banner()));
    assertFailsOnce("longer than 1 s");
  }

  @Test
  void E5_aServerThatStallsAfterItsOffer() throws Exception {
    use(SshExecutor.builder().keyExchangeTimeout(SHORT));
    proxy.instead(socket -> say(socket, banner(), packet(kexInit(CURVE, AES))));
    assertFailsOnce("longer than 1 s");
  }

  @Test
  void E5_aServerThatTalksOnAndOn() throws Exception {
    use(SshExecutor.builder().keyExchangeTimeout(SHORT));
    byte[] chatter = packet(message(PlainPackets.IGNORE, new byte[] {0, 0, 0, 0}));
    proxy.instead(
        socket -> {
          say(socket, banner());
          while (true) {
            say(socket, chatter);
          }
        });
    assertFailsOnce("longer than 1 s");
  }

  @Test
  void E5_aServerThatHangsUpInTheKeyExchange() throws Exception {
    proxy.instead(
        socket -> {
          say(socket, banner(), packet(kexInit(CURVE, AES)));
          socket.shutdownOutput();
        });
    assertFailsOnce();
  }

  @Test
  void E5_garbageAfterTheBanner() throws Exception {
    byte[] garbage = new byte[4096];
    long seed = 20;
    new Random(seed).nextBytes(garbage);
    proxy.instead(socket -> say(socket, banner(), garbage));
    assertFailsOnce();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, 262_145})
  void E5_aPacketWithAnAbsurdLength(int length) throws Exception {
    proxy.instead(
        socket -> say(socket, banner(), packet(length, 4, kexInit(CURVE, AES)), new byte[1000]));
    assertFailsOnce("invalid packet length: " + length);
  }

  @ParameterizedTest
  @ValueSource(ints = {12, 13, 200, 255})
  void E5_aPacketWithMorePaddingThanItHasRoomFor(int padding) throws Exception {
    proxy.instead(socket -> say(socket, banner(), packet(12, padding, new byte[] {1, 2, 3})));
    assertFailsOnce();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 17, 20, 40, 60})
  void E5_anOfferThatIsCutShort(int size) throws Exception {
    byte[] offer = Arrays.copyOf(kexInit(CURVE, AES), size);
    proxy.instead(socket -> say(socket, banner(), packet(offer)));
    assertFailsOnce();
  }

  @ParameterizedTest
  @ValueSource(strings = {"kex", "cipher"})
  void E5_anOfferOfNothingThatWeHave(String what) throws Exception {
    byte[] offer =
        what.equals("kex")
            ? kexInit("diffie-hellman-group1-sha1" + CONTROLS, AES)
            : kexInit(CURVE, "3des-cbc" + CONTROLS);
    proxy.instead(socket -> say(socket, banner(), packet(offer)));
    assertFailsOnce("Unable to reach a settlement");
  }

  @Test
  void E5_aMessageOfAnUnknownTypeIsAnsweredSo() throws Exception {
    byte[] said = new byte[16];
    proxy.instead(
        socket -> {
          say(socket, banner(), packet(message(15, new byte[0])));
          skipUntil(socket.getInputStream(), 3, said);
          socket.shutdownOutput();
        });
    assertFailsOnce();
    assertThat(said[5]).as("the answer's type").isEqualTo((byte) 3);
  }

  /** Reads the client's packets until one of this type. */
  private static void skipUntil(InputStream in, int type, byte[] packet) throws IOException {
    int next;
    while ((next = in.read()) >= 0 && next != '\n') {
      // its banner
    }
    do {
      byte[] length = in.readNBytes(4);
      byte[] rest = in.readNBytes(new BigInteger(1, length).intValueExact());
      System.arraycopy(length, 0, packet, 0, 4);
      System.arraycopy(rest, 0, packet, 4, Math.min(rest.length, packet.length - 4));
    } while (packet[5] != type);
  }

  @ParameterizedTest
  @ValueSource(ints = {128, 200, 255, 52, 99})
  void E5_aMessageThatHasNoPlaceHereEndsCleanly(int type) throws Exception {
    proxy.instead(
        socket -> {
          say(socket, banner(), packet(message(type, new byte[20])));
          socket.shutdownOutput();
        });
    assertFailsOnce();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 32, 30_000})
  void E5_aReplyThatIsGarbage(int size) throws Exception {
    byte[] reply =
        new Buffer.PlainBuffer()
            .putString(new byte[size])
            .putString(new byte[size])
            .putString(new byte[size])
            .getCompactData();
    proxy.instead(
        socket ->
            say(
                socket,
                banner(),
                packet(kexInit(CURVE, AES)),
                packet(message(PlainPackets.KEX_REPLY, reply))));
    assertFailsOnce();
  }

  @Test
  void E5_aGoodbyeThatIsVeryLong() throws Exception {
    proxy.instead(socket -> say(socket, banner(), packet(disconnect("go away ".repeat(4000)))));
    assertFailsOnce("go away");
  }

  @Test
  void E5_aGoodbyeThatIsLongerThanAText() throws Exception {
    proxy.instead(socket -> say(socket, banner(), packet(disconnect("go away ".repeat(30_000)))));
    assertFailsOnce();
  }

  @Test
  void E5_controlCharactersInAGoodbye() throws Exception {
    proxy.instead(socket -> say(socket, banner(), packet(disconnect(CONTROLS.repeat(50)))));
    assertFailsOnce("WARN forged");
  }

  @Test
  void E5_aHostKeyOfAnAbsurdSize() throws Exception {
    BigInteger modulus = new BigInteger(200_000, new Random(21)).setBit(199_999).setBit(0);
    BigInteger exponent = new BigInteger(199_000, new Random(22)).setBit(0);
    RSAPublicKey huge = mock(RSAPublicKey.class);
    when(huge.getModulus()).thenReturn(modulus);
    when(huge.getPublicExponent()).thenReturn(exponent);
    when(huge.getAlgorithm()).thenReturn("RSA");
    server.hostKeys(new KeyPair(huge, TestKeys.RSA.getPrivate()));
    use(SshExecutor.builder().keyExchangeTimeout(SHORT));
    assertFailsOnce(() -> server.hostKeys(HOST_KEY));
  }
}
