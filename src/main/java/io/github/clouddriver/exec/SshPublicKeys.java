package io.github.clouddriver.exec;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.KeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;

/**
 * Public keys as SSH writes them (RFC 4253, 5656, 8709): RSA, ECDSA on P-256, P-384 and P-521, and
 * Ed25519.
 *
 * <p>Two objects for one key can differ in class, in {@code equals} and even in {@code getEncoded},
 * depending on the security provider that made them; their SSH encoding cannot (clause T3). Pure,
 * safe for any thread, and never adds a security provider.
 */
public final class SshPublicKeys {
  private static final String RSA = "ssh-rsa";
  private static final String ED25519 = "ssh-ed25519";
  private static final String ECDSA_PREFIX = "ecdsa-sha2-";

  /** What stands before the 32 bytes of an Ed25519 key in its X.509 form (RFC 8410). */
  private static final byte[] ED25519_X509 = {
    0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00
  };

  private static final int ED25519_SIZE = 32;

  private SshPublicKeys() {}

  /**
   * The SSH encoding of a public key.
   *
   * @param key an RSA, ECDSA or Ed25519 key of any security provider
   * @return a new array
   * @throws IllegalArgumentException if the key is of another kind or curve
   */
  public static byte[] encode(PublicKey key) {
    WireFormat.Writer out = new WireFormat.Writer();
    if (key instanceof RSAPublicKey rsa) {
      return out.string(RSA).mpint(rsa.getPublicExponent()).mpint(rsa.getModulus()).bytes();
    }
    if (key instanceof ECPublicKey ec) {
      EcCurve curve = EcCurve.of(ec.getParams());
      return out.string(curve.keyType())
          .string(curve.sshName())
          .string(curve.encode(ec.getW()))
          .bytes();
    }
    byte[] x509 = key.getEncoded();
    if (x509 != null
        && x509.length == ED25519_X509.length + ED25519_SIZE
        && Arrays.equals(x509, 0, ED25519_X509.length, ED25519_X509, 0, ED25519_X509.length)) {
      return out.string(ED25519)
          .string(Arrays.copyOfRange(x509, ED25519_X509.length, x509.length))
          .bytes();
    }
    throw new IllegalArgumentException(
        "a public key of the kind " + key.getAlgorithm() + " is none of RSA, ECDSA and Ed25519");
  }

  /**
   * The line that stands for a public key in OpenSSH's {@code authorized_keys}, without a comment.
   *
   * @param key an RSA, ECDSA or Ed25519 key
   * @return the key's type and its encoding in base 64, separated by a space
   * @throws IllegalArgumentException if the key is of another kind or curve
   */
  public static String toOpenSsh(PublicKey key) {
    byte[] encoded = encode(key);
    return new WireFormat.Reader(encoded).text()
        + " "
        + Base64.getEncoder().encodeToString(encoded);
  }

  /**
   * Reads a public key from the line that {@link #toOpenSsh} writes, such as the contents of an
   * {@code id_ed25519.pub} file. White space around it and a comment behind it are allowed.
   *
   * @param line a key's type, its encoding in base 64, and perhaps a comment
   * @return the key, made by the Java runtime's own security providers
   * @throws IllegalArgumentException if the line is not such a key
   */
  public static PublicKey parse(String line) {
    String[] words = line.strip().split("\\s+", 3);
    if (words.length < 2) {
      throw new IllegalArgumentException(
          "a public key is its type and its encoding in base 64, separated by a space");
    }
    byte[] encoded;
    try {
      encoded = Base64.getDecoder().decode(words[1]);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the public key's encoding is not base 64", e);
    }
    WireFormat.Reader in = new WireFormat.Reader(encoded);
    String type = in.text();
    if (!type.equals(words[0])) {
      throw new IllegalArgumentException(
          "the public key's line begins with another type than its encoding");
    }
    PublicKey key = read(type, in);
    in.end();
    return key;
  }

  private static PublicKey read(String type, WireFormat.Reader in) {
    if (type.equals(RSA)) {
      var exponent = in.mpint();
      return make("RSA", new RSAPublicKeySpec(in.mpint(), exponent));
    }
    if (type.startsWith(ECDSA_PREFIX)) {
      EcCurve curve = EcCurve.named(in.text());
      if (!type.equals(curve.keyType())) {
        throw new IllegalArgumentException("the public key is on another curve than its type says");
      }
      return make("EC", new ECPublicKeySpec(curve.decode(in.string()), curve.spec()));
    }
    if (type.equals(ED25519)) {
      byte[] raw = in.string();
      if (raw.length != ED25519_SIZE) {
        throw new IllegalArgumentException("an Ed25519 key has 32 bytes, not " + raw.length);
      }
      byte[] x509 = Arrays.copyOf(ED25519_X509, ED25519_X509.length + ED25519_SIZE);
      System.arraycopy(raw, 0, x509, ED25519_X509.length, ED25519_SIZE);
      return make("Ed25519", new X509EncodedKeySpec(x509));
    }
    throw new IllegalArgumentException("the public key's type is none of RSA, ECDSA and Ed25519");
  }

  private static PublicKey make(String algorithm, KeySpec spec) {
    try {
      return KeyFactory.getInstance(algorithm).generatePublic(spec);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the text is not a valid " + algorithm + " key", e);
    }
  }

  /**
   * The fingerprint that OpenSSH prints: SHA-256 over the SSH encoding.
   *
   * @param key an RSA, ECDSA or Ed25519 key
   * @return {@code SHA256:} and 43 characters of base 64
   * @throws IllegalArgumentException if the key is of another kind or curve
   */
  public static String fingerprint(PublicKey key) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(encode(key));
      return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  /**
   * Whether two objects stand for the same public key, whichever security providers made them
   * (clause T3).
   *
   * <p>A key that SSH does not know, of another kind or curve, has no SSH encoding and so is the
   * same as none, not even as itself: whoever compares a key that somebody else showed has one
   * answer less to handle.
   *
   * @param a any key
   * @param b any key
   * @return whether both have an SSH encoding, and these are equal
   */
  public static boolean same(PublicKey a, PublicKey b) {
    try {
      return MessageDigest.isEqual(encode(a), encode(b));
    } catch (IllegalArgumentException e) {
      return false; // one of them has no encoding
    }
  }
}
