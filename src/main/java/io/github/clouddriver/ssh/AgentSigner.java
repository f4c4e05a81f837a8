package io.github.clouddriver.ssh;

import io.github.clouddriver.exec.SshSigner;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.schmizz.sshj.common.Buffer;

/** Signs with a key that an agent holds. Immutable and safe for use by several threads. */
final class AgentSigner implements SshSigner {
  private static final Duration SIGNING = Duration.ofMinutes(5);

  private static final byte SIGN_REQUEST = 13;
  private static final byte SIGNATURE = 14;

  private static final int RSA_SHA2_256 = 2;
  private static final int RSA_SHA2_512 = 4;

  /**
   * A way to sign.
   *
   * @param name what the server is told
   * @param signature the name in the signature itself, which has no certificate
   * @param flags what the agent is told, which knows only the kind of the key
   */
  private record Algorithm(String name, String signature, int flags) {}

  /** By the type of the key, best first. */
  private static final Map<String, List<Algorithm>> KNOWN = known();

  private final Path socket;
  private final byte[] publicKey;
  private final List<Algorithm> algorithms;

  private AgentSigner(Path socket, byte[] publicKey, List<Algorithm> algorithms) {
    this.socket = socket;
    this.publicKey = publicKey;
    this.algorithms = algorithms;
  }

  /**
   * A signer for one of an agent's keys; empty if it is of a kind that we cannot use.
   *
   * @throws IOException if it is no key at all
   */
  static Optional<AgentSigner> of(Path socket, byte[] publicKey) throws IOException {
    String type = new Buffer.PlainBuffer(publicKey).readString();
    return Optional.ofNullable(KNOWN.get(type))
        .map(algorithms -> new AgentSigner(socket, publicKey, algorithms));
  }

  private static Map<String, List<Algorithm>> known() {
    Map<String, List<Algorithm>> known = new HashMap<>();
    for (String suffix : List.of("", "-cert-v01@openssh.com")) {
      known.put(
          "ssh-rsa" + suffix,
          List.of(
              new Algorithm("rsa-sha2-512" + suffix, "rsa-sha2-512", RSA_SHA2_512),
              new Algorithm("rsa-sha2-256" + suffix, "rsa-sha2-256", RSA_SHA2_256)));
      for (String type :
          List.of(
              "ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521")) {
        known.put(type + suffix, List.of(new Algorithm(type + suffix, type, 0)));
      }
      for (String type : List.of("sk-ssh-ed25519", "sk-ecdsa-sha2-nistp256")) {
        String plain = type + "@openssh.com";
        String name = suffix.isEmpty() ? plain : type + suffix;
        known.put(name, List.of(new Algorithm(name, plain, 0)));
      }
    }
    return known;
  }

  @Override
  public byte[] publicKey() {
    return publicKey.clone();
  }

  @Override
  public List<String> algorithms() {
    return algorithms.stream().map(Algorithm::name).toList();
  }

  @Override
  public byte[] sign(byte[] data, String algorithm) throws IOException, InterruptedException {
    Algorithm chosen =
        algorithms.stream()
            .filter(each -> each.name().equals(algorithm))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the key signs with "
                            + algorithms()
                            + " only, not with \""
                            + algorithm
                            + "\""));
    Buffer.PlainBuffer request = new Buffer.PlainBuffer();
    request.putByte(SIGN_REQUEST);
    request.putString(publicKey).putString(data).putUInt32(chosen.flags());
    Buffer.PlainBuffer answer = AgentConnection.ask(socket, request, SIGNATURE, SIGNING);
    try {
      byte[] signature = answer.readBytes();
      String made = new Buffer.PlainBuffer(signature).readString();
      if (!made.equals(chosen.signature())) {
        // As old agents do, which know RSA with SHA-1 only; the server would say no more than no.
        throw new IOException(
            "it signed with " + Printable.text(made) + " instead of " + chosen.signature());
      }
      return signature;
    } catch (IOException e) {
      throw AgentConnection.nonsense(socket, e);
    }
  }

  @Override
  public String toString() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(publicKey);
      return "SshSigner[SHA256:"
          + Base64.getEncoder().withoutPadding().encodeToString(digest)
          + "]";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
