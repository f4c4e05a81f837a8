package io.github.clouddriver;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;

/** Key pairs of the Java runtime's own. */
final class TestKeys {
  private static final KeyPair RSA = generate("RSA", 2048);
  private static final KeyPair EC = generate("EC", 256);

  private TestKeys() {}

  static KeyPair rsa() {
    return RSA;
  }

  static KeyPair ec() {
    return EC;
  }

  static KeyPair generate(String algorithm, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
