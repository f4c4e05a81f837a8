package io.github.clouddriver.ssh;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/**
 * Passes TCP connections on to a server, until told to hold, to cut or to spoil them, or to do
 * something else with new ones.
 */
final class Proxy implements Closeable {
  private final int onward;
  private final RawServer server;
  private volatile RawServer.Handler handler = this::passOn;
  private final Object lock = new Object();
  private boolean holding;
  private boolean spoiling;

  Proxy(int port) throws IOException {
    onward = port;
    server = new RawServer(client -> handler.handle(client));
  }

  /** Passes one connection on, in both directions, until one side ends it. */
  void passOn(Socket client) throws IOException {
    Socket there = new Socket(InetAddress.getLoopbackAddress(), onward);
    there.setTcpNoDelay(true); // small pieces are not to wait for one another
    client.setTcpNoDelay(true);
    Thread back = new Thread(() -> pump(there, client, true));
    back.setDaemon(true);
    back.start();
    pump(client, there, false);
  }

  private void pump(Socket from, Socket to, boolean answers) {
    byte[] buffer = new byte[8192];
    try (from;
        to) {
      int length;
      while ((length = from.getInputStream().read(buffer)) >= 0) {
        synchronized (lock) {
          while (holding) {
            lock.wait();
          }
          if (answers && spoiling) {
            spoiling = false;
            buffer[length - 1] ^= 1;
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

  /** New connections are handled by this, and not passed on. */
  void instead(RawServer.Handler other) {
    handler = other;
  }

  /** New connections are passed on again. */
  void passOn() {
    handler = this::passOn;
  }

  /** Turns over one bit of what the server says next. */
  void spoil() {
    synchronized (lock) {
      spoiling = true;
    }
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
