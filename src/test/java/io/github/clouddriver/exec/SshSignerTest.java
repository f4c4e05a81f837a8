package io.github.clouddriver.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signatures as SSH wants them, taken apart here by hand and verified by the Java runtime. */
class SshSignerTest {

  private static KeyPair pair(String kind, long seed) throws Exception {
    SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
    random.setSeed(seed);
    if (kind.startsWith("secp")) {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(kind), random);
      return generator.generateKeyPair();
    }
    KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
    if (kind.equals("RSA")) {
      generator.initialize(2048, random);
    }
    return generator.generateKeyPair();
  }

  private static byte[] string(ByteBuffer in) {
    byte[] bytes = new byte[in.getInt()];
    in.get(bytes);
    return bytes;
  }

  private static BigInteger mpint(ByteBuffer in) {
    byte[] bytes = string(in);
    BigInteger value = new BigInteger(bytes);
    assertThat(value).isPositive();
    assertThat(bytes).as("the shortest form").isEqualTo(value.toByteArray());
    return value;
  }

  private static void der(ByteArrayOutputStream out, int tag, byte[] bytes) {
    out.write(tag);
    if (bytes.length > 127) {
      out.write(0x81);
    }
    out.write(bytes.length);
    out.writeBytes(bytes);
  }

  private static boolean verifies(
      PublicKey key, String jdkAlgorithm, byte[] data, byte[] signature, String sshAlgorithm)
      throws Exception {
    ByteBuffer in = ByteBuffer.wrap(signature);
    assertThat(new String(string(in), StandardCharsets.US_ASCII)).isEqualTo(sshAlgorithm);
    byte[] raw = string(in);
    assertThat(in.hasRemaining()).as("bytes left over").isFalse();
    if (key instanceof ECPublicKey) {
      ByteBuffer numbers = ByteBuffer.wrap(raw);
      ByteArrayOutputStream sequence = new ByteArrayOutputStream();
      der(sequence, 2, mpint(numbers).toByteArray());
      der(sequence, 2, mpint(numbers).toByteArray());
      assertThat(numbers.hasRemaining()).as("bytes left over in the numbers").isFalse();
      ByteArrayOutputStream whole = new ByteArrayOutputStream();
      der(whole, 0x30, sequence.toByteArray());
      raw = whole.toByteArray();
    }
    Signature verifier = Signature.getInstance(jdkAlgorithm);
    verifier.initVerify(key);
    verifier.update(data);
    return verifier.verify(raw);
  }

  @ParameterizedTest
  @CsvSource({
    "RSA, rsa-sha2-512, SHA512withRSA, 20",
    "RSA, rsa-sha2-256, SHA256withRSA, 20",
    "secp256r1, ecdsa-sha2-nistp256, SHA256withECDSA, 800",
    "secp384r1, ecdsa-sha2-nistp384, SHA384withECDSA, 300",
    "secp521r1, ecdsa-sha2-nistp521, SHA512withECDSA, 200",
    "Ed25519, ssh-ed25519, Ed25519, 50"
  })
  void everySignatureVerifies(String kind, String sshName, String jdkName, int times)
      throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    KeyPair pair = pair(kind, seed);
    SshSigner signer = SshSigner.of(pair);
    for (int i = 0; i < times; i++) {
      byte[] data = new byte[random.nextInt(200)];
      random.nextBytes(data);
      byte[] signature = signer.sign(data, sshName);
      String shown = HexFormat.of().formatHex(signature);
      assertThat(verifies(pair.getPublic(), jdkName, data, signature, sshName))
          .as("seed %d, signature %d: %s", seed, i, shown)
          .isTrue();
    }
    byte[] one = signer.sign(new byte[1], sshName);
    assertThat(verifies(pair.getPublic(), jdkName, new byte[2], one, sshName)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "RSA, rsa-sha2-512, rsa-sha2-256",
    "secp256r1, ecdsa-sha2-nistp256,",
    "secp384r1, ecdsa-sha2-nistp384,",
    "secp521r1, ecdsa-sha2-nistp521,",
    "Ed25519, ssh-ed25519,"
  })
  void aSignerNamesItsAlgorithmsBestFirstAndItsPublicKey(String kind, String best, String other)
      throws Exception {
    KeyPair pair = pair(kind, 1);
    SshSigner signer = SshSigner.of(pair);
    assertThat(signer.algorithms())
        .containsExactly(other == null ? new String[] {best} : new String[] {best, other});
    assertThatThrownBy(() -> signer.algorithms().add("x"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(signer.publicKey()).isEqualTo(SshPublicKeys.encode(pair.getPublic()));
    signer.publicKey()[0] = 77;
    assertThat(signer.publicKey()).isEqualTo(SshPublicKeys.encode(pair.getPublic()));
    assertThat(signer)
        .hasToString("SshSigner[" + SshPublicKeys.fingerprint(pair.getPublic()) + "]");
  }

  @ParameterizedTest
  @CsvSource({
    "RSA, ssh-rsa",
    "RSA, SHA512withRSA",
    "secp256r1, ecdsa-sha2-nistp384",
    "Ed25519, rsa-sha2-512"
  })
  void anAlgorithmThatIsNotOneOfTheSignersIsRefused(String kind, String algorithm)
      throws Exception {
    SshSigner signer = SshSigner.of(pair(kind, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> signer.sign(new byte[1], algorithm))
        .withMessageContaining(algorithm)
        .withMessageContaining(signer.algorithms().get(0));
  }

  @ParameterizedTest
  @CsvSource({
    "RSA, rsa-sha2-512, SHA512withRSA",
    "EC, ecdsa-sha2-nistp256, SHA256withECDSA",
    "Ed25519, ssh-ed25519, Ed25519"
  })
  void aKeyPairOfAnotherProviderSigns(String kind, String sshName, String jdkName)
      throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(kind, new BouncyCastleProvider());
    if (kind.equals("EC")) {
      generator.initialize(new ECGenParameterSpec("secp256r1"));
    }
    KeyPair pair = generator.generateKeyPair();
    byte[] data = {1, 2, 3};
    byte[] signature = SshSigner.of(pair).sign(data, sshName);
    PublicKey ours = SshPublicKeys.parse(SshPublicKeys.toOpenSsh(pair.getPublic()));
    assertThat(verifies(ours, jdkName, data, signature, sshName)).isTrue();
  }

  /** Numbers of an ECDSA signature: the shortest, with and without a sign byte, the longest. */
  @ParameterizedTest
  @ValueSource(strings = {"1", "7f", "80", "ff", "8000", "7fff"})
  void smallNumbersAndLongOnesComeThrough(String hex) {
    BigInteger small = new BigInteger(hex, 16);
    BigInteger longest = BigInteger.ONE.shiftLeft(521).subtract(BigInteger.ONE);
    BigInteger high = BigInteger.ONE.shiftLeft(512).subtract(BigInteger.ONE);
    for (BigInteger r : new BigInteger[] {small, longest, high}) {
      for (BigInteger s : new BigInteger[] {small, longest, high}) {
        ByteArrayOutputStream sequence = new ByteArrayOutputStream();
        der(sequence, 2, r.toByteArray());
        der(sequence, 2, s.toByteArray());
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        der(whole, 0x30, sequence.toByteArray());
        ByteBuffer out = ByteBuffer.wrap(KeyPairSigner.fromDer(whole.toByteArray()));
        assertThat(mpint(out)).isEqualTo(r);
        assertThat(mpint(out)).isEqualTo(s);
        assertThat(out.hasRemaining()).isFalse();
      }
    }
  }

  @Test
  void anRsaKeyBelow2048BitsIsRefused() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2047);
    KeyPair pair = generator.generateKeyPair();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SshSigner.of(pair))
        .withMessageContaining("2047 bits")
        .withMessageContaining("2048");
  }

  @ParameterizedTest
  @ValueSource(strings = {"DSA", "X25519", "Ed448"})
  void anotherKindOfKeyIsRefused(String kind) throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance(kind).generateKeyPair();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SshSigner.of(pair))
        .withMessageContaining("none of RSA, ECDSA and Ed25519");
  }

  @Test
  void aCurveThatSshDoesNotKnowIsRefused() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", new BouncyCastleProvider());
    generator.initialize(new ECGenParameterSpec("secp256k1"));
    KeyPair pair = generator.generateKeyPair();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SshSigner.of(pair))
        .withMessageContaining("none of the curves");
  }

  @Test
  void halfAPairIsRefused() throws Exception {
    KeyPair pair = pair("RSA", 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SshSigner.of(new KeyPair(pair.getPublic(), null)))
        .withMessageContaining("only one of its keys");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SshSigner.of(new KeyPair(null, pair.getPrivate())))
        .withMessageContaining("only one of its keys");
  }

  @Test
  void aPairWhoseHalvesAreOfDifferentKindsCannotSign() throws Exception {
    KeyPair mixed = new KeyPair(pair("RSA", 1).getPublic(), pair("secp256r1", 1).getPrivate());
    assertThatThrownBy(() -> SshSigner.of(mixed).sign(new byte[1], "rsa-sha2-512"))
        .isInstanceOf(InvalidKeyException.class);
  }

  @Test
  void theDataIsNotChanged() throws Exception {
    byte[] data = {1, 2, 3};
    SshSigner.of(pair("RSA", 1)).sign(data, "rsa-sha2-256");
    assertThat(Arrays.equals(data, new byte[] {1, 2, 3})).isTrue();
  }
}
