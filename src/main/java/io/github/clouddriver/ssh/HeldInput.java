package io.github.clouddriver.ssh;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.lang.Thread.UncaughtExceptionHandler;
import java.util.concurrent.CountDownLatch;

/**
 * What a server sends, of which nothing behind its banner is read before our own offer of keys and
 * ciphers is made. sshj forgets a failure that it meets earlier, and then waits in vain for the
 * exchange to end. Safe for use by any thread.
 */
final class HeldInput extends FilterInputStream {
  /** sshj asks for each packet in two pieces; here several packets come by one system call. */
  private static final int READ_AHEAD = 64 << 10;

  /**
   * How much a server may say up to the end of its banner, in bytes. The standard (RFC 4253,
   * section 4.2) sets no limit to the lines before it; sshj looks at all of them once more for each
   * byte that comes.
   */
  private static final int LONGEST_WELCOME = 16 << 10;

  private final CountDownLatch released = new CountDownLatch(1);

  private final InputStream socket;
  private final UncaughtExceptionHandler readerDied;

  /** How much of the banner, and of what came before it, was read by the one thread that does. */
  private int welcome;

  /**
   * What comes by a socket.
   *
   * @param readerDied is told what sshj's reader does not catch, on that thread; we do not make it,
   *     and here is where it comes by
   */
  HeldInput(InputStream socket, UncaughtExceptionHandler readerDied) {
    super(new BufferedInputStream(socket, READ_AHEAD));
    this.socket = socket;
    this.readerDied = readerDied;
  }

  /** Lets the rest be read. */
  void release() {
    released.countDown();
  }

  /**
   * How sshj reads the banner, and nothing else. Not ahead: an endless one ends with the socket,
   * and not when all that was read ahead has been looked at.
   */
  @Override
  public int read() throws IOException {
    int next = socket.read();
    if (next >= 0 && ++welcome > LONGEST_WELCOME) {
      throw new IOException("the server sent " + LONGEST_WELCOME + " bytes and no SSH banner");
    }
    return next;
  }

  /**
   * How sshj's reader reads packets, and nobody else anything; the banner it reads byte by byte.
   */
  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Thread.currentThread().setUncaughtExceptionHandler(readerDied);
    try {
      released.await(); // which the end of the connection releases as well
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("interrupted").initCause(e);
    }
    return super.read(into, offset, length);
  }

  @Override
  public void close() throws IOException {
    release();
    super.close();
  }
}
