package io.github.clouddriver.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.management.ThreadMXBean;
import io.github.clouddriver.exec.SshPublicKeys;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPrivateCrtKey;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import net.schmizz.sshj.common.Buffer;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9FieldID;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.util.BigIntegers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Key files that are made to take up all the time, stack or memory there is, none of them
 * encrypted: how far a file may go with its encryption is in {@link SshPrivateKeysTest}.
 */
@Timeout(60)
class HostileKeyFileTest {
  /** Far more than a refusal takes, and far less than what is refused would. */
  private static final Duration SOON = Duration.ofSeconds(5);

  private static final RSAPrivateCrtKey RSA = (RSAPrivateCrtKey) TestKeys.RSA.getPrivate();

  /** As much as fits into a file, with room for other parts. */
  private static final int LONG = 200_000;

  /** Classes that are loaded at first use would count, too. */
  @BeforeAll
  static void warmUp() {
    ThrowAwayKeys.PLAIN.forEach(name -> SshPrivateKeys.parse(ThrowAwayKeys.text(name), null));
  }

  private static void assertRefusedSoon(String text) {
    assertTimeoutPreemptively(SOON, () -> assertDamaged(text));
  }

  private static void assertDamaged(String text) {
    assertThatThrownBy(() -> SshPrivateKeys.parse(text, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("damaged")
        .hasNoCause();
  }

  private static BigInteger number(int bits) {
    return new BigInteger(bits, new Random(31)).setBit(bits - 1).setBit(0);
  }

  // RSA.

  /** The parts of an RSA key that the length of the modulus does not bound by itself. */
  private enum Part {
    PUBLIC_EXPONENT,
    PRIVATE_EXPONENT,
    P,
    Q,
    EXPONENT_P,
    EXPONENT_Q,
    COEFFICIENT
  }

  /** A good key but for one part. */
  private static BigInteger[] parts(Part other, BigInteger value) {
    BigInteger[] parts = {
      RSA.getPublicExponent(),
      RSA.getPrivateExponent(),
      RSA.getPrimeP(),
      RSA.getPrimeQ(),
      RSA.getPrimeExponentP(),
      RSA.getPrimeExponentQ(),
      RSA.getCrtCoefficient()
    };
    parts[other.ordinal()] = value;
    return parts;
  }

  private static String rsa(BigInteger... parts) throws Exception {
    RSAPrivateKey key =
        new RSAPrivateKey(
            RSA.getModulus(), parts[0], parts[1], parts[2], parts[3], parts[4], parts[5], parts[6]);
    return CraftedKeys.file(
        CraftedKeys.PKCS8,
        new PrivateKeyInfo(
            new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE), key));
  }

  @Test
  void theRsaKeyThatIsSpoiltIsGood() throws Exception {
    String text = rsa(parts(Part.P, RSA.getPrimeP()));
    assertThat(SshPrivateKeys.parse(text, null).getPublic()).isEqualTo(TestKeys.RSA.getPublic());
  }

  @ParameterizedTest
  @EnumSource
  void aPartOfAnRsaKeyThatIsFarTooLongIsRefusedSoon(Part part) throws Exception {
    assertRefusedSoon(rsa(parts(part, number(LONG))));
  }

  /** With which the key would still be a working one. */
  @Test
  void anExponentThatGoesRoundManyTimesIsRefusedSoon() throws Exception {
    BigInteger round = RSA.getPrimeP().subtract(BigInteger.ONE);
    BigInteger exponent = RSA.getPrimeExponentP().add(round.multiply(number(LONG)));
    assertRefusedSoon(rsa(parts(Part.EXPONENT_P, exponent)));
  }

  @Test
  void primesOfAnotherModulusAreDamage() throws Exception {
    assertDamaged(rsa(parts(Part.P, RSA.getPrimeP().add(BigInteger.TWO))));
    BigInteger[] negative = parts(Part.P, RSA.getPrimeP().negate());
    negative[Part.Q.ordinal()] = RSA.getPrimeQ().negate();
    assertDamaged(rsa(negative));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aPrimeInOpenSshsFormatThatIsFarTooLongIsRefusedSoon(boolean first) {
    Buffer.PlainBuffer key = new Buffer.PlainBuffer();
    key.putUInt32(7).putUInt32(7).putString("ssh-rsa");
    key.putMPInt(RSA.getModulus()).putMPInt(RSA.getPublicExponent());
    key.putMPInt(first ? RSA.getPrivateExponent() : number(LONG)).putMPInt(BigInteger.ONE);
    key.putMPInt(first ? number(LONG) : RSA.getPrimeP());
    key.putMPInt(RSA.getPrimeQ()).putString("comment");
    assertRefusedSoon(openSsh(SshPublicKeys.encode(TestKeys.RSA.getPublic()), key));
  }

  // ECDSA.

  /** Bouncy Castle is to see whether the base point, taken so many times, is nothing. */
  @Test
  void aCurveOfAnEndlessOrderIsRefusedSoon() throws Exception {
    BigInteger p = BigInteger.probablePrime(1_040, new Random(32));
    BigInteger x = number(1_000);
    BigInteger y = number(900);
    BigInteger b = y.multiply(y).subtract(x.modPow(BigInteger.valueOf(3), p)).mod(p);
    byte[] point = new byte[1 + 2 * 130];
    point[0] = 4;
    System.arraycopy(BigIntegers.asUnsignedByteArray(130, x), 0, point, 1, 130);
    System.arraycopy(BigIntegers.asUnsignedByteArray(130, y), 0, point, 131, 130);
    DERSequence curve =
        sequence(
            new ASN1Integer(1),
            new X9FieldID(p),
            sequence(
                new DEROctetString(new byte[1]),
                new DEROctetString(BigIntegers.asUnsignedByteArray(130, b))),
            new DEROctetString(point),
            new ASN1Integer(number(3 * LONG)));
    PrivateKeyInfo key =
        new PrivateKeyInfo(
            new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve),
            new ECPrivateKey(256, BigInteger.TEN));
    assertRefusedSoon(CraftedKeys.file(CraftedKeys.PKCS8, key));
  }

  private static DERSequence sequence(ASN1Encodable... parts) {
    return new DERSequence(parts);
  }

  // Depth.

  @ParameterizedTest
  @ValueSource(strings = {"PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY"})
  void aKeyThatIsNestedWithoutEndIsDamage(String label) throws Exception {
    byte[] nested = new byte[80_000];
    for (int i = 0; i < nested.length; i += 2) {
      nested[i] = 0x30;
      nested[i + 1] = (byte) 0x80;
    }
    FutureTask<Void> reading =
        new FutureTask<>(() -> assertDamaged(CraftedKeys.file(label, nested)), null);
    Thread small = new Thread(null, reading, "small stack", 256 << 10);
    small.start();
    reading.get(30, TimeUnit.SECONDS);
  }

  // Memory.

  /** Asserts that little room is made while a key is refused. */
  private static void assertRefusedInLittleSpace(String text) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    assertDamaged(text);
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(64 << 20);
  }

