package io.github.clouddriver.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.clouddriver.error.HostKeyMismatchException;
import io.github.clouddriver.exec.ExecutorException;
import io.github.clouddriver.exec.Phase;
import io.github.clouddriver.exec.SshSigner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Every kind of host key of OpenSSH's own server, with and without a certificate. */
@Timeout(60)
class OpenSshHostKeyTest {
  static final Iterable<String> KINDS = KeyFiles.KINDS.keySet();

  private static final List<PublicKey> AUTHORIZED = List.of(TestKeys.CLIENT.getPublic());

  private final SshExecutor executor = SshExecutor.builder().build();

  @AfterEach
  void close() {
    executor.close();
  }

  /** The one key that the target was asked about while a command ran. */
  private PublicKey keyThatIsHandedOver(OpenSsh server) throws Exception {
    TestTarget target = new TestTarget(server.port(), TestTarget.only(server.hostKey()));
    executor.setSigners(SshSigner.of(TestKeys.CLIENT));
    executor.setTarget(target);
    assertThat(executor.execute("echo in", null).stdoutText()).isEqualTo("in\n");
    assertThat(target.asked()).hasSize(1);
    return target.asked().get(0);
  }

  private static void assertOwn(PublicKey key, OpenSsh server) {
    assertThat(key).isEqualTo(server.hostKey());
    assertThat(key.getClass().getName()).startsWith("sun.");
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  void T3_everyKindOfHostKeyIsHandedOverAsTheRuntimesOwn(String kind) throws Exception {
    try (OpenSsh server = OpenSsh.start(KeyFiles.KINDS.get(kind), AUTHORIZED)) {
      assertOwn(keyThatIsHandedOver(server), server);
    }
  }

  /** A server whose host key has a certificate of an authority that nobody knows. */
  private static OpenSsh startWithCertificate(String kind) throws Exception {
    OpenSsh.program();
    Path directory = Files.createTempDirectory("sshd");
    KeyFiles files = new KeyFiles(directory);
    Path authority = files.make("authority", "ed25519");
    Path hostKey = files.make("host_key", KeyFiles.KINDS.get(kind));
    KeyFiles.certifyHost(authority, hostKey, "127.0.0.1");
    return OpenSsh.start(
        directory,
        hostKey,
        AUTHORIZED,
        "HostCertificate " + hostKey + "-cert.pub",
        "LogLevel DEBUG1");
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  void T3_ofAHostCertificateTheKeyInItIsHandedOver(String kind) throws Exception {
    try (OpenSsh server = startWithCertificate(kind)) {
      assertOwn(keyThatIsHandedOver(server), server);
      assertThat(server.log()).contains("-cert-v01@openssh.com");
    }
  }

  @Test
  void E2_aHostCertificateVouchesForNothing() throws Exception {
    try (OpenSsh server = startWithCertificate("ed25519")) {
      executor.setSigners(SshSigner.of(TestKeys.CLIENT));
      executor.setTarget(
          new TestTarget(server.port(), TestTarget.only(TestKeys.CLIENT.getPublic())));
      ExecutorException refused =
          catchThrowableOfType(ExecutorException.class, () -> executor.execute("true", null));
      assertThat(refused.phase()).isEqualTo(Phase.HOST_KEY);
      assertThat(refused).hasCauseInstanceOf(HostKeyMismatchException.class);
    }
  }
}
