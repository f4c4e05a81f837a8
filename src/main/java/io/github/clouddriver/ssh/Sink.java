package io.github.clouddriver.ssh;

import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import net.schmizz.sshj.common.SSHException;
import org.jspecify.annotations.Nullable;

/**
 * Writes an output stream to a stream of the caller's, which may be as slow as it likes: what waits
 * for it is bounded by the channel's window. A thread is used only while there is something to
 * write.
 */
final class Sink implements Output {
  /** Behind the last piece. */
  private static final byte[] END = new byte[0];

  private final OutputStream stream;
  private final String name;
  private final CompletableFuture<Void> done = new CompletableFuture<>();

  /** Guards what follows; held for moments only, never while writing. */
  private final Object lock = new Object();

  private final Deque<byte[]> waiting = new ArrayDeque<>();
  private boolean writing;
  private boolean ended;
  private boolean abandoned;

  /** The channel that the data comes from; null before the first data. */
  private @Nullable SshChannel channel;

  Sink(OutputStream stream, String name) {
    this.stream = stream;
    this.name = name;
  }

  @Override
  public void put(SshChannel from, byte[] data, int offset, int length) {
    synchronized (lock) {
      if (abandoned) {
        return;
      }
      channel = from;
      waiting.add(Arrays.copyOfRange(data, offset, offset + length));
    }
    startWriting();
  }

  @Override
  public void end() {
    synchronized (lock) {
      ended = true;
    }
    startWriting();
  }

  @Override
  public void abandon() {
    synchronized (lock) {
      abandoned = true;
      waiting.clear();
    }
  }

  @Override
  public CompletableFuture<Void> done() {
    return done;
  }

  private void startWriting() {
    synchronized (lock) {
      if (writing) {
        return;
      }
      writing = true;
    }
    try {
      Workers.run(name, this::write);
    } catch (RuntimeException | Error e) {
      fail(e); // there is no thread to be had
    }
  }

  @SuppressWarnings("ReferenceEquality") // a marker, which no data is the same as
  private void write() {
    try {
      byte[] next;
      while ((next = next()) != null) {
        if (next == END) {
          stream.flush();
          done.complete(null);
          return; // and stays the one that writes, so that nobody else ever does
        }
        stream.write(next);
        taken(next.length);
      }
    } catch (Throwable t) {
      // An Error, too: whoever waits for the command must hear of it.
      fail(t);
    }
  }

  private void fail(Throwable cause) {
    abandon();
    done.completeExceptionally(new CallerStreamException("the caller's sink for " + name, cause));
  }

  /**
   * The next piece to write, or {@link #END}; if there is none, this thread is no longer the one
   * that writes.
   */
  private byte @Nullable [] next() {
    synchronized (lock) {
      byte[] next = waiting.poll();
      if (next == null && ended && !abandoned) {
        next = END;
      }
      writing = next != null;
      return next;
    }
  }

  private void taken(int length) {
    SshChannel from;
    synchronized (lock) {
      from = channel;
    }
    try {
      if (from != null) {
        from.consumed(length);
      }
    } catch (SSHException e) {
      // The connection is broken, which whoever waits for the channel's end hears of.
    }
  }
}
