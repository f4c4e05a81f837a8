package io.github.clouddriver.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.clouddriver.exec.ExecResult;
import io.github.clouddriver.exec.SshSigner;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.schmizz.sshj.common.Factory;
import net.schmizz.sshj.transport.cipher.BaseCipher;
import net.schmizz.sshj.transport.cipher.Cipher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that is offered to a server works with OpenSSH's, also when keys are renewed. */
@Timeout(180)
class AlgorithmsTest {
  /** Enough to renew keys several times. */
  private static final int MUCH = 3 << 20;

  /** Enough to renew them once, which takes half a second with some exchanges. */
  private static final int LESS = 3 << 19;

  /** Keys are renewed after a mebibyte in either direction, and the log tells of it. */
  private static final List<String> OFTEN = List.of("RekeyLimit 1M", "LogLevel DEBUG1");

  static List<String> ciphers() {
    return Factory.Named.Util.getNames(SshjConfig.shared().getCipherFactories());
  }

  static List<String> macs() {
    return Factory.Named.Util.getNames(SshjConfig.shared().getMACFactories());
  }

  static List<String> keyExchanges() {
    return Factory.Named.Util.getNames(SshjConfig.shared().getKeyExchangeFactories()).stream()
        .filter(name -> !name.contains("ext-info"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("ciphers")
  void everyCipherWorks(String name) throws Exception {
    assertEcho(MUCH, 3, "Ciphers " + name);
  }

  @ParameterizedTest
  @MethodSource("macs")
  void everyMacWorks(String name) throws Exception {
    assertEcho(MUCH, 3, "Ciphers aes128-ctr", "MACs " + name);
  }

  @ParameterizedTest
  @MethodSource("keyExchanges")
  void everyKeyExchangeWorks(String name) throws Exception {
    assertEcho(LESS, 1, "KexAlgorithms " + name);
  }

  /**
   * sshj takes a wait for the end of an exchange for timed out if the next one begins too soon. It
   * happens to one transfer in fifty or so; {@link SshConnectionTest} makes it happen.
   */
  @Test
  void keysThatAreRenewedAllTheTimeHoldUpNobody() throws Exception {
    try (OpenSsh server = start()) {
      for (int i = 0; i < 10; i++) {
        echo(server, MUCH);
      }
    }
  }

  /** Asserts that so much comes back, and that keys were renewed so often at least. */
  private static void assertEcho(int size, int renewals, String... settings) throws Exception {
    try (OpenSsh server = start(settings)) {
      echo(server, size);
      // The server may come last to the end of the last exchange.
      await().untilAsserted(() -> assertThat(exchanges(server)).isGreaterThan(renewals));
    }
  }

  /** How often keys were exchanged, that of the login included. */
  private static long exchanges(OpenSsh server) throws Exception {
    return server.log().lines().filter(line -> line.contains("SSH2_MSG_NEWKEYS received")).count();
  }

  private static OpenSsh start(String... settings) throws Exception {
    return OpenSsh.start(
        "ed25519",
        List.of(TestKeys.CLIENT.getPublic()),
        Stream.concat(Stream.of(settings), OFTEN.stream()).toArray(String[]::new));
  }

  private static void echo(OpenSsh server, int size) throws Exception {
    byte[] data = new byte[size];
    long seed = 1;
    new Random(seed).nextBytes(data);
    // Diffie and Hellman's largest group takes a busy machine more than the 15 s that is the
    // default.
    try (SshExecutor executor =
        SshExecutor.builder().keyExchangeTimeout(Duration.ofMinutes(2)).build()) {
      executor.setSigners(SshSigner.of(TestKeys.CLIENT));
      executor.setTarget(new TestTarget(server.port(), TestTarget.only(server.hostKey())));
      ExecResult result = executor.execute("cat", new ByteArrayInputStream(data));
      assertThat(result.stdout()).isEqualTo(data);
    }
  }

  @Test
  void aesIsTheJavaRuntimesOwn() throws Exception {
    Field real = BaseCipher.class.getDeclaredField("cipher");
    real.setAccessible(true);
    int seen = 0;
    for (Factory.Named<Cipher> factory : SshjConfig.shared().getCipherFactories()) {
      if (factory.getName().startsWith("aes")) {
        Cipher cipher = factory.create();
        cipher.init(Cipher.Mode.Encrypt, new byte[64], new byte[64]);
        assertThat(((javax.crypto.Cipher) real.get(cipher)).getProvider().getName())
            .as(factory.getName())
            .isEqualTo("SunJCE");
        seen++;
      }
    }
    assertThat(seen).isEqualTo(5);
  }
}
