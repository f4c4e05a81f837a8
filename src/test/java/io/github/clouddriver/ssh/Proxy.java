package io.github.clouddriver.ssh;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/** Passes TCP connections on to a server, until told to hold or to cut them. */
final class Proxy implements Closeable {
  private final RawServer server;
  private final Object lock = new Object();
  private boolean holding;

  Proxy(int port) throws IOException {
    server =
        new RawServer(
            client -> {
              Socket onward = new Socket(InetAddress.getLoopbackAddress(), port);
              Thread back = new Thread(() -> pump(onward, client));
              back.setDaemon(true);
              back.start();
              pump(client, onward);
            });
  }

  private void pump(Socket from, Socket to) {
    byte[] buffer = new byte[8192];
    try (from;
        to) {
      int length;
      while ((length = from.getInputStream().read(buffer)) >= 0) {
        synchronized (lock) {
          while (holding) {
            lock.wait();
          }
        }
        to.getOutputStream().write(buffer, 0, length);
      }
    } catch (IOException | InterruptedException e) {
      // one side went away
    }
  }

  int port() {
    return server.port();
  }

  int connections() {
    return server.accepted.get();
  }

  /** From now on nothing goes through, and no connection is closed: as if a cable were cut. */
  void hold() {
    synchronized (lock) {
      holding = true;
    }
  }

  /** Everything goes through again. */
  void resume() {
    synchronized (lock) {
      holding = false;
      lock.notifyAll();
    }
  }

  /** Closes the connections there are. */
  void cut() throws IOException {
    for (Socket socket : server.sockets()) {
      socket.close();
    }
  }

  @Override
  public void close() throws IOException {
    resume();
    server.close();
  }
}
