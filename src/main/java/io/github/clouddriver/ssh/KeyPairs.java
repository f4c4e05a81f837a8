package io.github.clouddriver.ssh;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.jspecify.annotations.Nullable;

/**
 * Key pairs of the Java runtime's own providers. The public half is worked out from the private
 * one: not every file has it, and what a file has need not belong there.
 */
final class KeyPairs {
  private static final int SMALLEST_RSA = 2048;
  private static final int LARGEST_RSA = 16_384;

  /** In bytes, of a curve that is spelled out; P-521 takes half of it. */
  private static final int LONGEST_CURVE = 1024;

  private static final List<ASN1ObjectIdentifier> CURVES =
      List.of(
          SECObjectIdentifiers.secp256r1,
          SECObjectIdentifiers.secp384r1,
          SECObjectIdentifiers.secp521r1);

  private static final byte[] PROBE = {1, 2, 3};

  private KeyPairs() {}

  /**
   * The key pair of a private key in its PKCS#8 form.
   *
   * @throws UnusableKeyException if it is of another kind than those we log in with
   */
  static KeyPair of(PrivateKeyInfo key) throws IOException, GeneralSecurityException {
    ASN1ObjectIdentifier kind = key.getPrivateKeyAlgorithm().getAlgorithm();
    if (kind.equals(PKCSObjectIdentifiers.rsaEncryption)) {
      return rsa(RSAPrivateKey.getInstance(key.parsePrivateKey()));
    }
    if (kind.equals(EdECObjectIdentifiers.id_Ed25519)) {
      return ed25519((Ed25519PrivateKeyParameters) PrivateKeyFactory.createKey(key));
    }
    if (kind.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
      requireShortCurve(key.getPrivateKeyAlgorithm());
      return ec(
          (ECPrivateKeyParameters) PrivateKeyFactory.createKey(key),
          statedPublicKey(
              ECPrivateKey.getInstance(key.parsePrivateKey()), key.getPrivateKeyAlgorithm()));
    }
    throw UnusableKeyException.kind(
        kind.equals(X9ObjectIdentifiers.id_dsa)
            ? "a DSA key, which servers no longer accept"
            : "of a kind that is not used with SSH");
  }

  private static KeyPair rsa(RSAPrivateKey key) throws IOException, GeneralSecurityException {
    BigInteger modulus = key.getModulus();
    int bits = modulus.bitLength();
    if (modulus.signum() <= 0 || bits > LARGEST_RSA) {
      throw UnusableKeyException.damaged();
    }
    if (bits < SMALLEST_RSA) {
      throw UnusableKeyException.kind("an RSA key of " + bits + " bits, which servers refuse");
    }
    requireConsistent(key);
    AlgorithmIdentifier algorithm =
        new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
    return pair(
        "RSA",
        "SHA256withRSA",
        new RSAKeyParameters(false, modulus, key.getPublicExponent(), true),
        new PrivateKeyInfo(algorithm, key));
  }

  /** The time that a signature takes grows with each part, and the modulus alone is bounded. */
  private static void requireConsistent(RSAPrivateKey key) {
    BigInteger modulus = key.getModulus();
    boolean bounded =
        Stream.of(
                key.getPublicExponent(),
                key.getPrivateExponent(),
                key.getPrime1(),
                key.getPrime2(),
                key.getExponent1(),
                key.getExponent2(),
                key.getCoefficient())
            .allMatch(part -> part.signum() > 0 && part.bitLength() <= modulus.bitLength());
    if (!bounded || !key.getPrime1().multiply(key.getPrime2()).equals(modulus)) {
      throw UnusableKeyException.damaged();
    }
  }

  /** Bouncy Castle multiplies the base point by the order that is stated, however long that is. */
  private static void requireShortCurve(AlgorithmIdentifier algorithm) throws IOException {
    if (algorithm.getParameters().toASN1Primitive().getEncoded().length > LONGEST_CURVE) {
      throw UnusableKeyException.damaged();
    }
  }

  /**
   * A pair of an ECDSA key.
   *
   * @param stated the public half that the file has as well, if it does
   */
  private static KeyPair ec(ECPrivateKeyParameters key, @Nullable ASN1BitString stated)
      throws IOException, GeneralSecurityException {
    ECNamedDomainParameters curve = named(key.getParameters());
    ECPoint point = new FixedPointCombMultiplier().multiply(curve.getG(), key.getD());
    // Any number is a private key: what the file states is all that can show damage.
    if (stated != null && !curve.getCurve().decodePoint(stated.getOctets()).equals(point)) {
      throw UnusableKeyException.damaged();
    }
    return pair(
        "EC",
        "SHA256withECDSA",
        new ECPublicKeyParameters(point, curve),
        PrivateKeyInfoFactory.createPrivateKeyInfo(new ECPrivateKeyParameters(key.getD(), curve)));
  }

  /** The optional parts, of which none may be anything else than what it has to be. */
  private static @Nullable ASN1BitString statedPublicKey(
      ECPrivateKey key, AlgorithmIdentifier algorithm) {
    ASN1BitString stated = key.getPublicKey();
    ASN1Object curve = key.getParametersObject();
    int parts = 2 + (stated == null ? 0 : 1) + (curve == null ? 0 : 1);
    if (parts != ASN1Sequence.getInstance(key.toASN1Primitive()).size()
        || (curve != null && !curve.equals(algorithm.getParameters()))) {
      throw UnusableKeyException.damaged();
    }
    return stated;
  }

  /** The Java runtime wants the curve's name, and not each key comes with it: sshj's do not. */
  private static ECNamedDomainParameters named(ECDomainParameters curve) {
    for (ASN1ObjectIdentifier name : CURVES) {
      ECNamedDomainParameters known = ECNamedDomainParameters.lookup(name);
      if (known.equals(curve)) {
        return known;
      }
    }
    throw UnusableKeyException.kind("an ECDSA key on a curve that is not used with SSH");
  }

  private static KeyPair ed25519(Ed25519PrivateKeyParameters key)
      throws IOException, GeneralSecurityException {
    // Bouncy Castle would add the public key, which the Java runtime does not read.
    AlgorithmIdentifier algorithm = new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519);
    return pair(
        "Ed25519",
        "Ed25519",
        key.generatePublicKey(),
        new PrivateKeyInfo(algorithm, new DEROctetString(key.getEncoded())));
  }

  private static KeyPair pair(
      String kind, String signing, AsymmetricKeyParameter publicKey, PrivateKeyInfo privateKey)
      throws IOException, GeneralSecurityException {
    KeyFactory factory = KeyFactory.getInstance(kind);
    KeyPair pair =
        new KeyPair(
            factory.generatePublic(
                new X509EncodedKeySpec(
                    SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(publicKey)
                        .getEncoded())),
            factory.generatePrivate(new PKCS8EncodedKeySpec(privateKey.getEncoded())));
    requireWhole(pair, signing);
    return pair;
  }

  /** A damaged RSA key still has the form of one. */
  private static void requireWhole(KeyPair pair, String signing) throws GeneralSecurityException {
    Signature signer = Signature.getInstance(signing);
    signer.initSign(pair.getPrivate());
    signer.update(PROBE);
    byte[] signature = signer.sign();
    PublicKey publicKey = pair.getPublic();
    Signature verifier = Signature.getInstance(signing);
    verifier.initVerify(publicKey);
    verifier.update(PROBE);
    if (!verifier.verify(signature)) {
      throw UnusableKeyException.damaged();
    }
  }
}
