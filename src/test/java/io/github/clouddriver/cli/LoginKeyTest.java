package io.github.clouddriver.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.clouddriver.exec.SshPublicKeys;
import io.github.clouddriver.exec.SshSigner;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key that a run logs in with: from a file, from an agent, or new. */
class LoginKeyTest {
  private static final String PASSPHRASE = "throw-away p\u00e4ssphrase";
  private static final Path PLAIN = throwAway("rsa-pem");
  private static final Path ENCRYPTED = throwAway("rsa-pem-encrypted");

  private final List<String> prompts = new ArrayList<>();

  private static Path throwAway(String name) {
    try {
      return Path.of(
          LoginKeyTest.class
              .getResource("/io/github/clouddriver/ssh/throw-away-keys/" + name)
              .toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private LoginKeyReader reader(@Nullable String typed, @Nullable String variable) {
    return new LoginKeyReader(
        prompt -> {
          prompts.add(prompt);
          return typed;
        },
        name -> name.equals("CLOUDTEST_PASSPHRASE") ? variable : null);
  }

  @Test
  void nobodyIsAskedAboutAPlainFile() throws Exception {
    LoginKey key = reader("typed", "variable").ofFile(PLAIN);
    assertThat(prompts).isEmpty();
    assertThat(key.signer().publicKey()).isEqualTo(SshPublicKeys.encode(key.publicKey()));
    assertThat(key.description())
        .isEqualTo(
            "login key " + SshPublicKeys.fingerprint(key.publicKey()) + ", of the file " + PLAIN);
  }

  @Test
  void thePassphraseIsTypedInOrElseInTheVariable() throws Exception {
    LoginKey typed = reader(PASSPHRASE, "wrong").ofFile(ENCRYPTED);
    assertThat(prompts).containsExactly("Passphrase of " + ENCRYPTED + ": ");
    LoginKey variable = reader(null, PASSPHRASE).ofFile(ENCRYPTED);
    assertThat(typed.publicKey()).isEqualTo(variable.publicKey());
  }

  @Test
  void withoutThePassphraseItSaysWhereToPutIt() {
    for (String nothing : new String[] {null, ""}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> reader(nothing, nothing).ofFile(ENCRYPTED))
          .withMessageContaining(ENCRYPTED.toString())
          .withMessageContaining("CLOUDTEST_PASSPHRASE");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> reader("hunter2", null).ofFile(ENCRYPTED))
        .withMessageContaining("passphrase of the private key is wrong")
        .withMessageNotContaining("hunter2");
  }

  /** What an agent has besides keys that an instance can be created with. */
  private record Certificate() implements SshSigner {
    @Override
    public byte[] publicKey() {
      return new byte[] {0, 0, 0, 1, 'x'};
    }

    @Override
    public List<String> algorithms() {
      return List.of("ssh-ed25519-cert-v01@openssh.com");
    }

    @Override
    public byte[] sign(byte[] data, String algorithm) {
      throw new AssertionError();
    }
  }

  @Test
  void theAgentsFirstKeyThatAnInstanceCanHaveIsTaken() throws Exception {
    for (Map.Entry<String, Integer> kind : Map.of("RSA", 2048, "EC", 384).entrySet()) {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(kind.getKey());
      generator.initialize(kind.getValue());
      KeyPair pair = generator.generateKeyPair();
      SshSigner signer = SshSigner.of(pair);
      LoginKey key =
          LoginKeyReader.ofAgent(
              List.of(
                  new Certificate(),
                  signer,
                  SshSigner.of(KeyPairGenerator.getInstance("Ed25519").generateKeyPair())));
      assertThat(key.signer()).isSameAs(signer);
      assertThat(key.publicKey()).isEqualTo(pair.getPublic());
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LoginKeyReader.ofAgent(List.of(new Certificate())))
        .withMessageContaining("ssh-add");
  }

  @Test
  void theRunLogsInWithTheFilesKey(@TempDir Path folder) throws Exception {
    Path config = folder.resolve("config.json");
    Files.writeString(config, "{\"DriverParameters\": {\"Account\": \"login-key-test\"}}");
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        Main.execute(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            "cloudtest",
            "--private-key",
            PLAIN.toString(),
            "--config",
            config.toString(),
            "--poll-interval",
            "20ms");
    assertThat(status).as(out.toString() + err).isZero();
    assertThat(out.toString()).contains(reader(null, null).ofFile(PLAIN).description());
  }

  @Test
  void aKeyThatCannotBeHadIsAWrongUse() {
    StringWriter err = new StringWriter();
    PrintWriter out = new PrintWriter(new StringWriter());
    for (String[] wrong :
        new String[][] {
          {"--private-key", "no-such-key"},
          {"--private-key", ENCRYPTED.toString()},
          {"--private-key", PLAIN.toString(), "--agent"}
        }) {
      List<String> arguments = new ArrayList<>(List.of("cloudtest"));
      arguments.addAll(List.of(wrong));
      assertThat(Main.execute(out, new PrintWriter(err, true), arguments.toArray(String[]::new)))
          .isEqualTo(2);
    }
    assertThat(err.toString())
        .contains("no-such-key does not exist", "CLOUDTEST_PASSPHRASE", "mutually exclusive");
  }

  @Test
  void theEnvironmentHasThePassphraseAndTheAgent() throws Exception {
    // In a process of its own, whose environment a test can choose. ASCII, whatever the locale is.
    Process process = start(Map.of("SSH_AUTH_SOCK", "/no/such/agent"), "--agent");
    assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .contains("/no/such/agent");
    assertThat(process.waitFor()).isEqualTo(2);
    process =
        start(Map.of("CLOUDTEST_PASSPHRASE", "hunter2"), "--private-key", ENCRYPTED.toString());
    assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .contains("passphrase of the private key is wrong")
        .doesNotContain("hunter2");
    assertThat(process.waitFor()).isEqualTo(2);
  }

  private static Process start(Map<String, String> environment, String... options)
      throws Exception {
    ProcessBuilder program =
        new ProcessBuilder(
                Stream.concat(
                        Stream.of(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            "-cp",
                            System.getProperty(
                                "surefire.test.class.path", System.getProperty("java.class.path")),
                            Main.class.getName(),
                            "cloudtest"),
                        Stream.of(options))
                    .toList())
            .redirectErrorStream(true);
    program.environment().putAll(environment);
    return program.start();
  }
}
