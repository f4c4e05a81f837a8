package io.github.clouddriver.testkit;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.EdECPoint;
import java.security.spec.NamedParameterSpec;

/** Key pairs, made once, and keys as another security provider would present them. */
final class Keys {
  private static final KeyPair PAIR = newPair();

  private Keys() {}

  /** The key pair that the kit logs in with. */
  static KeyPair pair() {
    return PAIR;
  }

  static KeyPair newPair() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK since 15 makes Ed25519 keys", e);
    }
  }

  /** The same key, but unequal, and with another {@code getEncoded}. */
  static PublicKey ofAnotherProvider(PublicKey key) {
    if (key instanceof RSAPublicKey rsa) {
      return new Rsa(rsa);
    }
    if (key instanceof ECPublicKey ec) {
      return new Ec(ec);
    }
    return key instanceof EdECPublicKey ed ? new Ed(ed) : key;
  }

  private abstract static class Foreign implements PublicKey {
    private static final long serialVersionUID = 1L;

    private final String algorithm;

    Foreign(PublicKey key) {
      algorithm = key.getAlgorithm();
    }

    @Override
    public String getAlgorithm() {
      return algorithm;
    }

    @Override
    public String getFormat() {
      return "kit";
    }

    @Override
    public byte[] getEncoded() {
      return new byte[] {1, 2, 3};
    }
  }

  private static final class Rsa extends Foreign implements RSAPublicKey {
    private static final long serialVersionUID = 1L;

    private final BigInteger modulus;
    private final BigInteger exponent;

    Rsa(RSAPublicKey key) {
      super(key);
      modulus = key.getModulus();
      exponent = key.getPublicExponent();
    }

    @Override
    public BigInteger getModulus() {
      return modulus;
    }

    @Override
    public BigInteger getPublicExponent() {
      return exponent;
    }
  }

  private static final class Ec extends Foreign implements ECPublicKey {
    private static final long serialVersionUID = 1L;

    private final transient ECPublicKey key;

    Ec(ECPublicKey key) {
      super(key);
      this.key = key;
    }

    @Override
    public ECPoint getW() {
      return key.getW();
    }

    @Override
    public ECParameterSpec getParams() {
      return key.getParams();
    }
  }

  private static final class Ed extends Foreign implements EdECPublicKey {
    private static final long serialVersionUID = 1L;

    private final transient EdECPublicKey key;

    Ed(EdECPublicKey key) {
      super(key);
      this.key = key;
    }

    @Override
    public EdECPoint getPoint() {
      return key.getPoint();
    }

    @Override
    public NamedParameterSpec getParams() {
      return key.getParams();
    }
  }
}
