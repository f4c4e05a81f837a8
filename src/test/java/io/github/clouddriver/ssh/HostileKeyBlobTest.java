package io.github.clouddriver.ssh;

import static io.github.clouddriver.ssh.PlainPackets.banner;
import static io.github.clouddriver.ssh.PlainPackets.kexInit;
import static io.github.clouddriver.ssh.PlainPackets.kexReply;
import static io.github.clouddriver.ssh.PlainPackets.message;
import static io.github.clouddriver.ssh.PlainPackets.packet;
import static io.github.clouddriver.ssh.PlainPackets.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import io.github.clouddriver.exec.Phase;
import io.github.clouddriver.exec.SshPublicKeys;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.SecurityUtils;
import net.schmizz.sshj.transport.kex.DHGroupData;
import org.apache.sshd.common.SshConstants;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Host keys that are not what they say, which anybody may send who answers at an address. */
class HostileKeyBlobTest extends HostileFixture {
  private static final String ED25519 = "ssh-ed25519";
  private static final String ECDSA = "ecdsa-sha2-nistp256";
  private static final String CURVE = "curve25519-sha256";
  private static final String GROUP_EXCHANGE = "diffie-hellman-group-exchange-sha256";
  private static final String AES = "aes128-ctr";
  private static final int GROUP_EXCHANGE_REPLY = 33;

  /** Far more than a key exchange takes, and far less than what is stated would. */
  private static final long LITTLE = 64 << 20;

  @BeforeAll
  static void sshjReadsEcdsa() throws Exception {
    SecurityUtils.getKeyFactory("ECDSA"); // or what is tested here would not be reached
  }

  /** A key whose point is said to be so long. */
  private static byte[] key(String kind, int stated) {
    Buffer.PlainBuffer key = new Buffer.PlainBuffer().putString(kind);
    if (kind.equals(ECDSA)) {
      key.putString("nistp256");
    }
    byte[] point = new byte[kind.equals(ECDSA) ? 65 : 32];
    return key.putUInt32FromInt(stated).putRawBytes(point).getCompactData();
  }

  private static byte[] goodKey() {
    return SshPublicKeys.encode(HOST_KEY.getPublic());
  }

  /** What a server says that has agreed on a key of that kind, and presents this one. */
  private static byte[][] exchange(String kind, byte[] hostKey) {
    byte[] half = new byte[32];
    half[0] = 9;
    return new byte[][] {
      banner(), packet(kexInit(CURVE, kind, AES)), packet(kexReply(hostKey, half, new byte[0]))
    };
  }

  private void assertRefused(String says, byte[]... said) throws Exception {
    proxy.instead(socket -> say(socket, said));
    assertNeverStarts(Phase.KEY_EXCHANGE, says);
    assertRecovers();
  }

  private void assertDamaged(byte[]... said) throws Exception {
    assertRefused("the server's host key is damaged", said);
  }

