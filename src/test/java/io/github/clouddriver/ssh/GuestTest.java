package io.github.clouddriver.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.clouddriver.exec.SshSigner;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import java.util.List;
import net.schmizz.sshj.common.Factory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A guest in somebody's process leaves nothing behind and rearranges nothing. */
@Timeout(60)
class GuestTest {
  private static final KeyPair HOST_KEY = TestKeys.ec("secp256r1");

  /** Alone in a process, since the tests beside it use sshj and Bouncy Castle, too. */
  public static final class SecurityProviders {
    private SecurityProviders() {}

    /** Prints the providers before and after a command. */
    public static void main(String[] args) throws Exception {
      System.out.println(names());
      SshjConfig.shared();
      SshjConfig.shared();
      System.out.println(names());
    }

    private static List<String> names() {
      return Arrays.stream(Security.getProviders()).map(Provider::getName).toList();
    }
  }

  @Test
  void onlyBouncyCastleJoinsTheSecurityProvidersAndAtTheEnd() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                SecurityProviders.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> lines = new String(process.getInputStream().readAllBytes()).lines().toList();
    assertThat(process.waitFor()).isZero();
    assertThat(lines).hasSize(2);
    String before = lines.get(0);
    assertThat(lines.get(1)).isEqualTo(before.substring(0, before.length() - 1) + ", BC]");
  }

  @Test
  void noCertificateAndNothingThatIsBrokenIsOffered() {
    assertThat(Factory.Named.Util.getNames(SshjConfig.shared().getKeyAlgorithms()))
        .hasSize(6)
        .noneMatch(name -> name.contains("cert") || name.equals("ssh-rsa") || name.contains("dss"));
    assertThat(Factory.Named.Util.getNames(SshjConfig.shared().getKeyExchangeFactories()))
        .hasSize(9)
        .noneMatch(name -> name.endsWith("sha1"));
    assertThat(Factory.Named.Util.getNames(SshjConfig.shared().getCipherFactories()))
        .hasSize(6)
        .noneMatch(name -> name.contains("cbc") || name.contains("arcfour"));
    assertThat(Factory.Named.Util.getNames(SshjConfig.shared().getMACFactories())).hasSize(4);
  }

  @Test
  void noThreadAndNoSocketIsLeftAfterClose() throws Exception {
    Leftovers before = Leftovers.now();
    for (int i = 0; i < 3; i++) {
      try (ScriptedServer server = new ScriptedServer(HOST_KEY);
          SshExecutor executor = SshExecutor.builder().build()) {
        executor.setSigners(SshSigner.of(TestKeys.CLIENT));
        executor.setTarget(new TestTarget(server.port(), TestTarget.anything()));
        executor.execute("cat", new ByteArrayInputStream(new byte[100_000]));
        Background.execute(executor, "block");
        await().until(() -> server.runsOf("block") == 1);
        assertThat(Leftovers.threads()).isNotEmpty().allMatch(Thread::isDaemon);
      }
    }
    Leftovers.assertNoThread();
    before.assertSameSockets();
  }
}
