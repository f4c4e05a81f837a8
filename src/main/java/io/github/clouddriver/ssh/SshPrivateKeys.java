package io.github.clouddriver.ssh;

import io.github.clouddriver.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import org.jspecify.annotations.Nullable;

/**
 * Private keys from the files that {@code ssh-keygen} and OpenSSL write. What comes out is for
 * {@link io.github.clouddriver.exec.SshSigner#of} and for the request that creates an instance.
 *
 * <p>Formats: OpenSSH's own ({@code BEGIN OPENSSH PRIVATE KEY}), PEM ({@code BEGIN RSA PRIVATE KEY}
 * and {@code BEGIN EC PRIVATE KEY}), and PKCS#8 ({@code BEGIN PRIVATE KEY} and {@code BEGIN
 * ENCRYPTED PRIVATE KEY}), each with or without a passphrase. Kinds: RSA of 2048 bits or more,
 * ECDSA on P-256, P-384 and P-521, and Ed25519. A security key's file holds no private key: see
 * {@link SshAgent}. Blank lines and comments around the key do not matter, nor do the ends of
 * lines; of several keys the first is read.
 *
 * <p>The keys are objects of the Java runtime's providers, in the order of preference that the
 * process has; the two halves of a pair are known to belong together. No message shows anything of
 * a key or a passphrase (clause D8). Safe for any thread. Reading an encrypted key takes a good
 * part of a second, for that is what protects it; one that would take minutes is refused.
 *
 * <p>The first key in OpenSSH's own format appends the provider {@code BC} to the Java runtime's
 * list of security providers, unless that is in it: the {@linkplain io.github.clouddriver.ssh
 * package} tells how to have it otherwise.
 */
public final class SshPrivateKeys {
  private static final int LARGEST_FILE = 1 << 20;

  private SshPrivateKeys() {}

  /**
   * Reads a private key. Does not touch the network or a file.
   *
   * @param text the content of a key file
   * @param passphrase what an encrypted key is encrypted with, taken as UTF-8; not needed, and not
   *     looked at, if the key is not encrypted
   * @return the key and the public key that belongs to it
   * @throws IllegalArgumentException if this is not a private key, if it is damaged, encrypted and
   *     the passphrase is missing or wrong, or of a kind that is not supported; the message says
   *     which, and without anything of the text
   */
  public static KeyPair parse(String text, @Nullable Secret passphrase) {
    KeyText key = KeyText.in(text);
    try {
      return key.isOpenSsh()
          ? OpenSshKeyFormat.read(key, passphrase)
          : PemKeyFormat.read(key, passphrase);
    } catch (UnusableKeyException e) {
      throw e;
    } catch (IOException | GeneralSecurityException | RuntimeException | StackOverflowError e) {
      // Bouncy Castle goes as deep as the file is nested. Without the cause, which may show what it
      // stumbled on.
      throw UnusableKeyException.damaged();
    }
  }

  /**
   * Reads a private key from a file.
   *
   * @param file a key file
   * @param passphrase as in {@link #parse}
   * @return the key and the public key that belongs to it
   * @throws IOException if the file cannot be read; the message names it
   * @throws IllegalArgumentException as in {@link #parse}; the message names the file, too
   */
  public static KeyPair read(Path file, @Nullable Secret passphrase) throws IOException {
    String text = text(file);
    try {
      return parse(text, passphrase);
    } catch (UnusableKeyException e) {
      throw new UnusableKeyException(file + ": " + e.getMessage());
    }
  }

  /**
   * Tells whether a private key needs a passphrase, for a program that asks a person for it.
   *
   * @param file a key file
   * @return whether the key in it is encrypted
   * @throws IOException if the file cannot be read; the message names it
   * @throws IllegalArgumentException if there is no private key in it; the message names it, too
   */
  public static boolean isEncrypted(Path file) throws IOException {
    String text = text(file);
    try {
      return isEncrypted(KeyText.in(text));
    } catch (UnusableKeyException e) {
      throw new UnusableKeyException(file + ": " + e.getMessage());
    }
  }

  private static boolean isEncrypted(KeyText key) {
    if (!key.isOpenSsh()) {
      return key.label().equals(KeyText.ENCRYPTED_PKCS8) || key.hasEncryptionHeader();
    }
    try {
      return OpenSshKeyFormat.isEncrypted(key);
    } catch (UnusableKeyException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw UnusableKeyException.damaged(); // without the cause, as above
    }
  }

  private static String text(Path file) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(LARGEST_FILE + 1);
    } catch (NoSuchFileException e) {
      throw new IOException("the private key file " + file + " does not exist", e);
    } catch (IOException e) {
      throw new IOException("the private key file " + file + " cannot be read: " + reason(e), e);
    }
    if (bytes.length > LARGEST_FILE) {
      throw new UnusableKeyException(file + " is too large to be a private key");
    }
    // Keys are ASCII; a comment beside one may be in any encoding.
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static String reason(IOException e) {
    String reason = e instanceof FileSystemException system ? system.getReason() : e.getMessage();
    return reason == null ? e.getClass().getSimpleName() : reason;
  }
}
