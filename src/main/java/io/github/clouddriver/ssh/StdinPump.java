package io.github.clouddriver.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import net.schmizz.sshj.common.SSHException;

/**
 * Feeds a command from a stream of the caller's, on a thread of {@link Workers}, until the stream
 * or the command ends. The stream is never closed, nor is the thread interrupted, since that closes
 * some streams: if its read never returns, the thread stays in there, and the command's call does
 * not wait for it.
 */
final class StdinPump {
  private static final int PIECE = 32 << 10;

  private StdinPump() {}

  /** Starts feeding; the result fails if the stream does, and is never done otherwise. */
  static CompletableFuture<Void> start(InputStream stdin, SshChannel channel, String name) {
    CompletableFuture<Void> failure = new CompletableFuture<>();
    Workers.run(name, () -> pump(stdin, channel, failure));
    return failure;
  }

  private static void pump(InputStream stdin, SshChannel channel, CompletableFuture<Void> failure) {
    byte[] piece = new byte[PIECE];
    try {
      while (true) {
        int length;
        try {
          length = stdin.read(piece);
        } catch (IOException | RuntimeException e) {
          failure.completeExceptionally(new CallerStreamException("the caller's stdin", e));
          return;
        }
        if (length < 0) {
          channel.sendEof();
          return;
        }
        if (!channel.write(piece, 0, length)) {
          return;
        }
      }
    } catch (SSHException e) {
      // The connection is broken, which whoever waits for the command's end hears of.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
