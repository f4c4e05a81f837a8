package io.github.clouddriver.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.jce.interfaces.ECPointEncoder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clause T3, against what OpenSSH's {@code ssh-keygen} made and printed. */
class SshPublicKeysTest {
  /** Passed to the factories as it is, and never registered. */
  private static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();

  /** Keys of {@code ssh-keygen -t … -b …}, with the fingerprints of {@code ssh-keygen -l}. */
  enum Made {
    RSA_2048(
        "RSA",
        "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQDn1MWlAG7TAuxvu5mr6q3FAx2SAuM75Yq4e623pjcgxNluGm+y"
            + "xOqcInX6NoghVvthv4oXkClzsVwdYCgQk07TvCsXjiz3PGDogks4kquwRiQApFDHT6Fp/QgzD1qYunu5Yjf"
            + "SRYHWtJpN8q+GBAhtBXIeV0vPleqh9piCo+P7guzewI6r2+NAyfr03yIKoufgZ31AiYFOmfvXCHKosixDCc"
            + "pd6W8epxpLrDjgcSndKVYXuFl3oST1tMs9kaHwblzQu9eo8AU1799jqzAYeclw9MsTNKBTpIXdz+oQujWJW"
            + "xfN9E49dujwIW8WCrd7kpO9UFaB+GjqfYuKm5igeyp5",
        "SHA256:omtEKH2JCGlB16sx9hrLsvEm1/fWK+k9ruPlzN6voSI"),
    RSA_3072(
        "RSA",
        "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQC6Q9VHyQCm1K1rlqPeOnjRl1t7+bkUPqk1Y5MUQUNwA9z3bvcT"
            + "jjwdMrwfxFkpa/ltRngwnpXgrKiJgIMIU3Zizit4qVRJZNboMPGgAEcTlUVa8ibNpcEhybgmKYBvKD0iw1/"
            + "yvJj7YlPGYNZfi8Va03rKeAM3ObaPgA6HTW3aFVcNCCL4O3Tbr4y8f34QZxEYU584Znef0KJlr8ilH8XV2m"
            + "8NrGSZqX8XRjsQOnh28mCSW7reea1BP06fziFoMCpf0gzygFlX9ZteKMh1HbK3msRgRFKvHLepPUI6iV1Ce"
            + "63iVvCKSjKWE14OwXP5fyAL0h8ORLEOqZG5aNT7Jwin1v3CliOZjN9LCsr408WA29Ony0j+h+un3KbvsYDD"
            + "ITGjOwQWbOvyGJcUyHhW0Cl8JEp00pHU9FTMpRZb9cEnQZEyh0b+eYNifYoQHoZEkfGYPyjSLxJNbMEGBTc"
            + "/H7PRfBS7pi39T5SeakuOIfYxn5rMGWm/IeDM0DTtcmzF5nM=",
        "SHA256:pVl447hkT4ULG3x7RlNjzFg5gsultgns02eKDCF8+5M"),
    P_256(
        "EC",
        "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBAfKfwVeZIyLSLOT"
            + "MwqWf0Cmny2J1Znzc3/hdZRslQ0O5Ty2+CL0rZ98/AEfPXGmHF4Rr40auCFlNb2o4TRPSvg=",
        "SHA256:O0bX1AyqwJ4O0PEVl/Fuj2GPKaMZm9wQH/Xtvnys1UM"),
    P_384(
        "EC",
        "ecdsa-sha2-nistp384 AAAAE2VjZHNhLXNoYTItbmlzdHAzODQAAAAIbmlzdHAzODQAAABhBLALgqjXzGG37Ymz"
            + "SSs5pMZy7KhJ5AIUQEPVY6yhgQtUFmiGdSo4M5Rr30tKZN15mnXF6smKF5Tl9VoqOZXSKe2z8wuOm3mlFsu"
            + "RwCNA9qvucuWN4RaouuntGca70kIFiA==",
        "SHA256:OJESCrTUf38inz3tFe+wqkaDddD6oFTSPglE01QvLfY"),
    P_521(
        "EC",
        "ecdsa-sha2-nistp521 AAAAE2VjZHNhLXNoYTItbmlzdHA1MjEAAAAIbmlzdHA1MjEAAACFBAGbOBpx/AJmnDFg"
            + "O205/MbDlUVNnvn8pOejaE8rwY7iLBZNSIGRNP6VhjGUM2GydUCKUX/d25RvtVrlpa1MRiiWeQA0lUF/O8r"
            + "qRbRkFB9xhv/LEcUK/i5gddA+TLtTn9qCj9ju+ykf93QddSQJL5Lu5EqEq7hlcV/DOnq6gmowEnnTYg==",
        "SHA256:AfHRJEHeuvGnv5Fk4ZaFJVvLBG5PMkjmxn3cxVPh2Pg"),
    ED25519(
        "Ed25519",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICFo6V3ti/3Wo83684aKWAwxxVaO1GHNSQYigWl8N4lj",
        "SHA256:SektCCW7CaAa8gSVl8vsfyZ6tkBl8Q22VU1cVwu3AJk");

