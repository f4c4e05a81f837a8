package io.github.clouddriver.testkit;

import io.github.clouddriver.exec.SshSigner;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Signs with the kit's key, and counts how often; a stuck one never ends. Thread-safe. */
final class KitSigner implements SshSigner {
  private final SshSigner signer;
  private final boolean stuck;
  private final AtomicInteger signatures = new AtomicInteger();

  KitSigner(KeyPair pair, boolean stuck) {
    signer = SshSigner.of(pair);
    this.stuck = stuck;
  }

  /** How often a server has been shown that the executor has the key. */
  int signatures() {
    return signatures.get();
  }

  @Override
  public byte[] publicKey() {
    return signer.publicKey();
  }

  @Override
  public List<String> algorithms() {
    return signer.algorithms();
  }

  @Override
  public byte[] sign(byte[] data, String algorithm)
      throws IOException, GeneralSecurityException, InterruptedException {
    signatures.incrementAndGet();
    if (stuck) {
      new CountDownLatch(1).await();
    }
    return signer.sign(data, algorithm);
  }
}
