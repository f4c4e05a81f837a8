package io.github.clouddriver.ssh;

import io.github.clouddriver.Secret;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Provider;
import java.util.Set;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.misc.MiscObjectIdentifiers;
import org.bouncycastle.asn1.misc.ScryptParams;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.PBEParameter;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCS12PBEParams;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.bc.BcPEMDecryptorProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEInputDecryptorProviderBuilder;
import org.jspecify.annotations.Nullable;

/** The formats of OpenSSL, PEM and PKCS#8, read by Bouncy Castle. */
final class PemKeyFormat {
  /** A few seconds, since they come from the file; OpenSSL makes it 2048. */
  private static final int MOST_ITERATIONS = 10_000_000;

  /** In bytes; OpenSSL takes 16 MiB. */
  private static final int MOST_SCRYPT_MEMORY = 256 << 20;

  /** What Bouncy Castle knows of what OpenSSL's old way of encryption may name. */
  private static final Pattern OLD_CIPHERS =
      Pattern.compile("(AES-(128|192|256)|DES|DES-EDE3?|BF|RC2(-40|-64)?)-(CBC|CFB|OFB)");

  /** What Bouncy Castle knows of the first version of PKCS#5. */
  private static final Set<ASN1ObjectIdentifier> PBES1 =
      Set.of(
          PKCSObjectIdentifiers.pbeWithMD5AndDES_CBC, PKCSObjectIdentifiers.pbeWithSHA1AndDES_CBC);

  private PemKeyFormat() {}

  /** Of our own, so that nothing has to join the Java runtime's list of providers. */
  private static final class Ciphers {
    static final Provider PROVIDER = new BouncyCastleProvider();
  }

  /**
   * Reads a key.
   *
   * @throws IOException if it is damaged; this and unchecked exceptions may show content
   */
  static KeyPair read(KeyText key, @Nullable Secret passphrase)
      throws IOException, GeneralSecurityException {
    Object parsed;
    try (PEMParser parser = new PEMParser(new StringReader(key.text()))) {
      parsed = parser.readObject();
    }
    if (parsed instanceof PEMKeyPair plain) {
      return KeyPairs.of(plain.getPrivateKeyInfo());
    }
    if (parsed instanceof PrivateKeyInfo plain) {
      return KeyPairs.of(plain);
    }
    if (passphrase == null) {
      throw UnusableKeyException.passphraseMissing();
    }
    try {
      if (parsed instanceof PEMEncryptedKeyPair encrypted) {
        return KeyPairs.of(decrypt(encrypted, passphrase));
      }
      return KeyPairs.of(decrypt((PKCS8EncryptedPrivateKeyInfo) parsed, passphrase));
    } catch (UnusableKeyException e) {
      throw e;
    } catch (IOException | GeneralSecurityException | PKCSException | RuntimeException e) {
      if (e.getCause() instanceof OperatorCreationException) {
        throw UnusableKeyException.unsupportedEncryption(); // with any passphrase
      }
      // Not every wrong passphrase is noticed while decrypting; what comes out then is no key.
      throw UnusableKeyException.passphraseWrong();
    }
  }

  private static PrivateKeyInfo decrypt(PEMEncryptedKeyPair encrypted, Secret passphrase)
      throws IOException {
    if (!OLD_CIPHERS.matcher(encrypted.getDekAlgName()).matches()) {
      throw UnusableKeyException.unsupportedEncryption();
    }
    // It takes the low byte of each character, where OpenSSL takes the bytes of UTF-8.
    String bytes =
        new String(
            passphrase.reveal().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    return encrypted
        .decryptKeyPair(new BcPEMDecryptorProvider(bytes.toCharArray()))
        .getPrivateKeyInfo();
  }

  private static PrivateKeyInfo decrypt(PKCS8EncryptedPrivateKeyInfo encrypted, Secret passphrase)
      throws PKCSException {
    requireCheap(encrypted.toASN1Structure().getEncryptionAlgorithm());
    return encrypted.decryptPrivateKeyInfo(
        new JcePKCSPBEInputDecryptorProviderBuilder()
            .setProvider(Ciphers.PROVIDER)
            .build(passphrase.reveal().toCharArray()));
  }

  /** Refuses what would take all the time or memory there is before it turns out to be wrong. */
  private static void requireCheap(AlgorithmIdentifier algorithm) {
    ASN1ObjectIdentifier scheme = algorithm.getAlgorithm();
    ASN1Encodable parameters = algorithm.getParameters();
    if (scheme.on(PKCSObjectIdentifiers.pkcs_12PbeIds)) {
      requireCheap(PKCS12PBEParams.getInstance(parameters).getIterations());
    } else if (PBES1.contains(scheme)) {
      requireCheap(PBEParameter.getInstance(parameters).getIterationCount());
    } else if (scheme.equals(PKCSObjectIdentifiers.id_PBES2)) {
      requireCheap(PBES2Parameters.getInstance(parameters).getKeyDerivationFunc());
    } else {
      throw UnusableKeyException.unsupportedEncryption();
    }
  }

  private static void requireCheap(KeyDerivationFunc derivation) {
    if (derivation.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBKDF2)) {
      requireCheap(PBKDF2Params.getInstance(derivation.getParameters()).getIterationCount());
    } else if (derivation.getAlgorithm().equals(MiscObjectIdentifiers.id_scrypt)) {
      ScryptParams scrypt = ScryptParams.getInstance(derivation.getParameters());
      BigInteger memory =
          BigInteger.valueOf(128)
              .multiply(positive(scrypt.getCostParameter()))
              .multiply(positive(scrypt.getBlockSize()))
              .multiply(positive(scrypt.getParallelizationParameter()));
      if (memory.compareTo(BigInteger.valueOf(MOST_SCRYPT_MEMORY)) > 0) {
        throw UnusableKeyException.tooCostly("bytes of memory", MOST_SCRYPT_MEMORY);
      }
    } else {
      throw UnusableKeyException.unsupportedEncryption();
    }
  }

  private static void requireCheap(BigInteger iterations) {
    if (positive(iterations).compareTo(BigInteger.valueOf(MOST_ITERATIONS)) > 0) {
      throw UnusableKeyException.tooCostly("iterations", MOST_ITERATIONS);
    }
  }

  /** The library takes the last 32 bits, so that a number below zero might be any above. */
  private static BigInteger positive(BigInteger number) {
    if (number.signum() <= 0) {
      throw UnusableKeyException.damaged();
    }
    return number;
  }
}
