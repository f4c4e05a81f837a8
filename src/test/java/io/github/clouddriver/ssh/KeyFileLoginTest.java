package io.github.clouddriver.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.clouddriver.exec.SshPublicKeys;
import io.github.clouddriver.exec.SshSigner;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of key in every format, made by OpenSSH or OpenSSL, logs in to OpenSSH's server. */
@Timeout(120)
class KeyFileLoginTest {
  @TempDir static Path directory;
  private static List<KeyFiles.KeyFile> files;
  private static OpenSsh server;

  @BeforeAll
  static void makeKeys() throws Exception {
    OpenSsh.program();
    files = new KeyFiles(directory).all();
    server =
        OpenSsh.start(
            "ed25519", files.stream().map(KeyFiles.KeyFile::publicKey).distinct().toList());
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> everyKindIsReadFromEveryFormat() {
    return files.stream().map(file -> dynamicTest(file.name(), () -> isRead(file)));
  }

  private static void isRead(KeyFiles.KeyFile file) throws Exception {
    assertThat(SshPrivateKeys.isEncrypted(file.path())).isEqualTo(file.passphrase() != null);
    KeyPair pair = SshPrivateKeys.read(file.path(), file.passphrase());
    assertThat(SshPublicKeys.same(pair.getPublic(), file.publicKey())).isTrue();
    assertThat(List.of(pair.getPublic(), pair.getPrivate()))
        .allMatch(key -> key.getClass().getName().startsWith("sun."));
  }

  @TestFactory
  Stream<DynamicTest> everyKindLogsInFromEveryFormat() {
    return files.stream()
        .filter(file -> !file.name().contains("openssl -")) // ways of encryption, all read above
        .map(file -> dynamicTest(file.name(), () -> logsIn(file)));
  }

  private static void logsIn(KeyFiles.KeyFile file) throws Exception {
    try (SshExecutor executor = SshExecutor.builder().build()) {
      executor.setSigners(SshSigner.of(SshPrivateKeys.read(file.path(), file.passphrase())));
      executor.setTarget(new TestTarget(server.port(), TestTarget.only(server.hostKey())));
      assertThat(executor.execute("echo in", null).stdoutText()).isEqualTo("in\n");
    }
  }

  /** The programs choose the format themselves where they do not know the one that is asked for. */
  @Test
  void theFilesAreOfEveryFormatThereIs() {
    Set<String> firstLines =
        files.stream().map(KeyFiles.KeyFile::firstLine).collect(Collectors.toSet());
    assertThat(firstLines)
        .containsExactlyInAnyOrder(
            "-----BEGIN OPENSSH PRIVATE KEY-----",
            "-----BEGIN RSA PRIVATE KEY-----",
            "-----BEGIN EC PRIVATE KEY-----",
            "-----BEGIN PRIVATE KEY-----",
            "-----BEGIN ENCRYPTED PRIVATE KEY-----");
  }

  @Test
  void everyCipherOfOpenSshIsRead() throws Exception {
    KeyFiles keys = new KeyFiles(directory);
    Path plain = keys.make("ciphers", "ed25519");
    for (String cipher : Programs.run("ssh", "-Q", "cipher").lines().toList()) {
      Path file = keys.reencode(plain, "-a 1 -Z " + cipher, "RFC4716");
      assertThat(SshPrivateKeys.read(file, KeyFiles.PASSPHRASE).getPublic())
          .as(cipher)
          .isEqualTo(KeyFiles.publicKey(plain));
    }
  }
}
