package io.github.clouddriver.exec;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.List;

/**
 * A private key to log in with, which need not be in this process: agents and hardware modules
 * implement it.
 *
 * <p>An executor calls {@link #publicKey()} and {@link #algorithms()} at each login, and {@link
 * #sign} once the server has said that it would accept the key, from any thread. Implementations
 * are safe for use by several threads, and print nothing of the private key.
 */
public interface SshSigner {

  /**
   * A signer for a key pair of this process.
   *
   * @param pair RSA of at least 2048 bits, ECDSA on P-256, P-384 or P-521, or Ed25519; of any
   *     security provider
   * @return a signer that is safe for use by several threads
   * @throws IllegalArgumentException if the kind or the size of the key is none of these
   */
  static SshSigner of(KeyPair pair) {
    return KeyPairSigner.of(pair);
  }

  /**
   * The public key in its SSH encoding, as {@link SshPublicKeys#encode} makes it.
   *
   * @return a new copy
   */
  byte[] publicKey();

  /**
   * The SSH names of the signature algorithms this key can be used with, best first, such as {@code
   * rsa-sha2-512}; not to be confused with the key's type. The executor takes the first one that
   * the server knows.
   *
   * @return an unmodifiable list, not empty
   */
  List<String> algorithms();

  /**
   * Signs what the server challenges the client with. May block, as for a key that has to be
   * touched, within the executor's deadline for the login.
   *
   * @param data what to sign
   * @param algorithm one of {@link #algorithms()}
   * @return the signature in its SSH encoding: the algorithm's name and the signature itself, each
   *     as an SSH string (RFC 4253, section 6.6), which is also what an agent returns
   * @throws IOException if the key's holder could not be reached; the login fails with it as cause
   * @throws GeneralSecurityException if the key cannot sign; the login fails with it as cause
   * @throws InterruptedException if the calling thread was interrupted
   */
  byte[] sign(byte[] data, String algorithm)
      throws IOException, GeneralSecurityException, InterruptedException;
}
