package io.github.clouddriver.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.clouddriver.exec.ExecResult;
import io.github.clouddriver.exec.SshSigner;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Field;
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
@Timeout(60)
class AlgorithmsTest {
  private static final byte[] DATA = new byte[3 << 20];

  static {
    new Random(1).nextBytes(DATA);
  }

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
    assertEcho("Ciphers " + name);
  }

  @ParameterizedTest
  @MethodSource("macs")
  void everyMacWorks(String name) throws Exception {
    assertEcho("Ciphers aes128-ctr", "MACs " + name);
  }

  @ParameterizedTest
  @MethodSource("keyExchanges")
  void everyKeyExchangeWorks(String name) throws Exception {
    assertEcho("KexAlgorithms " + name);
  }

  /**
   * sshj takes a wait for the end of an exchange for timed out if the next one begins too soon. It
   * happens to one transfer in fifty or so.
   */
  @Test
  void keysThatAreRenewedAllTheTimeHoldUpNobody() throws Exception {
    try (OpenSsh server =
        OpenSsh.start("ed25519", List.of(TestKeys.CLIENT.getPublic()), "RekeyLimit 1M")) {
      for (int i = 0; i < 30; i++) {
        echo(server);
      }
    }
  }

  private static void assertEcho(String... settings) throws Exception {
    String[] all =
        Stream.concat(Stream.of(settings), Stream.of("RekeyLimit 1M")).toArray(String[]::new);
    try (OpenSsh server = OpenSsh.start("ed25519", List.of(TestKeys.CLIENT.getPublic()), all)) {
      echo(server);
    }
  }

  private static void echo(OpenSsh server) throws Exception {
    try (SshExecutor executor = SshExecutor.builder().build()) {
      executor.setSigners(SshSigner.of(TestKeys.CLIENT));
      executor.setTarget(new TestTarget(server.port(), TestTarget.only(server.hostKey())));
      ExecResult result = executor.execute("cat", new ByteArrayInputStream(DATA));
      assertThat(result.stdout()).isEqualTo(DATA);
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
