package io.github.clouddriver.cli;

import io.github.clouddriver.Secret;
import io.github.clouddriver.exec.SshPublicKeys;
import io.github.clouddriver.exec.SshSigner;
import io.github.clouddriver.ssh.SshAgent;
import io.github.clouddriver.ssh.SshPrivateKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Gets the login key that the options ask for. The passphrase of a key file is never on the command
 * line, which others on the machine can read.
 */
final class LoginKeyReader {
  static final String PASSPHRASE_VARIABLE = "CLOUDTEST_PASSPHRASE";

  private final Function<String, @Nullable String> prompt;
  private final UnaryOperator<@Nullable String> environment;

  /**
   * Makes a reader.
   *
   * @param prompt asks a person, whose answer nobody sees; answers null if there is nobody
   * @param environment the value of an environment variable
   */
  LoginKeyReader(
      Function<String, @Nullable String> prompt, UnaryOperator<@Nullable String> environment) {
    this.prompt = prompt;
    this.environment = environment;
  }

  /**
   * The key of the file.
   *
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if it holds no key that can be used, or needs a passphrase
   *     that is wrong or that nobody knows
   */
  LoginKey ofFile(Path file) throws IOException {
    Secret passphrase = SshPrivateKeys.isEncrypted(file) ? passphrase(file) : null;
    return LoginKey.of(SshPrivateKeys.read(file, passphrase), "of the file " + file);
  }

  private Secret passphrase(Path file) {
    String answer = prompt.apply("Passphrase of " + file + ": ");
    if (answer == null) {
      answer = environment.apply(PASSPHRASE_VARIABLE);
    }
    if (answer == null || answer.isEmpty()) {
      throw new IllegalArgumentException(
          file
              + " needs its passphrase: type it in on a terminal, or put it into the environment"
              + " variable "
              + PASSPHRASE_VARIABLE);
    }
    return Secret.of(answer);
  }

  /**
   * The first key of the agent that an instance can be created with: not a certificate.
   *
   * @throws IOException if the agent cannot be asked
   * @throws IllegalArgumentException if it has no such key
   */
  static LoginKey ofAgent() throws IOException, InterruptedException {
    return ofAgent(SshAgent.signers());
  }

  static LoginKey ofAgent(List<SshSigner> signers) {
    return signers.stream()
        .flatMap(signer -> ofSigner(signer).stream())
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the SSH agent has no RSA, ECDSA or Ed25519 key; add one with ssh-add"));
  }

  private static Optional<LoginKey> ofSigner(SshSigner signer) {
    // What such a key signs with begins like its type; only RSA is called by another name there.
    String algorithm = signer.algorithms().get(0);
    String type = algorithm.startsWith("rsa-") ? "ssh-rsa" : algorithm;
    String encoded = Base64.getEncoder().encodeToString(signer.publicKey());
    try {
      return Optional.of(
          new LoginKey(SshPublicKeys.parse(type + " " + encoded), signer, "of the SSH agent"));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // a certificate, or a kind that no provider takes
    }
  }
}
