package io.github.clouddriver.ssh;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes TCP connections and does with each what a test says, usually too little. */
final class RawServer implements Closeable {

  /** What is done with a connection, which is left open afterwards. */
  interface Handler {
    void handle(Socket socket) throws IOException;
  }

  final AtomicInteger accepted = new AtomicInteger();
  final CountDownLatch first = new CountDownLatch(1);
  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  RawServer(Handler handler) throws IOException {
    Thread thread =
        new Thread(
            () -> {
              try {
                while (true) {
                  Socket socket = server.accept();
                  sockets.add(socket);
                  accepted.incrementAndGet();
                  first.countDown();
                  Thread each =
                      new Thread(
                          () -> {
                            try {
                              handler.handle(socket);
                            } catch (IOException e) {
                              // the client went away
                            }
                          });
                  each.setDaemon(true);
                  each.start();
                }
              } catch (IOException e) {
                // closed
              }
            },
            "raw server");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return server.getLocalPort();
  }

  /** The connections so far. */
  List<Socket> sockets() {
    return List.copyOf(sockets);
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
