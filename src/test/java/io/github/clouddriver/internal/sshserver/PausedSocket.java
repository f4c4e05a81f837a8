package io.github.clouddriver.internal.sshserver;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.concurrent.Semaphore;

/** A socket whose owner can be kept from reading it. */
final class PausedSocket extends Socket {
  private final Semaphore reading = new Semaphore(1);

  void pause() {
    reading.acquireUninterruptibly();
  }

  void resume() {
    reading.release();
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new FilterInputStream(super.getInputStream()) {
      @Override
      public int read(byte[] to, int offset, int length) throws IOException {
        int n = super.read(to, offset, length);
        reading.acquireUninterruptibly();
        reading.release();
        return n;
      }
    };
  }
}
