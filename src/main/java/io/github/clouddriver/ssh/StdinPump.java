package io.github.clouddriver.ssh;

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
    try {
      Workers.run(name, () -> pump(stdin, channel, failure));
    } catch (RuntimeException | Error e) {
      failure.completeExceptionally(failed(e)); // there is no thread to be had
    }
    return failure;
  }

  private static void pump(InputStream stdin, SshChannel channel, CompletableFuture<Void> failure) {
    try {
      byte[] piece = new byte[PIECE];
      int length;
      while ((length = read(stdin, piece)) >= 0) {
        if (!channel.write(piece, 0, length)) {
          return;
        }
      }
      channel.sendEof();
    } catch (SSHException e) {
      // The first to notice, perhaps, that the connection is broken.
      failure.completeExceptionally(channel.why(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Throwable t) {
      // An Error, too: whoever waits for the command must hear of it.
      failure.completeExceptionally(t instanceof CallerStreamException known ? known : failed(t));
    }
  }

  private static int read(InputStream stdin, byte[] piece) throws CallerStreamException {
    try {
      return stdin.read(piece);
    } catch (Throwable t) {
      throw failed(t); // not to be mistaken for a failure of the connection
    }
  }

  private static CallerStreamException failed(Throwable cause) {
    return new CallerStreamException("the caller's stdin", cause);
  }
}
