package io.github.clouddriver.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.clouddriver.exec.SshSigner;
import java.io.ByteArrayInputStream;
import java.security.KeyPair;
import net.schmizz.sshj.common.Factory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A guest in somebody's process leaves nothing behind and rearranges nothing. */
@Timeout(60)
class GuestTest {
  private static final KeyPair HOST_KEY = TestKeys.ec("secp256r1");

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
        assertThat(Leftovers.threads())
            .extracting(Thread::getName)
            .anyMatch(
                name -> name.startsWith("sshj-") && name.contains("127.0.0.1:" + server.port()));
      }
    }
    Leftovers.assertNoThread();
    before.assertSameSockets();
  }
}