    final String algorithm;
    final String line;
    final String fingerprint;

    Made(String algorithm, String line, String fingerprint) {
      this.algorithm = algorithm;
      this.line = line;
      this.fingerprint = fingerprint;
    }

    PublicKey key() {
      return SshPublicKeys.parse(line);
    }

    byte[] encoded() {
      return Base64.getDecoder().decode(line.split(" ")[1]);
    }

    /** The same key as an object of Bouncy Castle's, which for EC has another X.509 form too. */
    PublicKey bouncyCastle() throws Exception {
      PublicKey key =
          KeyFactory.getInstance(algorithm, BOUNCY_CASTLE)
              .generatePublic(new X509EncodedKeySpec(key().getEncoded()));
      if (key instanceof ECPointEncoder ec) {
        ec.setPointFormat("COMPRESSED");
      }
      return key;
    }
  }

  @ParameterizedTest
  @EnumSource
  void aKeyIsReadAndWrittenAsSshKeygenWritesIt(Made made) {
    PublicKey key = made.key();
    assertThat(SshPublicKeys.encode(key)).isEqualTo(made.encoded());
    assertThat(SshPublicKeys.toOpenSsh(key)).isEqualTo(made.line);
    assertThat(SshPublicKeys.fingerprint(key)).isEqualTo(made.fingerprint);
  }

  @ParameterizedTest
  @EnumSource
  void aKeyIsMadeByTheJavaRuntimesOwnProviders(Made made) {
    assertThat(made.key().getClass().getName()).startsWith("sun.security.");
  }

