package io.github.clouddriver.internal.sshserver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.ConnectException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import net.schmizz.sshj.connection.channel.direct.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.helpers.NOPLogger;

@Timeout(120)
class SshServerPoolTest {
  private final ScriptedService service = new ScriptedService();

  /** Those of sshj, of the runtime and of the tests do not count. */
  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(each -> !each.getName().startsWith("sshj"))
        .collect(toSet());
  }

  @Test
  void closing_leaves_no_thread_and_no_open_port_also_while_commands_run() throws Exception {
    CountDownLatch running = new CountDownLatch(5);
    service.script =
        call -> {
          running.countDown();
          new CountDownLatch(1).await();
          return ExecExit.status(0);
        };
    Set<Thread> before = threads();
    SshServerPool pool = new SshServerPool("test", NOPLogger.NOP_LOGGER);
    EmbeddedSshServer server = pool.start(service);
    try (TestClient client = TestClient.loggedIn(server, service)) {
      for (int i = 0; i < 5; i++) {
        client.ssh.startSession().exec("x");
      }
      assertThat(running.await(20, TimeUnit.SECONDS)).isTrue();
      Set<Thread> own = threads();
      own.removeAll(before);
      assertThat(own).hasSizeGreaterThan(7);
      assertThat(own)
          .allSatisfy(
              each ->
                  assertThat(each.getName())
                      .as(() -> "the name of what runs " + List.of(each.getStackTrace()))
                      .startsWith("test-ssh-"))
          .allMatch(Thread::isDaemon);

      long start = System.nanoTime();
      pool.close();

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
      await().until(() -> own.stream().noneMatch(Thread::isAlive));
      await().until(() -> !client.ssh.isConnected());
    }
    assertThatThrownBy(() -> TestClient.connected(server)).isInstanceOf(ConnectException.class);
    assertThatThrownBy(() -> pool.start(service)).isInstanceOf(IllegalStateException.class);
    pool.close();
  }

  @Test
  void closing_does_not_wait_for_ever_for_a_command_that_ignores_its_interruption()
      throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    service.script =
        call -> {
          running.countDown();
          while (end.getCount() > 0) {
            try {
              end.await();
            } catch (InterruptedException e) {
              // On purpose.
            }
          }
          return ExecExit.status(0);
        };
    SshServerPool pool = new SshServerPool("test", NOPLogger.NOP_LOGGER);
    try (TestClient client = TestClient.loggedIn(pool.start(service), service)) {
      client.ssh.startSession().exec("x");
      running.await();

      pool.close();
    } finally {
      end.countDown();
    }
  }

  @Test
  void a_command_can_close_its_own_pool() throws Exception {
    SshServerPool pool = new SshServerPool("test", NOPLogger.NOP_LOGGER);
    CountDownLatch closed = new CountDownLatch(1);
    service.script =
        call -> {
          pool.close();
          closed.countDown();
          return ExecExit.status(0);
        };
    try (TestClient client = TestClient.loggedIn(pool.start(service), service)) {
      client.ssh.startSession().exec("x");

      assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void a_thousand_servers_share_a_few_threads() throws Exception {
    Set<Thread> before = threads();
    KeyPair hostKey = HostKeys.generate();
    try (SshServerPool pool = new SshServerPool("test", NOPLogger.NOP_LOGGER)) {
      List<EmbeddedSshServer> servers = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        servers.add(pool.start(service, hostKey));
      }
      Set<Integer> ports = new HashSet<>();
      servers.forEach(each -> ports.add(each.address().getPort()));
      assertThat(ports).hasSize(1000);

      for (int i = 0; i < 1000; i += 100) {
        try (TestClient client = TestClient.loggedIn(servers.get(i), service)) {
          assertThat(client.run("x").status()).isZero();
        }
      }

      Set<Thread> own = threads();
      own.removeAll(before);
      assertThat(own).hasSizeLessThan(10);
    }
  }

  /** The Error is what {@link Thread#start} throws then. */
  @Test
  void without_a_thread_for_a_command_that_channel_ends_and_no_other() throws Exception {
    AtomicBoolean exhausted = new AtomicBoolean();
    ThreadFactory threads =
        task ->
            new Thread(task, "test-ssh-command") {
              @Override
              public void start() {
                if (exhausted.get()) {
                  throw new OutOfMemoryError("unable to create native thread (on purpose)");
                }
                super.start();
              }
            };
    CountDownLatch end = new CountDownLatch(1);
    service.script =
        call -> {
          call.stdout().write('x');
          return ExecExit.status(end.await(20, TimeUnit.SECONDS) ? 3 : 4);
        };
    try (SshServerPool pool = new SshServerPool("test", NOPLogger.NOP_LOGGER, threads);
        TestClient client = TestClient.loggedIn(pool.start(service), service)) {
      Session.Command first = client.ssh.startSession().exec("x");
      assertThat(first.getInputStream().read()).isEqualTo('x');

      exhausted.set(true);
      assertThat(client.run("y").status()).isNull();

      end.countDown();
      first.join(20, TimeUnit.SECONDS);
      assertThat(first.getExitStatus()).isEqualTo(3);
      exhausted.set(false);
      assertThat(client.run("z").status()).isEqualTo(3);
    }
  }

  @Test
  void pools_do_not_disturb_each_other() throws Exception {
    try (SshServerPool one = new SshServerPool("one", NOPLogger.NOP_LOGGER)) {
      EmbeddedSshServer server = one.start(service);
      new SshServerPool("two", NOPLogger.NOP_LOGGER).close();
      try (TestClient client = TestClient.loggedIn(server, service)) {
        assertThat(client.run("x").status()).isZero();
      }
    }
  }

  /** In a JVM of its own, since other tests here have MINA and sshj loaded already. */
  @Test
  void of_the_security_providers_only_bouncy_castle_is_added_at_the_end() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ProvidersProbe.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    process.getOutputStream().close();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();
    assertThat(process.waitFor()).isZero();

    assertThat(lines).hasSize(2);
    assertThat(lines.get(1)).isIn(lines.get(0), lines.get(0) + " BC");
  }
}
