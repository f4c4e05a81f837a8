package io.github.clouddriver.internal.sshserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import net.schmizz.sshj.connection.ConnectionException;
import net.schmizz.sshj.connection.channel.OpenFailException;
import net.schmizz.sshj.connection.channel.direct.DirectConnection;
import net.schmizz.sshj.connection.channel.forwarded.RemotePortForwarder.Forward;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.helpers.NOPLogger;

@Timeout(60)
class ForwardTest {
  private final ServerSocket target = newTarget();
  private final ScriptedService service =
      new ScriptedService() {
        @Override
        public boolean mayConnect(String host, int port) {
          return host.equals("localhost");
        }
      };
  private SshServerPool pool;
  private EmbeddedSshServer server;
  private TestClient client;

  private static ServerSocket newTarget() {
    try {
      return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void logIn() throws IOException {
    pool = new SshServerPool("test", NOPLogger.NOP_LOGGER);
    server = pool.start(service);
    client = TestClient.loggedIn(server, service);
  }

  @AfterEach
  void close() throws IOException {
    if (client != null) {
      client.close();
    }
    pool.close();
    target.close();
  }

  @Test
  void bytes_go_both_ways_and_the_end_of_each_way_is_told() throws Exception {
    byte[] question = new byte[3 << 20];
    new Random(2).nextBytes(question);
    CompletableFuture<byte[]> asked = new CompletableFuture<>();
    CompletableFuture<Void> answering =
        CompletableFuture.runAsync(
            () -> {
              try (Socket socket = target.accept()) {
                asked.complete(socket.getInputStream().readAllBytes());
                socket.getOutputStream().write(question);
              } catch (IOException e) {
                asked.completeExceptionally(e);
              }
            });
    try (DirectConnection tunnel =
        client.ssh.newDirectConnection("localhost", target.getLocalPort())) {
      tunnel.getOutputStream().write(question);
      tunnel.getOutputStream().close();

      assertThat(asked.get()).isEqualTo(question);
      assertThat(tunnel.getInputStream().readAllBytes()).isEqualTo(question);
    }
    answering.get();
  }

  @Test
  void a_place_that_the_service_does_not_allow_is_refused() {
    assertThatThrownBy(() -> client.ssh.newDirectConnection("127.0.0.1", target.getLocalPort()))
        .isInstanceOfSatisfying(
            OpenFailException.class,
            e ->
                assertThat(e.getReason())
                    .isEqualTo(OpenFailException.Reason.ADMINISTRATIVELY_PROHIBITED));
  }

  @Test
  void a_place_where_nobody_listens_is_a_failed_connection() throws IOException {
    int port = target.getLocalPort();
    target.close();

    assertThatThrownBy(() -> client.ssh.newDirectConnection("localhost", port))
        .isInstanceOfSatisfying(
            OpenFailException.class,
            e -> assertThat(e.getReason()).isEqualTo(OpenFailException.Reason.CONNECT_FAILED));
    assertThat(client.ssh.isAuthenticated()).isTrue();
  }

  @Test
  void losing_the_client_closes_the_connection_outwards() throws Exception {
    client.ssh.newDirectConnection("localhost", target.getLocalPort());
    try (Socket socket = target.accept()) {
      socket.setSoTimeout(20_000);

      server.dropConnections();

      assertThat(socket.getInputStream().read()).isNegative();
    }
    await().until(() -> server.connectionCount() == 0);
  }

  @Test
  void ports_of_the_server_are_not_forwarded() {
    assertThatThrownBy(
            () ->
                client
                    .ssh
                    .getRemotePortForwarder()
                    .bind(new Forward(0), channel -> channel.close()))
        .isInstanceOf(ConnectionException.class);
  }
}
