package io.github.clouddriver.ssh;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Opens TCP connections. */
final class Dialer {
  private Dialer() {}

  /**
   * Connects to the first of the host's addresses that answers.
   *
   * @param owner gets each socket before it is used, so that it can be closed from elsewhere
   * @throws IOException if none of them answers in time
   */
  static Socket dial(Endpoint endpoint, Deadline deadline, Consumer<Socket> owner)
      throws IOException {
    InetAddress[] addresses = resolve(endpoint.host());
    IOException failure = new IOException("the host has no address");
    for (int i = 0; i < addresses.length && !deadline.isOver(); i++) {
      // An address that does not answer leaves its share of the time to those behind it.
      long share = deadline.remainingNanos() / (addresses.length - i);
      Socket socket = new Socket();
      owner.accept(socket);
      try {
        // Without it each small packet waits for the acknowledgement of the one before: 40 ms a
        // command.
        socket.setTcpNoDelay(true);
        socket.connect(
            new InetSocketAddress(addresses[i], endpoint.port()),
            (int) Math.max(1, Math.min(Integer.MAX_VALUE, TimeUnit.NANOSECONDS.toMillis(share))));
        return socket;
      } catch (IOException e) {
        socket.close();
        e.addSuppressed(failure);
        failure = e;
      }
    }
    throw failure;
  }

  private static InetAddress[] resolve(String host) throws IOException {
    try {
      return InetAddress.getAllByName(host);
    } catch (UnknownHostException e) {
      throw new IOException("the host name " + host + " is not known", e);
    }
  }
}
