package io.github.clouddriver.ssh;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import net.schmizz.sshj.common.SSHException;

/**
 * Keeps the beginning of an output stream and counts the rest (E9). Written to by the thread that
 * reads the connection, read by the one that waited for the channel's end.
 */
final class Capture implements Output {
  private static final int FIRST_SIZE = 1024;

  private final int limit;
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private byte[] kept = {};
  private int size;
  private long cut;

  Capture(int limit) {
    this.limit = limit;
  }

  @Override
  public void put(SshChannel from, byte[] data, int offset, int length) throws SSHException {
    int fits = Math.min(length, limit - size);
    if (fits > kept.length - size) {
      long wanted = Math.max(FIRST_SIZE, Math.max(size + fits, 2L * kept.length));
      kept = Arrays.copyOf(kept, (int) Math.min(limit, wanted));
    }
    System.arraycopy(data, offset, kept, size, fits);
    size += fits;
    cut += length - fits;
    from.consumed(length);
  }

  @Override
  public void end() {
    done.complete(null);
  }

  @Override
  public CompletableFuture<Void> done() {
    return done;
  }

  @Override
  public void abandon() {}

  byte[] bytes() {
    return Arrays.copyOf(kept, size);
  }

  long cut() {
    return cut;
  }
}
