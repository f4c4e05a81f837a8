package io.github.clouddriver.ssh;

import io.github.clouddriver.exec.SshSigner;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.List;

/** A signer that does what a test wants when it is to sign. */
record TestSigner(SshSigner real, Signing signing) implements SshSigner {

  /** What is done instead of signing. */
  interface Signing {
    byte[] sign(SshSigner real, byte[] data, String algorithm)
        throws IOException, GeneralSecurityException, InterruptedException;
  }

  static SshSigner of(KeyPair key, Signing signing) {
    return new TestSigner(SshSigner.of(key), signing);
  }

  @Override
  public byte[] publicKey() {
    return real.publicKey();
  }

  @Override
  public List<String> algorithms() {
    return real.algorithms();
  }

  @Override
  public byte[] sign(byte[] data, String algorithm)
      throws IOException, GeneralSecurityException, InterruptedException {
    return signing.sign(real, data, algorithm);
  }
}
