package io.github.clouddriver.ssh;

import com.hierynomus.sshj.common.KeyDecryptionFailedException;
import com.hierynomus.sshj.userauth.keyprovider.OpenSSHKeyV1KeyFile;
import io.github.clouddriver.Secret;
import io.github.clouddriver.exec.SshPublicKeys;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.SecurityUtils;
import net.schmizz.sshj.userauth.password.PasswordUtils;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.jspecify.annotations.Nullable;

/** The format that {@code ssh-keygen} writes by itself, read by sshj. */
final class OpenSshKeyFormat {
  private static final byte[] MAGIC = "openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII);

  /** Ten seconds or so, since they come from the file; {@code ssh-keygen} makes it 16 or 24. */
  private static final int MOST_ROUNDS = 1000;

  private static final String NOT_ENCRYPTED = "none";
  private static final String BCRYPT = "bcrypt";

  /** What sshj can decrypt, which is all that OpenSSH has today. */
  private static final Set<String> CIPHERS =
      Set.of(
          "aes128-cbc",
          "aes192-cbc",
          "aes256-cbc",
          "aes128-ctr",
          "aes192-ctr",
          "aes256-ctr",
          "aes128-gcm@openssh.com",
          "aes256-gcm@openssh.com",
          "chacha20-poly1305@openssh.com",
          "3des-cbc");

  private OpenSshKeyFormat() {}

  /**
   * What can be read without the passphrase.
   *
   * @param derivation how the key of the cipher comes from the passphrase
   * @param rounds of the key derivation
   * @param publicKey as {@link SshPublicKeys#toOpenSsh} writes it
   */
  private record Header(String cipher, String derivation, int rounds, String publicKey) {
    boolean isEncrypted() {
      return !cipher.equals(NOT_ENCRYPTED);
    }

    boolean isSupported() {
      return !isEncrypted() || (CIPHERS.contains(cipher) && derivation.equals(BCRYPT));
    }
  }

  static boolean isEncrypted(KeyText key) throws IOException {
    return header(content(key)).isEncrypted();
  }

  /**
   * Reads a key.
   *
   * @throws IOException if it is damaged; this and unchecked exceptions may show content
   */
  static KeyPair read(KeyText key, @Nullable Secret passphrase)
      throws IOException, GeneralSecurityException {
    Buffer.PlainBuffer content = content(key);
    Header header = header(content);
    requireKnown(header.publicKey());
    if (!header.isSupported()) {
      throw UnusableKeyException.unsupportedEncryption();
    }
    OpenSSHKeyV1KeyFile file = new OpenSSHKeyV1KeyFile();
    if (!header.isEncrypted()) {
      requireWhole(new Buffer.PlainBuffer(content.readBytes()));
      file.init(new StringReader(key.text()), null, null);
    } else if (passphrase == null) {
      throw UnusableKeyException.passphraseMissing();
    } else if (header.rounds() < 0 || header.rounds() > MOST_ROUNDS) {
      throw UnusableKeyException.tooCostly("rounds", MOST_ROUNDS);
    } else {
      file.init(
          new StringReader(key.text()),
          null,
          PasswordUtils.createOneOff(passphrase.reveal().toCharArray()));
    }
    try {
      KeyPair pair = KeyPairs.of(PrivateKeyInfo.getInstance(file.getPrivate().getEncoded()));
      if (!SshPublicKeys.toOpenSsh(pair.getPublic()).equals(header.publicKey())) {
        throw UnusableKeyException.damaged(); // two halves of different keys
      }
      return pair;
    } catch (KeyDecryptionFailedException e) {
      throw header.isEncrypted()
          ? UnusableKeyException.passphraseWrong()
          : UnusableKeyException.damaged();
    }
  }

  private static Buffer.PlainBuffer content(KeyText key) {
    return new Buffer.PlainBuffer(Base64.getDecoder().decode(key.body()));
  }

  /** Reads what is before the private key. */
  private static Header header(Buffer.PlainBuffer in) throws IOException {
    byte[] magic = new byte[MAGIC.length];
    in.readRawBytes(magic);
    if (!Arrays.equals(magic, MAGIC)) {
      throw UnusableKeyException.damaged();
    }
    String cipher = in.readString();
    String derivation = in.readString();
    Buffer.PlainBuffer options = new Buffer.PlainBuffer(in.readBytes());
    int rounds = 0;
    if (derivation.equals(BCRYPT) && options.available() > 0) {
      options.readBytes(); // the salt
      rounds = options.readUInt32AsInt();
    }
    if (in.readUInt32() != 1) {
      throw UnusableKeyException.damaged(); // no program has ever written several
    }
    byte[] publicKey = in.readBytes();
    Buffer.PlainBuffer parts = new Buffer.PlainBuffer(publicKey);
    String kind = parts.readString();
    while (parts.available() > 0) {
      parts.readBytes(); // as in requireWhole
    }
    return new Header(
        cipher, derivation, rounds, kind + " " + Base64.getEncoder().encodeToString(publicKey));
  }

  /**
   * Refuses a point that is longer than what is left of the private key: sshj makes room for as
   * much as is stated, gigabytes perhaps, before it looks.
   */
  private static void requireWhole(Buffer.PlainBuffer privateKey) throws IOException {
    privateKey.readUInt32(); // the same number
    privateKey.readUInt32(); // twice
    privateKey.readBytes(); // the kind
    privateKey.readBytes(); // the curve, or what another kind has there
    privateKey.readBytes(); // the point
  }

  private static void requireKnown(String publicKey) throws GeneralSecurityException {
    if (publicKey.startsWith("sk-")) {
      throw UnusableKeyException.kind(
          "a handle of a FIDO security key, which only an agent can sign with");
    }
    if (publicKey.startsWith("ssh-dss ")) {
      throw UnusableKeyException.kind("a DSA key, which servers no longer accept");
    }
    if (publicKey.startsWith("ecdsa-")) {
      try {
        SecurityUtils.getKeyFactory("ECDSA");
      } catch (NoSuchAlgorithmException e) {
        // The name is Bouncy Castle's own, and sshj asks for no other.
        throw new UnusableKeyException(
            "an ECDSA key in OpenSSH's format cannot be read where sshj may not register Bouncy"
                + " Castle; convert it with \"ssh-keygen -p -m PKCS8 -f FILE\"");
      }
    }
  }
}
