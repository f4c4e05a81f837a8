package io.github.clouddriver.exec;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Signs with a private key of this process. Immutable and safe for use by several threads. */
final class KeyPairSigner implements SshSigner {
  private static final int SMALLEST_RSA = 2048;

  private final byte[] publicKey;
  private final PrivateKey privateKey;
  private final String fingerprint;

  /** The JDK's names of the signature algorithms by SSH's names, best first. */
  private final Map<String, String> algorithms;

  private final boolean ecdsa;

  private KeyPairSigner(KeyPair pair, Map<String, String> algorithms) {
    this.publicKey = SshPublicKeys.encode(pair.getPublic());
    this.fingerprint = SshPublicKeys.fingerprint(pair.getPublic());
    this.privateKey = pair.getPrivate();
    this.algorithms = Collections.unmodifiableMap(algorithms);
    this.ecdsa = pair.getPublic() instanceof ECPublicKey;
  }

  static KeyPairSigner of(KeyPair pair) {
    if (pair.getPublic() == null || pair.getPrivate() == null) {
      throw new IllegalArgumentException("the key pair has only one of its keys");
    }
    return new KeyPairSigner(pair, algorithmsOf(pair.getPublic()));
  }

  private static Map<String, String> algorithmsOf(PublicKey key) {
    Map<String, String> names = new LinkedHashMap<>();
    if (key instanceof RSAPublicKey rsa) {
      int bits = rsa.getModulus().bitLength();
      if (bits < SMALLEST_RSA) {
        throw new IllegalArgumentException(
            "an RSA key of " + bits + " bits is too short; servers want 2048 or more");
      }
      names.put("rsa-sha2-512", "SHA512withRSA");
      names.put("rsa-sha2-256", "SHA256withRSA");
    } else if (key instanceof ECPublicKey ec) {
      EcCurve curve = EcCurve.of(ec.getParams());
      names.put(curve.keyType(), curve.signature());
    } else {
      names.put("ssh-ed25519", "Ed25519");
    }
    return names;
  }

  @Override
  public byte[] publicKey() {
    return publicKey.clone();
  }

  @Override
  public List<String> algorithms() {
    return List.copyOf(algorithms.keySet());
  }

  @Override
  public byte[] sign(byte[] data, String algorithm) throws GeneralSecurityException {
    String jdkName = algorithms.get(algorithm);
    if (jdkName == null) {
      throw new IllegalArgumentException(
          "the key signs with " + algorithms.keySet() + " only, not with \"" + algorithm + "\"");
    }
    Signature signature = Signature.getInstance(jdkName);
    signature.initSign(privateKey);
    signature.update(data);
    byte[] raw = signature.sign();
    return new WireFormat.Writer().string(algorithm).string(ecdsa ? fromDer(raw) : raw).bytes();
  }

  /** An ECDSA signature as SSH wants it (RFC 5656, section 3.1.2) from the JDK's ASN.1 form. */
  static byte[] fromDer(byte[] der) {
    // SEQUENCE { INTEGER r, INTEGER s }; the length of the sequence takes two bytes for P-521 only.
    int r = der[1] == (byte) 0x81 ? 3 : 2;
    int s = r + 2 + der[r + 1];
    return new WireFormat.Writer()
        .mpint(new BigInteger(der, r + 2, der[r + 1]))
        .mpint(new BigInteger(der, s + 2, der[s + 1]))
        .bytes();
  }

  @Override
  public String toString() {
    return "SshSigner[" + fingerprint + "]";
  }
}
