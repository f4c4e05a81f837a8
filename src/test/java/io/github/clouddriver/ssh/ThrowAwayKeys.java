package io.github.clouddriver.ssh;

import io.github.clouddriver.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Key files that are part of the tests, and that open nothing. */
final class ThrowAwayKeys {
  /** Not ASCII, for only then is there a difference between encodings. */
  static final Secret PASSPHRASE = Secret.of("throw-away p\u00e4ssphrase");

  static final List<String> PLAIN =
      List.of(
          "ecdsa-openssh",
          "ecdsa-pem",
          "ecdsa-pem-explicit-curve",
          "ecdsa-pem-without-public",
          "ecdsa-pkcs8",
          "ed25519-openssh",
          "ed25519-pkcs8",
          "rsa-openssh",
          "rsa-pem",
          "rsa-pkcs8");

  static final List<String> ENCRYPTED =
      List.of(
          "ecdsa-pem-encrypted",
          "ecdsa-pkcs8-encrypted",
          "ed25519-openssh-encrypted",
          "ed25519-openssh-gcm-encrypted",
          "ed25519-pkcs8-v1-encrypted",
          "rsa-pem-encrypted",
          "rsa-pkcs8-scrypt-encrypted");

  private ThrowAwayKeys() {}

  static String text(String name) {
    try (InputStream in = ThrowAwayKeys.class.getResourceAsStream("throw-away-keys/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
