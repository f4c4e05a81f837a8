package io.github.clouddriver.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DialerTest {

  @Test
  void smallPacketsAreNotHeldBack() throws Exception {
    try (RawServer server = new RawServer(socket -> {})) {
      List<Socket> owned = new ArrayList<>();
      Endpoint endpoint =
          new Endpoint(
              new TestTarget(server.port(), TestTarget.anything()),
              "localhost",
              server.port(),
              "user");
      try (Socket socket = Dialer.dial(endpoint, Deadline.in(Duration.ofSeconds(20)), owned::add)) {
        assertThat(socket.getTcpNoDelay()).isTrue();
        assertThat(owned).contains(socket);
      }
    }
  }

  @Test
  void whatCannotBeReachedIsToldAndItsSocketClosed() throws Exception {
    // Bound, but not listening: nobody else gets the port meanwhile.
    try (Socket reserved = new Socket()) {
      reserved.bind(new InetSocketAddress("127.0.0.1", 0));
      int port = reserved.getLocalPort();
      List<Socket> owned = new ArrayList<>();
      Endpoint endpoint =
          new Endpoint(new TestTarget(port, TestTarget.anything()), "127.0.0.1", port, "user");
      assertThatThrownBy(
              () -> Dialer.dial(endpoint, Deadline.in(Duration.ofSeconds(20)), owned::add))
          .isInstanceOf(IOException.class);
      assertThat(owned).hasSize(1).allMatch(Socket::isClosed);
    }
  }

  @Test
  void anEndpointReadsAsPeopleWriteIt() {
    TestTarget target = new TestTarget(1, TestTarget.anything());
    assertThat(new Endpoint(target, "host", 22, "root")).hasToString("root@host:22");
    assertThat(new Endpoint(target, "::1", 22, "root")).hasToString("root@[::1]:22");
  }
}
