package io.github.clouddriver.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.clouddriver.Secret;
import io.github.clouddriver.exec.SshPublicKeys;
import io.github.clouddriver.exec.SshSigner;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.misc.MiscObjectIdentifiers;
import org.bouncycastle.asn1.misc.ScryptParams;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.EncryptionScheme;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.PBEParameter;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCS12PBEParams;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read from key files and what is said of those that cannot be. */
@Timeout(60)
class SshPrivateKeysTest {
  static final List<String> PLAIN = ThrowAwayKeys.PLAIN;
  static final List<String> ENCRYPTED = ThrowAwayKeys.ENCRYPTED;

  @TempDir Path directory;

  private static IllegalArgumentException refusal(String text, @Nullable Secret passphrase) {
    IllegalArgumentException refusal =
        catchThrowableOfType(
            IllegalArgumentException.class, () -> SshPrivateKeys.parse(text, passphrase));
    assertThat(refusal).isNotNull().hasNoCause().hasNoSuppressedExceptions();
    return refusal;
  }

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("id"), text);
  }

  @ParameterizedTest
  @FieldSource("PLAIN")
  void aPlainKeyIsReadWithAndWithoutAPassphrase(String name) throws Exception {
    Path file = file(ThrowAwayKeys.text(name));
    assertThat(SshPrivateKeys.isEncrypted(file)).isFalse();
    KeyPair pair = SshPrivateKeys.read(file, null);
    assertThat(SshSigner.of(pair).sign(new byte[1], SshSigner.of(pair).algorithms().get(0)))
        .isNotEmpty();
    KeyPair again = SshPrivateKeys.read(file, ThrowAwayKeys.PASSPHRASE);
    assertThat(again.getPublic()).isEqualTo(pair.getPublic());
    assertThat(again.getPrivate()).isEqualTo(pair.getPrivate());
  }

  @ParameterizedTest
  @FieldSource("ENCRYPTED")
  void anEncryptedKeyIsReadWithItsPassphraseOnly(String name) throws Exception {
    String text = ThrowAwayKeys.text(name);
    Path file = file(text);
    assertThat(SshPrivateKeys.isEncrypted(file)).isTrue();
    KeyPair pair = SshPrivateKeys.read(file, ThrowAwayKeys.PASSPHRASE);
    assertThat(SshSigner.of(pair).sign(new byte[1], SshSigner.of(pair).algorithms().get(0)))
        .isNotEmpty();
    assertThat(refusal(text, null)).hasMessageContaining("no passphrase was given");
    assertThat(refusal(text, Secret.of("throw-away passphrase")))
        .hasMessageContaining("passphrase of the private key is wrong");
  }

  @Test
  void aKeyIsTheSameInEveryFormat() {
    for (String kind : List.of("rsa", "ecdsa", "ed25519-openssh")) {
      assertThat(
              PLAIN.stream()
                  .filter(name -> name.startsWith(kind) && !name.contains("explicit"))
                  .map(name -> fingerprint(ThrowAwayKeys.text(name), null))
                  .collect(Collectors.toSet()))
          .hasSize(1);
    }
    assertThat(fingerprint(ThrowAwayKeys.text("rsa-pem-encrypted"), ThrowAwayKeys.PASSPHRASE))
        .isEqualTo(fingerprint(ThrowAwayKeys.text("rsa-openssh"), null));
  }

  private static String fingerprint(String text, @Nullable Secret passphrase) {
    return SshPublicKeys.fingerprint(SshPrivateKeys.parse(text, passphrase).getPublic());
  }

  @Test
  void aCurveThatIsSpelledOutIsTheOneThatHasTheName() {
    KeyPair pair = SshPrivateKeys.parse(ThrowAwayKeys.text("ecdsa-pem-explicit-curve"), null);
    assertThat(SshPublicKeys.toOpenSsh(pair.getPublic())).startsWith("ecdsa-sha2-nistp256 ");
    assertThat(((ECPublicKey) pair.getPublic()).getParams().toString()).contains("secp256r1");
  }

  @ParameterizedTest
  @FieldSource("PLAIN")
  void whatIsAroundTheKeyDoesNotMatter(String name) {
    String text = ThrowAwayKeys.text(name);
    String key = text.substring(text.indexOf("-----BEGIN"));
    String expected = fingerprint(key, null);
    for (String same :
        List.of(
            key.replace("\n", "\r\n"),
            key.replace("\n", "\r"),
            "\n\n \t\n" + key.strip(),
            "# -----BEGIN of a comment\nssh-rsa\n" + key + "\n\n-----END\nmore\n",
            key.replace("\n", "\n    ").indent(4),
            key + "\n" + ThrowAwayKeys.text("ed25519-pkcs8"))) {
      assertThat(fingerprint(same, null)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "refused-rsa-1024, an RSA key of 1024 bits",
    "refused-dsa-openssh, a DSA key",
    "refused-dsa-pem, a DSA key",
    "refused-dsa-pkcs8, a DSA key",
    "refused-curve, a curve that is not used",
    "refused-ed448, a kind that is not used",
  })
  void aKeyOfAnotherKindIsRefusedAndSaysWhatToUse(String name, String why) throws Exception {
    assertThat(refusal(ThrowAwayKeys.text(name), null))
        .hasMessageContaining(why)
        .hasMessageContaining("P-521");
    assertThatThrownBy(() -> SshPrivateKeys.read(file(ThrowAwayKeys.text(name)), null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(directory.resolve("id").toString())
        .hasMessageContaining(why);
  }

  @Test
  void theHandleOfASecurityKeyIsRefused() {
    String sk = "sk-ssh-ed25519@openssh.com";
    ByteBuffer container = ByteBuffer.allocate(200);
    container.put("openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII));
    for (String each : List.of("none", "none", "")) {
      put(container, each);
    }
    container.putInt(1).putInt(4 + sk.length());
    put(container, sk);
    assertThat(refusal(CraftedKeys.openSsh(container.array()), null)).hasMessageContaining("FIDO");
  }

  private static void put(ByteBuffer out, String text) {
    out.putInt(text.length()).put(text.getBytes(StandardCharsets.US_ASCII));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                        | no line \"-----BEGIN",
        "hunter2                                   | no line \"-----BEGIN",
        "-----BEGIN HUNTER2 PRIVATE KEY-----       | no line \"-----BEGIN",
        "ssh-ed25519 AAAAhunter2 me@here           | a public key",
        "-----BEGIN PUBLIC KEY-----                | a public key",
        "---- BEGIN SSH2 PUBLIC KEY ----           | a public key",
        "PuTTY-User-Key-File-3: ssh-ed25519        | puttygen",
        "-----BEGIN PRIVATE KEY-----               | damaged or cut short",
      })
  void whatIsNoPrivateKeyIsExplained(String text, String why) {
    assertThat(refusal(text, null).getMessage())
        .contains(why)
        .doesNotContainIgnoringCase("hunter2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa-pem", "rsa-pkcs8", "ecdsa-pem", "ecdsa-openssh", "ed25519-openssh"})
  void aKeyThatLostALineIsDamaged(String name) {
    List<String> lines = ThrowAwayKeys.text(name).lines().toList();
    for (int lost = 2; lost < lines.size() - 1; lost++) {
      String without =
          String.join("\n", lines.subList(0, lost))
              + "\n"
              + String.join("\n", lines.subList(lost + 1, lines.size()));
      assertThat(refusal(without, null)).hasMessageContaining("damaged");
    }
  }

  @Test
  void halvesOfTwoKeysAreDamaged() {
    byte[] one = CraftedKeys.content("ed25519-openssh");
    KeyPair other = TestKeys.ed25519();
    byte[] encoded = SshPublicKeys.encode(other.getPublic());
    // The header is: magic, three short strings, the number of keys, the public key.
    int at = "openssh-key-v1\0".length() + 2 * (4 + "none".length()) + 4 + 4 + 4;
    System.arraycopy(encoded, 0, one, at, encoded.length);
    assertThat(refusal(CraftedKeys.openSsh(one), null)).hasMessageContaining("damaged");
  }

  /** Otherwise damage to an encrypted key could make it another key. */
  @ParameterizedTest
  @ValueSource(ints = {0xa0, 0xa2, 0x61, 0x81, 0x30})
  void aPublicHalfThatIsNotToBeRecognisedIsDamage(int tag) {
    byte[] key = CraftedKeys.content("ecdsa-pkcs8");
    int at = HexFormat.of().formatHex(key).indexOf("a144034200") / 2;
    assertThat(at).isPositive();
    key[at] = (byte) tag;
    assertThat(refusal(CraftedKeys.file(CraftedKeys.PKCS8, key), null))
        .hasMessageContaining("damaged");
  }

  @Test
  void roundsThatWouldTakeAllTheTimeAreRefused() {
    byte[] file = CraftedKeys.content("ed25519-openssh-encrypted");
    String header = new String(file, StandardCharsets.ISO_8859_1);
    int options = header.indexOf("bcrypt") + "bcrypt".length();
    int rounds = options + 4 + 4 + 16;
    assertThat(ByteBuffer.wrap(file).getInt(rounds)).isEqualTo(1);
    for (int many : new int[] {1001, Integer.MAX_VALUE, -1}) {
      ByteBuffer.wrap(file).putInt(rounds, many);
      assertThat(refusal(CraftedKeys.openSsh(file), ThrowAwayKeys.PASSPHRASE).getMessage())
          .containsAnyOf("more than 1000 rounds", "damaged");
    }
  }

  /** Ways of encryption that a file may ask for, and that a hostile one would. */
  static List<AlgorithmIdentifier> costlyWays() {
    byte[] salt = new byte[16];
    AlgorithmIdentifier aes =
        new AlgorithmIdentifier(
            NISTObjectIdentifiers.id_aes256_CBC, new DEROctetString(new byte[16]));
    return List.of(
        pbes2(PKCSObjectIdentifiers.id_PBKDF2, new PBKDF2Params(salt, 10_000_001), aes),
        pbes2(PKCSObjectIdentifiers.id_PBKDF2, new PBKDF2Params(salt, -1), aes),
        pbes2(MiscObjectIdentifiers.id_scrypt, new ScryptParams(salt, 1 << 21, 8, 1), aes),
        pbes2(MiscObjectIdentifiers.id_scrypt, new ScryptParams(salt, 1 << 21, -8, -1), aes),
        new AlgorithmIdentifier(
            PKCSObjectIdentifiers.pbeWithSHAAnd3_KeyTripleDES_CBC,
            new PKCS12PBEParams(salt, 10_000_001)),
        new AlgorithmIdentifier(
            PKCSObjectIdentifiers.pbeWithSHA1AndDES_CBC,
            new PBEParameter(new byte[8], 10_000_001)));
  }

  private static AlgorithmIdentifier pbes2(
      ASN1ObjectIdentifier derivation, ASN1Encodable parameters, AlgorithmIdentifier cipher) {
    return new AlgorithmIdentifier(
        PKCSObjectIdentifiers.id_PBES2,
        new PBES2Parameters(
            new KeyDerivationFunc(derivation, parameters), EncryptionScheme.getInstance(cipher)));
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("costlyWays")
  void whatWouldTakeAllTheTimeOrMemoryIsRefused(AlgorithmIdentifier way) throws Exception {
    assertThat(refusal(encrypted(way), ThrowAwayKeys.PASSPHRASE).getMessage())
        .containsAnyOf("more than", "is damaged");
  }

  private static String encrypted(AlgorithmIdentifier way) throws IOException {
    return CraftedKeys.file(
        KeyText.ENCRYPTED_PKCS8, new EncryptedPrivateKeyInfo(way, new byte[64]));
  }

  /** Ways of encryption that are not read, as far as they are told by parameters of their own. */
  static List<AlgorithmIdentifier> unsupportedWays() {
    byte[] salt = new byte[16];
    ASN1ObjectIdentifier unknown = new ASN1ObjectIdentifier("1.2.3.4");
    return List.of(
        new AlgorithmIdentifier(PKCSObjectIdentifiers.pkcs_5.branch("99"), new DERUTF8String("x")),
        new AlgorithmIdentifier(PKCSObjectIdentifiers.pkcs_5.branch("99")),
        new AlgorithmIdentifier(
            PKCSObjectIdentifiers.pbeWithMD2AndRC2_CBC, new PBEParameter(new byte[8], 1)),
        pbes2(unknown, new DERUTF8String("x"), new AlgorithmIdentifier(unknown)),
        pbes2(
            PKCSObjectIdentifiers.id_PBKDF2,
            new PBKDF2Params(salt, 1),
            new AlgorithmIdentifier(unknown)));
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("unsupportedWays")
  void anUnsupportedEncryptionIsNoWrongPassphrase(AlgorithmIdentifier way) throws Exception {
    assertThat(refusal(encrypted(way), ThrowAwayKeys.PASSPHRASE))
        .hasMessageContaining("in a way that is not supported");
  }

  @ParameterizedTest
  @ValueSource(strings = {"CAMELLIA-256-CBC", "AES-512-CBC", "AES-256-GCM", "X"})
  void anUnsupportedOldCipherIsNoWrongPassphrase(String cipher) {
    String text = ThrowAwayKeys.text("rsa-pem-encrypted").replace("AES-256-CBC", cipher);
    assertThat(refusal(text, ThrowAwayKeys.PASSPHRASE))
        .hasMessageContaining("in a way that is not supported");
  }

  @ParameterizedTest
  @CsvSource({"aes256-ctr, aes256-xyz", "bcrypt, scrypt"})
  void anUnsupportedEncryptionOfOpenSshIsNoDamage(String known, String unknown) throws Exception {
    String content =
        new String(CraftedKeys.content("ed25519-openssh-encrypted"), StandardCharsets.ISO_8859_1);
    assertThat(content).contains(known);
    String text =
        CraftedKeys.openSsh(content.replace(known, unknown).getBytes(StandardCharsets.ISO_8859_1));
    assertThat(refusal(text, ThrowAwayKeys.PASSPHRASE))
        .hasMessageContaining("in a way that is not supported");
    assertThat(refusal(text, null)).hasMessageContaining("in a way that is not supported");
    assertThat(SshPrivateKeys.isEncrypted(file(text))).isTrue();
  }

  @Test
  void aFileThatCannotBeReadIsNamed() throws Exception {
    Path absent = directory.resolve("absent");
    assertThatThrownBy(() -> SshPrivateKeys.read(absent, null))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(absent.toString())
        .hasMessageContaining("does not exist");
    assertThatThrownBy(() -> SshPrivateKeys.read(directory, null))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(directory.toString());
    assertThatThrownBy(() -> SshPrivateKeys.isEncrypted(file("hunter2")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(directory.resolve("id").toString());
    Path large = Files.write(directory.resolve("large"), new byte[(1 << 20) + 1]);
    assertThatThrownBy(() -> SshPrivateKeys.read(large, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(large + " is too large");
  }

  @Test
  void aKeyTextPrintsNothingOfTheKey() {
    assertThat(KeyText.in(ThrowAwayKeys.text("rsa-pem"))).hasToString("KeyText[RSA PRIVATE KEY]");
  }
}
