package io.github.clouddriver.ssh;

import io.github.clouddriver.exec.RemoteStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Objects;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.common.SSHPacket;
import org.jspecify.annotations.Nullable;

/** A TCP connection from the instance outwards (RFC 4254, section 7.2). */
final class Tunnel extends SshChannel implements RemoteStream {
  private final String host;
  private final int port;
  private final Input input = new Input();
  private final Output output = new Output();

  Tunnel(SshConnection connection, String host, int port) {
    super(connection, "direct-tcpip");
    this.host = host;
    this.port = port;
    var unused = closed().whenComplete((done, failure) -> input.end(failure));
  }

  @Override
  void putDestination(SSHPacket request) {
    // The origin is for the server's log; ours is nobody's business.
    request.putString(host).putUInt32(port).putString("127.0.0.1").putUInt32(0);
  }

  @Override
  void received(boolean extended, byte[] data, int offset, int length) {
    input.put(Arrays.copyOfRange(data, offset, offset + length));
  }

  @Override
  void receivedEof() {
    input.end(null);
  }

  @Override
  public InputStream input() {
    return input;
  }

  @Override
  public OutputStream output() {
    return output;
  }

  /** Reads end with this from now on, whatever there was to read. */
  void revoke(IOException why) {
    input.end(why);
  }

  /** What has arrived and was not read; bounded by the channel's window. */
  private final class Input extends InputStream {
    /** Guards what follows, and is waited on. */
    private final Object lock = new Object();

    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private int position;
    private boolean ended;
    private @Nullable Throwable failure;

    void put(byte[] data) {
      synchronized (lock) {
        if (!ended && data.length > 0) {
          waiting.add(data);
          lock.notifyAll();
        }
      }
    }

    void end(@Nullable Throwable why) {
      synchronized (lock) {
        ended = true;
        if (failure == null) {
          failure = why;
        }
        lock.notifyAll();
      }
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, into.length);
      if (length == 0) {
        return 0;
      }
      int count;
      synchronized (lock) {
        awaitData();
        byte[] first = waiting.peek();
        if (first == null) {
          return -1;
        }
        count = Math.min(length, first.length - position);
        System.arraycopy(first, position, into, offset, count);
        position += count;
        if (position == first.length) {
          waiting.remove();
          position = 0;
        }
      }
      try {
        consumed(count);
      } catch (SSHException e) {
        throw told(e);
      }
      return count;
    }

    /** Ends at the latest at the deadline for verification, which ends the stream. */
    private void awaitData() throws IOException {
      try {
        while (waiting.isEmpty() && !ended) {
          lock.wait();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw interrupted(e);
      }
      if (failure != null) {
        throw told(failure);
      }
    }

    @Override
    public int available() {
      synchronized (lock) {
        byte[] first = waiting.peek();
        return first == null ? 0 : first.length - position;
      }
    }
  }

  private final class Output extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] data, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, data.length);
      try {
        if (!Tunnel.this.write(data, offset, length)) {
          throw new IOException("the stream is closed");
        }
      } catch (SSHException e) {
        throw told(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw interrupted(e);
      }
    }
  }

  /** The failure for a target, which may log it; the server that it quotes is not verified yet. */
  private static IOException told(Throwable failure) {
    return new IOException(Printable.message(failure), Printable.cause(failure));
  }

  private static IOException interrupted(InterruptedException e) {
    return (IOException) new InterruptedIOException("interrupted").initCause(e);
  }
}
