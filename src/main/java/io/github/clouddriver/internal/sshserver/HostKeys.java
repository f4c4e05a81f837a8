package io.github.clouddriver.internal.sshserver;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;

/** Makes host keys; works without MINA. */
public final class HostKeys {
  private HostKeys() {}

  /**
   * A key pair of the kind that servers use unless they are given another.
   *
   * @return a new EC pair on P-256
   */
  public static KeyPair generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime makes no EC keys", e);
    }
  }
}
