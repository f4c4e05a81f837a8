package io.github.clouddriver.cli;

import io.github.clouddriver.exec.SshPublicKeys;
import io.github.clouddriver.exec.SshSigner;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;

/**
 * The key that a run logs in with.
 *
 * @param publicKey what the test instance is created with
 * @param signer signs with the private key, wherever that is
 * @param origin where the key is from, for the report
 */
record LoginKey(PublicKey publicKey, SshSigner signer, String origin) {
  static LoginKey of(KeyPair pair, String origin) {
    return new LoginKey(pair.getPublic(), SshSigner.of(pair), origin);
  }

  /** A new key for one run. RSA, since there are providers that take no other kind. */
  static LoginKey generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(3072);
      return of(generator.generateKeyPair(), "made for this run");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has RSA", e);
    }
  }

  /** A line for the report. */
  String description() {
    return "login key " + SshPublicKeys.fingerprint(publicKey) + ", " + origin;
  }
}