  private static byte[] publicKey(String kind, String curve, int stated) {
    Buffer.PlainBuffer key = new Buffer.PlainBuffer().putString(kind);
    if (!curve.isEmpty()) {
      key.putString(curve);
    }
    return key.putUInt32FromInt(stated).putRawBytes(new byte[65]).getCompactData();
  }

  @ParameterizedTest
  @ValueSource(ints = {200_000_000, Integer.MAX_VALUE, -1})
  void aPointThatIsSaidToBeHugeIsDamage(int stated) {
    byte[] ecdsa = publicKey("ecdsa-sha2-nistp256", "nistp256", stated);
    byte[] ed25519 = publicKey("ssh-ed25519", "", stated);
    for (byte[] huge : List.of(ecdsa, ed25519)) {
      assertRefusedInLittleSpace(openSsh(huge, new Buffer.PlainBuffer()));
    }
    byte[] good = SshPublicKeys.encode(TestKeys.CLIENT.getPublic());
    assertRefusedInLittleSpace(
        openSsh(good, new Buffer.PlainBuffer().putUInt32(7).putUInt32(7).putRawBytes(ecdsa)));
  }

  private static String openSsh(byte[] publicKey, Buffer.PlainBuffer privateKey) {
    for (byte padding = 1; privateKey.available() % 8 > 0; padding++) {
      privateKey.putByte(padding);
    }
    return CraftedKeys.openSsh(
        new Buffer.PlainBuffer()
            .putRawBytes("openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII))
            .putString("none")
            .putString("none")
            .putString("")
            .putUInt32(1)
            .putString(publicKey)
            .putString(privateKey.getCompactData())
            .getCompactData());
  }
}
