package io.github.clouddriver.ssh;

import java.io.Serial;

/** What is wrong with a private key, in words of ours, without a cause: causes show content. */
final class UnusableKeyException extends IllegalArgumentException {
  @Serial private static final long serialVersionUID = 1L;

  UnusableKeyException(String message) {
    super(message);
  }

  static UnusableKeyException damaged() {
    return new UnusableKeyException("the private key is damaged or cut short");
  }

  static UnusableKeyException passphraseMissing() {
    return new UnusableKeyException("the private key is encrypted, and no passphrase was given");
  }

  /** Most ciphers of key files cannot tell the one from the other. */
  static UnusableKeyException passphraseWrong() {
    return new UnusableKeyException(
        "the passphrase of the private key is wrong, or the key is damaged");
  }

  static UnusableKeyException unsupportedEncryption() {
    return new UnusableKeyException(
        "the private key is encrypted in a way that is not supported, or it is damaged; encrypt"
            + " it anew with \"openssl pkcs8 -topk8\" or \"ssh-keygen -p\"");
  }

  static UnusableKeyException kind(String kind) {
    return new UnusableKeyException(
        "the private key is "
            + kind
            + "; use an RSA key of 2048 bits or more, an ECDSA key on P-256, P-384 or P-521, or an"
            + " Ed25519 key");
  }

  static UnusableKeyException tooCostly(String unit, int most) {
    return new UnusableKeyException(
        "the private key is encrypted with more than "
            + most
            + " "
            + unit
            + "; encrypt it anew with fewer, or the file is damaged");
  }
}
