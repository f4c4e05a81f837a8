package io.github.clouddriver.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.function.UnaryOperator;

/** A connection to a server of a test, which has a hand in what is read from it. */
final class TappedSocket extends Socket {
  private final UnaryOperator<InputStream> tap;

  TappedSocket(int port, UnaryOperator<InputStream> tap) throws IOException {
    super(InetAddress.getLoopbackAddress(), port);
    this.tap = tap;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return tap.apply(super.getInputStream());
  }
}
