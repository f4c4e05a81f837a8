package io.github.clouddriver.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.clouddriver.exec.SshSigner;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.schmizz.sshj.common.Factory;
import org.junit.jupiter.api.Assumptions;
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
    Set<String> before = openSockets();
    for (int i = 0; i < 3; i++) {
      try (ScriptedServer server = new ScriptedServer(HOST_KEY);
          SshExecutor executor = SshExecutor.builder().build()) {
        executor.setSigners(SshSigner.of(TestKeys.CLIENT));
        executor.setTarget(new TestTarget(server.port(), TestTarget.anything()));
        executor.execute("cat", new ByteArrayInputStream(new byte[100_000]));
        Background.execute(executor, "block");
        await().until(() -> server.runsOf("block") == 1);
        assertThat(ourThreads()).isNotEmpty().allMatch(Thread::isDaemon);
        assertThat(ourThreads().stream().filter(GuestTest::isSshj))
            .extracting(Thread::getName)
            .anyMatch(name -> name.contains("127.0.0.1:" + server.port()));
      }
    }
    await().untilAsserted(() -> assertThat(ourThreads()).isEmpty());
    await().untilAsserted(() -> assertThat(openSockets()).isEqualTo(before));
  }

  private static List<Thread> ourThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(each -> each.getName().startsWith(Workers.PREFIX) || isSshj(each))
        .toList();
  }

  private static boolean isSshj(Thread thread) {
    return thread.getName().startsWith("sshj-");
  }

  /** What the kernel says; a socket that is closed is not in there. */
  private static Set<String> openSockets() throws IOException {
    Path descriptors = Path.of("/proc/self/fd");
    Assumptions.assumeTrue(Files.isDirectory(descriptors), "there is no " + descriptors);
    Set<String> sockets = new TreeSet<>();
    try (Stream<Path> all = Files.list(descriptors)) {
      for (Path each : all.toList()) {
        try {
          String target = Files.readSymbolicLink(each).toString();
          if (target.startsWith("socket:")) {
            sockets.add(target);
          }
        } catch (IOException e) {
          // closed since it was listed
        }
      }
    }
    return sockets;
  }
}