  @ParameterizedTest
  @EnumSource
  void T3_twoProvidersObjectsOfOneKeyAreTheSame(Made made) throws Exception {
    PublicKey other = made.bouncyCastle();
    assertThat(other.getClass().getName()).startsWith("org.bouncycastle.");
    if (made.algorithm.equals("EC")) {
      assertThat(made.key().equals(other)).as("the key objects themselves").isFalse();
    }
    assertThat(SshPublicKeys.encode(other)).isEqualTo(made.encoded());
    assertThat(SshPublicKeys.fingerprint(other)).isEqualTo(made.fingerprint);
    assertThat(SshPublicKeys.same(other, made.key())).isTrue();
    assertThat(SshPublicKeys.same(made.key(), other)).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void T3_differentKeysAreNotTheSame(Made made) throws Exception {
    for (Made other : Made.values()) {
      assertThat(SshPublicKeys.same(made.key(), other.key()))
          .as("%s", other)
          .isEqualTo(made == other);
    }
    PublicKey fresh = KeyPairGenerator.getInstance(made.algorithm).generateKeyPair().getPublic();
    assertThat(SshPublicKeys.same(made.key(), fresh)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"secp256r1", "secp384r1", "secp521r1"})
  void aCoordinateWithLeadingZerosKeepsItsLength(String curve) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(curve));
    boolean shortX = false;
    boolean shortY = false;
    while (!shortX || !shortY) { // one key in 256 or more has one
      ECPublicKey key = (ECPublicKey) generator.generateKeyPair().getPublic();
      int bits = key.getParams().getCurve().getField().getFieldSize() / 8 * 8 - 8;
      shortX |= key.getW().getAffineX().bitLength() <= bits;
      shortY |= key.getW().getAffineY().bitLength() <= bits;
      String line = SshPublicKeys.toOpenSsh(key);
      assertThat(((ECPublicKey) SshPublicKeys.parse(line)).getW()).as(line).isEqualTo(key.getW());
    }
  }

  @Test
  void randomEd25519KeysAndRsaExponentsComeBack() throws Exception {
    for (String algorithm : List.of("Ed25519", "RSA")) {
      for (int i = 0; i < 3; i++) {
        PublicKey key = KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPublic();
        assertThat(SshPublicKeys.parse(SshPublicKeys.toOpenSsh(key))).isEqualTo(key);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", "%s someone@somewhere", " \t%s  two words \n", "%s\n"})
  void whiteSpaceAroundAndACommentBehindAreAllowed(String form) {
    for (Made made : Made.values()) {
      PublicKey read = SshPublicKeys.parse(String.format(form, made.line));
      assertThat(SshPublicKeys.same(read, made.key())).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"DSA", "DH", "X25519", "Ed448"})
  void aKindOfKeyThatSshDoesNotKnowIsRefused(String algorithm) throws Exception {
    PublicKey key = KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPublic();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SshPublicKeys.encode(key))
        .withMessageContaining(key.getAlgorithm())
        .withMessageContaining("none of RSA, ECDSA and Ed25519");
  }

  /** What a hardware module may hand out. */
  private static final class OpaqueKey implements PublicKey {
    private static final long serialVersionUID = 1L;

    @Override
    public String getAlgorithm() {
      return "token";
    }

    @Override
    public String getFormat() {
      return null;
    }

    @Override
    public byte[] getEncoded() {
      return null;
    }
  }

  @Test
  void aKeyWithoutAnEncodingIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SshPublicKeys.encode(new OpaqueKey()))
        .withMessageContaining("token");
  }

  static List<PublicKey> keysThatSshDoesNotKnow() throws Exception {
    KeyPairGenerator otherCurve = KeyPairGenerator.getInstance("EC", BOUNCY_CASTLE);
    otherCurve.initialize(new ECGenParameterSpec("secp256k1"));
    ECPublicKey ec = (ECPublicKey) Made.P_256.key();
    return List.of(
        KeyPairGenerator.getInstance("DSA").generateKeyPair().getPublic(),
        new OpaqueKey(),
        otherCurve.generateKeyPair().getPublic(),
        offCurve(ec, new ECPoint(BigInteger.ZERO, BigInteger.ZERO)));
  }

  @ParameterizedTest
  @MethodSource("keysThatSshDoesNotKnow")
  void T3_aKeyThatSshDoesNotKnowIsTheSameAsNoOther(PublicKey unknown) {
    for (Made made : Made.values()) {
      assertThat(SshPublicKeys.same(unknown, made.key())).isFalse();
      assertThat(SshPublicKeys.same(made.key(), unknown)).isFalse();
    }
    assertThat(SshPublicKeys.same(unknown, unknown)).as("as itself: nothing tells").isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"secp256k1", "secp224r1", "brainpoolP256r1", "secp192r1"})
  void anotherCurveIsRefusedWithItsSize(String curve) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", BOUNCY_CASTLE);
    generator.initialize(new ECGenParameterSpec(curve));
    PublicKey key = generator.generateKeyPair().getPublic();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SshPublicKeys.encode(key))
        .withMessageContaining(curve.replaceAll("\\D*(\\d{3}).*", "$1") + " bits")
        .withMessageContaining("none of the curves P-256, P-384 and P-521");
  }

  @ParameterizedTest
  @EnumSource(names = {"P_256", "P_384", "P_521"})
  void aPointThatIsNotOnItsCurveIsNoKey(Made made) throws Exception {
    ECPublicKey key = (ECPublicKey) made.key();
    ECPoint point = key.getW();
    BigInteger prime = ((ECFieldFp) key.getParams().getCurve().getField()).getP();
    for (ECPoint wrong :
        List.of(
            new ECPoint(point.getAffineX(), point.getAffineY().add(BigInteger.ONE)),
            new ECPoint(BigInteger.ZERO, BigInteger.ZERO),
            new ECPoint(point.getAffineX().add(prime), point.getAffineY()),
            new ECPoint(point.getAffineX(), point.getAffineY().add(prime)),
            new ECPoint(point.getAffineX(), point.getAffineY().add(BigInteger.ONE.shiftLeft(600))),
            new ECPoint(point.getAffineX(), point.getAffineY().subtract(prime)))) {
      ECPublicKey bad = offCurve(key, wrong);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> SshPublicKeys.encode(bad))
          .withMessageContaining("not a point of its curve");
    }
    byte[] encoded = made.encoded();
    encoded[encoded.length - 1] ^= 1;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SshPublicKeys.parse(line(made, encoded)))
        .withMessageContaining("not a point of its curve");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SshPublicKeys.encode(offCurve(key, ECPoint.POINT_INFINITY)))
        .withMessageContaining("not a point of its curve");
  }

  /** A key object that checks nothing, as the Java runtime's own do not. */
  private static ECPublicKey offCurve(ECPublicKey key, ECPoint point) {
    return new ECPublicKey() {
      private static final long serialVersionUID = 1L;

      @Override
      public ECPoint getW() {
        return point;
      }

      @Override
      public ECParameterSpec getParams() {
        return key.getParams();
      }

      @Override
      public String getAlgorithm() {
        return "EC";
      }

      @Override
      public String getFormat() {
        return key.getFormat();
      }

      @Override
      public byte[] getEncoded() {
        return key.getEncoded();
      }
    };
  }

  private static String line(Made made, byte[] encoded) {
    return made.line.split(" ")[0] + " " + Base64.getEncoder().encodeToString(encoded);
  }

  private static byte[] strings(Object... parts) {
    ByteBuffer out = ByteBuffer.allocate(2000);
    for (Object part : parts) {
      byte[] bytes =
          part instanceof String text ? text.getBytes(StandardCharsets.US_ASCII) : (byte[]) part;
      out.putInt(bytes.length).put(bytes);
    }
    return Arrays.copyOf(out.array(), out.position());
  }

  private static void assertRefused(String line, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SshPublicKeys.parse(line))
        .withMessageContaining(reason);
  }

  private static void assertRefused(String type, byte[] encoded, String reason) {
    assertRefused(type + " " + Base64.getEncoder().encodeToString(encoded), reason);
  }

  @Test
  void aLineThatIsNoneIsRefusedWithTheReason() {
    assertRefused("", "its type and its encoding");
    assertRefused("ssh-rsa", "its type and its encoding");
    assertRefused("ssh-rsa ", "its type and its encoding");
    assertRefused("ssh-rsa !!!!", "not base 64");
    assertRefused("ssh-rsa AAAA", "cut short");
    assertRefused("ssh-rsa " + Made.P_256.line.split(" ")[1], "another type");
    assertRefused("no-pty " + Made.P_256.line, "not base 64");
    assertRefused("ssh-dss", strings("ssh-dss", "p"), "none of RSA, ECDSA and Ed25519");
    assertRefused(
        "ecdsa-sha2-nistp256",
        strings("ecdsa-sha2-nistp256", "nistp384", new byte[65]),
        "another curve than its type");
    assertRefused(
        "ecdsa-sha2-nistp192",
        strings("ecdsa-sha2-nistp192", "nistp192", new byte[49]),
        "none of P-256, P-384 and P-521");
    assertRefused(
        "ssh-ed25519", strings("ssh-ed25519", new byte[31]), "an Ed25519 key has 32 bytes, not 31");
    assertRefused(
        "ssh-ed25519", strings("ssh-ed25519", new byte[33]), "an Ed25519 key has 32 bytes, not 33");
    assertRefused(
        "ssh-rsa", strings("ssh-rsa", new byte[] {3}, new byte[] {77}), "not a valid RSA");
    assertRefused("ssh-rsa", strings("ssh-rsa", new byte[0], new byte[0]), "not a valid RSA");
  }

  @Test
  void onlyAnUncompressedPointOfTheRightLengthIsRead() {
    for (int length : new int[] {0, 1, 33, 64, 66}) {
      byte[] point = new byte[length];
      Arrays.fill(point, (byte) 4);
      assertRefused(
          "ecdsa-sha2-nistp256",
          strings("ecdsa-sha2-nistp256", "nistp256", point),
          "not an uncompressed point");
    }
    byte[] encoded = Made.P_256.encoded();
    encoded[encoded.length - 65] = 2;
    assertRefused("ecdsa-sha2-nistp256", encoded, "not an uncompressed point");
  }

  @ParameterizedTest
  @EnumSource
  void anEncodingThatIsCutShortOrTooLongIsRefused(Made made) {
    byte[] encoded = made.encoded();
    for (int length = 0; length < encoded.length; length++) {
      byte[] cut = Arrays.copyOf(encoded, length);
      assertThatIllegalArgumentException()
          .as("%d bytes", length)
          .isThrownBy(() -> SshPublicKeys.parse(line(made, cut)));
    }
    assertRefused(line(made, Arrays.copyOf(encoded, encoded.length + 1)), "left over");
  }

  @Test
  void aLengthBeyondTheEndIsRefusedWithoutReadingOrReservingIt() {
    for (int length : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 8}) {
      byte[] encoded = ByteBuffer.allocate(11).putInt(length).array();
      assertRefused("ssh-rsa", encoded, "cut short");
    }
  }

  @Test
  void theListOfSecurityProvidersStaysAsItIs() throws Exception {
    List<Provider> before = List.of(Security.getProviders());
    for (Made made : Made.values()) {
      SshPublicKeys.same(made.bouncyCastle(), made.key());
      SshPublicKeys.fingerprint(made.key());
    }
    SshSigner.of(KeyPairGenerator.getInstance("Ed25519").generateKeyPair())
        .sign(new byte[1], "ssh-ed25519");
    assertThat(Security.getProviders()).containsExactlyElementsOf(before);
    assertThat(Security.getProvider("BC")).isNull();
  }
}
