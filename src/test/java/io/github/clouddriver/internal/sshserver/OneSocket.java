package io.github.clouddriver.internal.sshserver;

import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/** Gives sshj, which asks for unconnected sockets only, a socket of the test's own. */
final class OneSocket extends SocketFactory {
  private final Socket socket;

  OneSocket(Socket socket) {
    this.socket = socket;
  }

  @Override
  public Socket createSocket() {
    return socket;
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int fromPort) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) {
    throw new UnsupportedOperationException();
  }
}
