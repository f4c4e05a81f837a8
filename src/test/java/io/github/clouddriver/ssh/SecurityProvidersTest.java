package io.github.clouddriver.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.clouddriver.exec.SshSigner;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.Provider;
import java.security.Security;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.schmizz.sshj.common.Factory;
import net.schmizz.sshj.common.SecurityUtils;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a whole use of the package does to the Java runtime's list of security providers. */
@Timeout(240)
class SecurityProvidersTest {

  /** What the host did before it used us. */
  enum Host {
    NOTHING,
    BOUNCY_CASTLE_FIRST,
    BOUNCY_CASTLE_IN_THE_MIDST,
    SWITCHED_OFF;

    void prepare() {
      switch (this) {
        case NOTHING -> {}
        case BOUNCY_CASTLE_FIRST -> Security.insertProviderAt(new BouncyCastleProvider(), 1);
        case BOUNCY_CASTLE_IN_THE_MIDST -> Security.insertProviderAt(new BouncyCastleProvider(), 3);
        case SWITCHED_OFF -> SecurityUtils.setRegisterBouncyCastle(false);
      }
    }
  }

  /**
   * Alone in a process, since the tests beside it use sshj and Bouncy Castle, too. The server is
   * not in that process, for Apache MINA has its own ways with providers.
   */
  public static final class WholeUse {
    private WholeUse() {}

    /** Prints the providers before and after, and what is offered to servers. */
    public static void main(String[] args) throws Exception {
      Host.valueOf(args[0]).prepare();
      System.out.println(names());
      int port = Integer.parseInt(args[1]);
      try (SshExecutor executor = SshExecutor.builder().build()) {
        for (String name : args[2].split(",")) {
          KeyPair key = SshPrivateKeys.parse(ThrowAwayKeys.text(name), ThrowAwayKeys.PASSPHRASE);
          if (KINDS.contains(name)) {
            executor.setSigners(SshSigner.of(key));
            // Another user each time, so that each key has to log in.
            executor.setTarget(new TestTarget(port, TestTarget.anything(), name));
            executor.execute("true", null).orThrow();
          }
        }
      }
      System.out.println(names());
      System.out.println(offers());
    }

    private static List<String> names() {
      return Arrays.stream(Security.getProviders()).map(Provider::getName).toList();
    }

    private static List<String> offers() {
      List<String> offers = new ArrayList<>();
      offers.addAll(Factory.Named.Util.getNames(SshjConfig.shared().getKeyAlgorithms()));
      offers.addAll(Factory.Named.Util.getNames(SshjConfig.shared().getKeyExchangeFactories()));
      offers.addAll(Factory.Named.Util.getNames(SshjConfig.shared().getCipherFactories()));
      offers.addAll(Factory.Named.Util.getNames(SshjConfig.shared().getMACFactories()));
      return offers;
    }
  }

  /** One of each kind, each of which logs in. */
  private static final List<String> KINDS = List.of("ecdsa-pkcs8", "ed25519-pkcs8", "rsa-pkcs8");

  private static List<String> allKeys() {
    return Stream.concat(ThrowAwayKeys.PLAIN.stream(), ThrowAwayKeys.ENCRYPTED.stream()).toList();
  }

  /** What a process prints that logs in with these keys. */
  private static List<String> use(Host host, List<KeyPair> hostKeys, List<String> keys)
      throws Exception {
    try (ScriptedServer server = new ScriptedServer(hostKeys.get(0))) {
      server.mina().setKeyPairProvider(KeyPairProvider.wrap(hostKeys));
      server.mina().setPublickeyAuthenticator((user, key, session) -> true);
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty(
                      "surefire.test.class.path", System.getProperty("java.class.path")),
                  WholeUse.class.getName(),
                  host.name(),
                  Integer.toString(server.port()),
                  String.join(",", keys))
              .redirectErrorStream(true)
              .start();
      List<String> lines = new String(process.getInputStream().readAllBytes()).lines().toList();
      if (process.waitFor() == 0) {
        assertThat(lines).hasSize(3);
        assertThat(server.logins).hasValue(3);
      }
      return lines;
    }
  }

  private static List<String> use(Host host, List<String> keys) throws Exception {
    List<String> lines = use(host, List.of(TestKeys.ec("secp256r1")), keys);
    assertThat(lines).hasSize(3);
    return lines;
  }

  @Test
  void onlyBouncyCastleJoinsAndAtTheEnd() throws Exception {
    List<String> lines = use(Host.NOTHING, allKeys());
    String before = lines.get(0);
    assertThat(before).doesNotContain("BC");
    assertThat(lines.get(1)).isEqualTo(before.substring(0, before.length() - 1) + ", BC]");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_ANY, names = "BOUNCY_CASTLE_.*")
  void whereTheHostPutBouncyCastleItStays(Host host) throws Exception {
    List<String> lines = use(host, KINDS);
    assertThat(lines.get(0)).contains("BC");
    assertThat(lines.get(1)).isEqualTo(lines.get(0));
  }

  @Test
  void aHostThatSwitchesItOffKeepsItsListAndLosesWhatIsDocumented() throws Exception {
    List<String> keys = new ArrayList<>(allKeys());
    keys.remove("ecdsa-openssh");
    List<KeyPair> hostKeys = List.of(TestKeys.ec("secp256r1"), TestKeys.RSA);
    List<String> lines = use(Host.SWITCHED_OFF, hostKeys, keys); // the RSA key will do
    assertThat(lines.get(1)).isEqualTo(lines.get(0)).doesNotContain("BC");
    List<String> offers = WholeUse.offers();
    assertThat(offers.remove("chacha20-poly1305@openssh.com")).isTrue();
    assertThat(offers.removeIf(name -> name.startsWith("ecdsa-sha2-nistp"))).isTrue();
    assertThat(lines.get(2)).isEqualTo(offers.toString());

    assertThat(String.join("\n", use(Host.SWITCHED_OFF, hostKeys, List.of("ecdsa-openssh"))))
        .contains("cannot be read where sshj may not register Bouncy Castle");
    assertThat(
            String.join(
                "\n",
                use(Host.SWITCHED_OFF, List.of(TestKeys.ec("secp256r1")), List.of("rsa-pkcs8"))))
        .contains("cannot agree on keys with the server");
  }
}
