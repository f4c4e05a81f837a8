package io.github.clouddriver.internal.sshserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import net.schmizz.sshj.userauth.UserAuthException;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.helpers.NOPLogger;

@Timeout(60)
class BehaviourTest {
  private final ScriptedService service = new ScriptedService();
  private SshServerPool pool;
  private EmbeddedSshServer server;

  @BeforeEach
  void start() throws IOException {
    pool = new SshServerPool("test", NOPLogger.NOP_LOGGER);
    server = pool.start(service);
  }

  @AfterEach
  void close() {
    pool.close();
  }

  private void assertServes() throws IOException {
    try (TestClient client = TestClient.loggedIn(server, service)) {
      assertThat(client.run("x").status()).isZero();
    }
  }

  @Test
  void a_refusing_server_has_no_open_port_and_gets_the_same_port_back() throws IOException {
    int port = server.address().getPort();
    server.setBehaviour(Behaviour.REFUSE);

    assertThatThrownBy(() -> TestClient.connected(server)).isInstanceOf(ConnectException.class);

    server.setBehaviour(Behaviour.SERVE);
    assertServes();
    assertThat(server.address().getPort()).isEqualTo(port);
  }

  @Test
  void refusing_spares_the_connections_that_are_there() throws IOException {
    try (TestClient client = TestClient.loggedIn(server, service)) {
      server.setBehaviour(Behaviour.REFUSE);

      assertThat(client.run("x").status()).isZero();
    }
  }

  @Test
  void nobody_else_gets_the_port_of_a_refusing_server() throws IOException {
    server.setBehaviour(Behaviour.REFUSE);
    for (int i = 0; i < 500; i++) {
      pool.start(service);
    }

    server.setBehaviour(Behaviour.SERVE);

    assertServes();
  }

  @Test
  void a_dropping_server_closes_new_connections_at_once() throws IOException {
    server.setBehaviour(Behaviour.DROP);

    try (Socket socket = connect()) {
      assertThat(socket.getInputStream().read()).isNegative();
    }
    server.setBehaviour(Behaviour.SERVE);
    assertServes();
  }

  @Test
  void the_service_decides_where_the_server_serves() throws IOException {
    service.behaviour = Behaviour.DROP;

    try (Socket socket = connect()) {
      assertThat(socket.getInputStream().read()).isNegative();
    }
    service.behaviour = Behaviour.SERVE;
    assertServes();
    await().until(() -> server.connectionCount() == 0);
  }

  @Test
  void a_stalling_server_sends_nothing() throws IOException {
    server.setBehaviour(Behaviour.STALL);

    try (Socket socket = connect()) {
      socket.setSoTimeout(300);
      socket.getOutputStream().write("SSH-2.0-impatient\r\n".getBytes());
      assertThatThrownBy(socket.getInputStream()::read).isInstanceOf(SocketTimeoutException.class);
      assertThat(server.connectionCount()).isOne();

      server.dropConnections();
      socket.setSoTimeout(20_000);
      assertThat(socket.getInputStream().read()).isNegative();
    }
    server.setBehaviour(Behaviour.SERVE);
    assertServes();
  }

  @Test
  void a_server_that_rejects_logins_rejects_the_right_key_too() throws IOException {
    server.setBehaviour(Behaviour.REJECT_LOGINS);

    try (TestClient client = TestClient.connected(server)) {
      assertThatThrownBy(() -> client.login(ScriptedService.USER, service.userKey))
          .isInstanceOf(UserAuthException.class);
    }
    server.setBehaviour(Behaviour.SERVE);
    assertServes();
  }

  @Test
  void another_host_key_is_new_for_each_connection() throws IOException {
    server.setBehaviour(Behaviour.OTHER_HOST_KEY);

    try (TestClient one = TestClient.connected(server);
        TestClient two = TestClient.connected(server)) {
      assertThat(KeyUtils.compareKeys(one.seenHostKey, server.hostKey())).isFalse();
      assertThat(KeyUtils.compareKeys(one.seenHostKey, two.seenHostKey)).isFalse();
    }
    server.setBehaviour(Behaviour.SERVE);
    assertServes();
  }

  @Test
  void a_cut_command_has_begun_and_tells_no_status() throws Exception {
    server.setBehaviour(Behaviour.CUT_COMMANDS);
    CountDownLatch begun = new CountDownLatch(1);
    service.script =
        call -> {
          begun.countDown();
          return ExecExit.status(0);
        };
    try (TestClient client = TestClient.loggedIn(server, service)) {
      assertThatThrownBy(() -> client.run("x")).isInstanceOf(IOException.class);

      assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
      await().until(() -> !client.ssh.isConnected());
    }
    server.setBehaviour(Behaviour.SERVE);
    assertServes();
  }

  @Test
  void a_command_can_cut_its_connection() throws IOException {
    service.script =
        call -> {
          call.cutConnection();
          return ExecExit.status(0);
        };
    try (TestClient client = TestClient.loggedIn(server, service)) {
      assertThatThrownBy(() -> client.run("x")).isInstanceOf(IOException.class);
    }
  }

  @Test
  void dropped_connections_end_while_a_command_runs_and_new_ones_are_served() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    service.script =
        call -> {
          running.countDown();
          new CountDownLatch(1).await();
          return ExecExit.status(0);
        };
    try (TestClient client = TestClient.loggedIn(server, service)) {
      client.ssh.startSession().exec("x");
      running.await();

      server.dropConnections();

      await().until(() -> !client.ssh.isConnected());
      await().until(() -> server.connectionCount() == 0);
    }
    service.script = call -> ExecExit.status(0);
    assertServes();
  }

  @Test
  void who_connects_again_while_connections_are_dropped_stays_connected() throws Exception {
    int clients = 24;
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    CountDownLatch connected = new CountDownLatch(clients);
    CountDownLatch dropped = new CountDownLatch(1);
    List<Future<TestClient.Outcome>> second = new ArrayList<>();
    try {
      for (int i = 0; i < clients; i++) {
        second.add(
            threads.submit(
                () -> {
                  try (Socket first = connect()) {
                    first.getInputStream().read();
                    connected.countDown();
                    first.getInputStream().transferTo(OutputStream.nullOutputStream());
                  }
                  try (TestClient again = TestClient.connected(server)) {
                    dropped.await();
                    again.login(ScriptedService.USER, service.userKey);
                    return again.run("x");
                  }
                }));
      }
      connected.await();

      server.dropConnections();
      dropped.countDown();

      for (Future<TestClient.Outcome> each : second) {
        assertThat(each.get().status()).isZero();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void a_closed_server_frees_its_port_and_spares_its_neighbour() throws IOException {
    EmbeddedSshServer neighbour = pool.start(service);
    try (TestClient client = TestClient.loggedIn(neighbour, service)) {
      server.close();
      server.close();
      server.setBehaviour(Behaviour.SERVE);

      assertThatThrownBy(() -> TestClient.connected(server)).isInstanceOf(ConnectException.class);
      assertThat(client.run("x").status()).isZero();
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(server.address().getAddress(), server.address().getPort());
    socket.setSoTimeout(20_000);
    return socket;
  }
}
