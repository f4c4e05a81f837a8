package io.github.clouddriver.internal.sshserver;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;

/**
 * A port of the loopback address that is bound, but not listened on: nobody else gets it while its
 * server refuses connections. Not safe for use by several threads.
 */
final class PortReservation implements Closeable {
  private final InetSocketAddress address;
  private SocketChannel socket;

  PortReservation() throws IOException {
    socket = bind(0);
    try {
      address = (InetSocketAddress) socket.getLocalAddress();
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static SocketChannel bind(int port) throws IOException {
    SocketChannel socket = SocketChannel.open();
    try {
      // Both ends of this need it: the listener binds the same port beside the reservation.
      socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      return socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  InetSocketAddress address() {
    return address;
  }

  /** For systems that let nobody bind beside the reservation. */
  void release() throws IOException {
    socket.close();
  }

  /** Undoes {@link #release}. */
  void renew() throws IOException {
    if (!socket.isOpen()) {
      socket = bind(address.getPort());
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