  @ParameterizedTest
  @CsvSource({
    ED25519 + ", 2147483647",
    ED25519 + ", 200000000",
    ED25519 + ", -1",
    ED25519 + ", 33",
    ECDSA + ", 2147483647",
    ECDSA + ", 200000000",
    ECDSA + ", -1",
    ECDSA + ", 66"
  })
  void E5_aHostKeyThatIsSaidToBeLongerThanItIs(String kind, int stated) throws Exception {
    assertDamaged(exchange(kind, key(kind, stated)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 4, 10, 30, -1})
  void E5_aHostKeyThatIsCutShort(int size) throws Exception {
    byte[] key = goodKey();
    assertDamaged(exchange(ECDSA, Arrays.copyOf(key, size < 0 ? key.length + size : size)));
  }

  @Test
  void E5_aHostKeyWithSomethingBehindIt() throws Exception {
    assertDamaged(exchange(ECDSA, Arrays.copyOf(goodKey(), goodKey().length + 3)));
  }

  @Test
  void E5_aReplyWithoutAHostKey() throws Exception {
    assertDamaged(
        banner(),
        packet(kexInit(CURVE, ECDSA, AES)),
        packet(message(PlainPackets.KEX_REPLY, new byte[] {0, 0, 1, 0, 1})));
  }

  /** Of all kinds, a certificate has the most parts, and another key inside of one of them. */
  @ParameterizedTest
  @ValueSource(strings = {ED25519, "ssh-ed25519-cert-v01@openssh.com", "", CONTROLS})
  void E5_aHostKeyOfAKindThatWasNotAgreedOn(String kind) throws Exception {
    assertRefused(
        "the server's host key is not of the kind " + ECDSA, exchange(ECDSA, key(kind, 32)));
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MAX_VALUE, 200_000_000})
  void E5_aHostKeyThatIsSaidToBeHugeInAGroupExchange(int stated) throws Exception {
    byte[] group =
        new Buffer.PlainBuffer()
            .putMPInt(DHGroupData.P14)
            .putMPInt(BigInteger.TWO)
            .getCompactData();
    byte[] reply =
        new Buffer.PlainBuffer()
            .putString(key(ED25519, stated))
            .putMPInt(BigInteger.TEN)
            .putString("")
            .getCompactData();
    assertDamaged(
        banner(),
        packet(kexInit(GROUP_EXCHANGE, ED25519, AES)),
        packet(message(PlainPackets.KEX_REPLY, group)),
        packet(message(GROUP_EXCHANGE_REPLY, reply)));
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MAX_VALUE, 200_000_000})
  void E5_aHostKeyThatIsSaidToBeHugeWhenKeysAreRenewed(int stated) throws Exception {
    on(
        "renew",
        call -> {
          ReKeying.start(
              call.session(),
              () ->
                  ReKeying.sendNow(
                      call.session(),
                      SshConstants.SSH_MSG_KEXDH_REPLY,
                      reply -> {
                        reply.putBytes(key(ECDSA, stated));
                        reply.putBytes(new byte[32]);
                        reply.putBytes(new byte[0]);
                      }));
          return 0;
        });
    assertMayHaveStarted("renew", Phase.COMMAND, "the server's host key is damaged");
    assertRecovers();
  }

  // Memory.

  /**
   * How much sshj's reader has allocated, told when it closes what it reads from, which is the last
   * that it does.
   */
  private static final class Allocated extends FilterInputStream {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    final CompletableFuture<Long> bytes = new CompletableFuture<>();
    private volatile Thread reader;
    private volatile long before;

    Allocated(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (reader == null) {
        reader = Thread.currentThread();
        before = THREADS.getCurrentThreadAllocatedBytes();
      }
      return super.read(into, offset, length);
    }

    @Override
    public void close() throws IOException {
      if (Thread.currentThread() == reader) {
        bytes.complete(THREADS.getCurrentThreadAllocatedBytes() - before);
      }
      super.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {ED25519, ECDSA})
  void E5_noRoomIsMadeForWhatIsOnlyStated(String kind) throws Exception {
    CompletableFuture<Allocated> tapped = new CompletableFuture<>();
    try (RawServer hostile =
            new RawServer(client -> say(client, exchange(kind, key(kind, 200_000_000))));
        TappedSocket socket =
            new TappedSocket(
                hostile.port(),
                in -> {
                  Allocated allocated = new Allocated(in);
                  tapped.complete(allocated);
                  return allocated;
                })) {
      Endpoint endpoint = new Endpoint(target, "127.0.0.1", hostile.port(), target.remoteUser());
      SshConnection connection = SshConnection.over(socket, endpoint, timeouts());
      IOException failure = catchThrowableOfType(IOException.class, connection::exchangeKeys);
      assertThat(failure).hasMessageContaining("the server's host key is damaged");
      long bytes = tapped.get().bytes.get(BOUND.toSeconds(), TimeUnit.SECONDS);
      assertThat(bytes).as("allocated").isBetween(1L, LITTLE);
    }
  }

  private static Timeouts timeouts() {
    Duration limit = Duration.ofSeconds(30);
    return new Timeouts(limit, limit, limit, limit, limit, limit, limit, limit);
  }
}
