package io.github.clouddriver.internal.sshserver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import net.schmizz.sshj.connection.ConnectionException;
import net.schmizz.sshj.connection.channel.direct.Session;
import net.schmizz.sshj.connection.channel.direct.SessionChannel;
import net.schmizz.sshj.connection.channel.direct.Signal;
import net.schmizz.sshj.transport.verification.PromiscuousVerifier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.helpers.NOPLogger;

@Timeout(120)
class ExecTest {
  private static final int MANY_BYTES = 100 << 20;

  private final ScriptedService service = new ScriptedService();
  private SshServerPool pool;
  private EmbeddedSshServer server;
  private TestClient client;

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
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "echo 'a  b' \"c\" `d` $HOME \\ * ? ;&|<>",
        "line one\nline two\r\n\tend\n",
        "Grüße 日本語 \uD83D\uDE80",
        ""
      })
  void the_command_arrives_byte_for_byte(String command) throws IOException {
    AtomicReference<byte[]> seen = new AtomicReference<>();
    service.script =
        call -> {
          seen.set(call.commandBytes());
          assertThat(call.command()).isEqualTo(command);
          return ExecExit.status(0);
        };

    client.run(command);

    assertThat(seen.get()).isEqualTo(command.getBytes(UTF_8));
  }

  @Test
  void input_and_both_outputs_are_byte_exact_and_apart() throws IOException {
    byte[] input = new byte[300_000];
    new Random(1).nextBytes(input);
    service.script =
        call -> {
          byte[] read = call.stdin().readAllBytes();
          for (int i = 0; i < read.length; i += 1000) {
            call.stdout().write(read, i, 1000);
            call.stderr().write(new byte[] {(byte) i});
          }
          return ExecExit.status(7);
        };

    TestClient.Outcome outcome = client.run("x", new ByteArrayInputStream(input));

    assertThat(outcome.stdout()).isEqualTo(input);
    assertThat(outcome.stderr()).hasSize(300);
    assertThat(outcome.stderr()[1]).isEqualTo((byte) 1000);
    assertThat(outcome.status()).isEqualTo(7);
    assertThat(outcome.signal()).isNull();
  }

  @Test
  void a_small_write_is_seen_before_the_command_ends() throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    service.script =
        call -> {
          call.stdout().write('x');
          return ExecExit.status(seen.await(20, TimeUnit.SECONDS) ? 0 : 1);
        };
    try (Session session = client.ssh.startSession()) {
      Session.Command command = session.exec("x");

      assertThat(command.getInputStream().read()).isEqualTo('x');

      seen.countDown();
      command.join(20, TimeUnit.SECONDS);
      assertThat(command.getExitStatus()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 127, 255})
  void the_exit_status_arrives(int status) throws IOException {
    service.script = call -> ExecExit.status(status);

    assertThat(client.run("x").status()).isEqualTo(status);
  }

  @Test
  void nothing_waits_for_the_clients_acknowledgement() throws IOException {
    service.script =
        call -> {
          call.stdout().write('a');
          call.stderr().write('b');
          return ExecExit.status(0);
        };
    List<Duration> times = new ArrayList<>();
    for (int i = 0; i < 31; i++) {
      long start = System.nanoTime();
      client.run("x");
      times.add(Duration.ofNanos(System.nanoTime() - start));
    }

    // Small packets held back until the delayed acknowledgement take 40 ms nearly each time.
    Collections.sort(times);
    assertThat(times.get(15)).isLessThan(Duration.ofMillis(35));
  }

  @Test
  void an_exit_signal_arrives_in_place_of_a_status() throws IOException {
    service.script = call -> ExecExit.signal("KILL");

    TestClient.Outcome outcome = client.run("x");

    assertThat(outcome.signal()).isEqualTo("KILL");
    assertThat(outcome.status()).isNull();
  }

  @Test
  void a_lost_exit_ends_the_channel_with_the_output_but_no_status() throws IOException {
    service.script =
        call -> {
          call.stdout().write('x');
          return ExecExit.lost();
        };

    TestClient.Outcome outcome = client.run("x");

    assertThat(outcome.stdout()).containsExactly('x');
    assertThat(outcome.status()).isNull();
    assertThat(outcome.signal()).isNull();
  }

  @Test
  void a_failing_script_ends_the_channel_without_a_status() throws IOException {
    service.script =
        call -> {
          throw new IllegalStateException("on purpose");
        };

    assertThat(client.run("x").status()).isNull();
  }

  @Test
  void the_user_and_the_environment_are_told() throws IOException {
    AtomicReference<ExecCall> seen = new AtomicReference<>();
    service.script =
        call -> {
          seen.set(call);
          return ExecExit.status(0);
        };
    try (Session session = client.ssh.startSession()) {
      session.setEnvVar("B", "two words\nand a line");
      session.setEnvVar("A", "ä");
      session.exec("x").join(20, TimeUnit.SECONDS);
    }

    assertThat(seen.get().user()).isEqualTo(ScriptedService.USER);
    assertThat(seen.get().environment())
        .containsExactly(Map.entry("B", "two words\nand a line"), Map.entry("A", "ä"));
  }

  @Test
  void the_end_of_the_input_is_told_while_the_command_runs() throws IOException {
    service.script = call -> ExecExit.status(call.stdin().read() < 0 ? 3 : 4);

    assertThat(client.run("x").status()).isEqualTo(3);
  }

  @Test
  void a_hundred_megabytes_go_in() throws IOException {
    service.script =
        call -> {
          long sum = 0;
          byte[] piece = new byte[1 << 16];
          for (int n = call.stdin().read(piece); n >= 0; n = call.stdin().read(piece)) {
            sum += n;
          }
          call.stdout().write(Long.toString(sum).getBytes(UTF_8));
          return ExecExit.status(0);
        };

    TestClient.Outcome outcome = client.run("x", new Zeros(MANY_BYTES));

    assertThat(new String(outcome.stdout(), UTF_8)).isEqualTo(Integer.toString(MANY_BYTES));
  }

  @Test
  void a_hundred_megabytes_come_out() throws IOException {
    service.script =
        call -> {
          new Zeros(MANY_BYTES).transferTo(call.stdout());
          return ExecExit.status(0);
        };

    assertThat(client.run("x").stdout()).hasSize(MANY_BYTES);
  }

  @Test
  void a_command_waits_for_a_client_that_does_not_read() throws Exception {
    LinkedBlockingQueue<Integer> written = new LinkedBlockingQueue<>();
    service.script =
        call -> {
          byte[] piece = new byte[1 << 20];
          for (int i = 0; i < 50; i++) {
            call.stdout().write(piece);
            written.add(i);
          }
          return ExecExit.status(0);
        };
    try (Session session = client.ssh.startSession()) {
      Session.Command command = session.exec("x");
      await().until(() -> blockedInWrite());
      assertThat(written).hasSizeLessThan(20);

      assertThat(TestClient.readAll(command.getInputStream())).hasSize(50 << 20);
    }
  }

  /** A client that opens a wide window and then stops reading its socket, as a broken one does. */
  @Test
  void a_command_waits_for_a_client_that_reads_no_packets() throws Exception {
    PausedSocket socket = new PausedSocket();
    AtomicLong written = new AtomicLong();
    service.script =
        call -> {
          byte[] piece = new byte[1 << 16];
          for (int i = 0; i < 4000; i++) {
            call.stdout().write(piece);
            written.addAndGet(piece.length);
          }
          return ExecExit.status(0);
        };
    try (TestClient paused = new TestClient()) {
      paused.ssh.addHostKeyVerifier(new PromiscuousVerifier());
      paused.ssh.setSocketFactory(new OneSocket(socket));
      paused.ssh.getConnection().setWindowSize(1 << 29);
      paused.ssh.connect(server.address().getAddress(), server.address().getPort());
      paused.login(ScriptedService.USER, service.userKey);
      Session.Command command = paused.ssh.startSession().exec("x");
      command.getInputStream().read();
      socket.pause();

      await().until(() -> blockedIn("BoundedWriter"));

      assertThat(written.get()).isLessThan(4000L << 15);
      socket.resume();
    }
  }

  private static boolean blockedInWrite() {
    return blockedIn("waitForSpace");
  }

  private static boolean blockedIn(String what) {
    return Thread.getAllStackTraces().entrySet().stream()
        .anyMatch(
            each ->
                each.getKey().getName().startsWith("test-ssh-command-")
                    && each.getKey().getState() != Thread.State.RUNNABLE
                    && List.of(each.getValue()).toString().contains(what));
  }

  @Test
  void two_hundred_commands_run_at_once_on_one_connection() throws Exception {
    CountDownLatch all = new CountDownLatch(200);
    service.script =
        call -> {
          all.countDown();
          if (!all.await(60, TimeUnit.SECONDS)) {
            return ExecExit.status(1);
          }
          call.stdout().write(call.commandBytes());
          return ExecExit.status(0);
        };
    List<Session> sessions = new ArrayList<>();
    List<Session.Command> commands = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      sessions.add(client.ssh.startSession());
      commands.add(sessions.get(i).exec("number " + i));
    }

    for (int i = 0; i < 200; i++) {
      assertThat(new String(TestClient.readAll(commands.get(i).getInputStream()), UTF_8))
          .isEqualTo("number " + i);
      commands.get(i).join(20, TimeUnit.SECONDS);
      assertThat(commands.get(i).getExitStatus()).isZero();
    }
  }

  @Test
  void a_channel_over_the_limit_is_refused_and_the_next_one_is_not() throws Exception {
    server.setMaxChannels(2);
    Session first = client.ssh.startSession();
    Session second = client.ssh.startSession();

    assertThatThrownBy(client.ssh::startSession).isInstanceOf(ConnectionException.class);

    first.close();
    client.ssh.startSession().close();
    second.close();
  }

  @Test
  void signals_are_told_also_those_that_came_early() throws Exception {
    CountDownLatch sent = new CountDownLatch(1);
    BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    service.script =
        call -> {
          call.stdout().write('x');
          if (!sent.await(20, TimeUnit.SECONDS)) {
            return ExecExit.status(1);
          }
          call.onSignal(seen::add);
          call.stdout().write('y');
          String name = seen.take();
          assertThat(seen.take()).isEqualTo("TERM");
          return ExecExit.signal(name);
        };
    try (Session session = client.ssh.startSession()) {
      Session.Command command = session.exec("x");
      assertThat(command.getInputStream().read()).isEqualTo('x');
      command.signal(Signal.HUP);
      sent.countDown();
      assertThat(command.getInputStream().read()).isEqualTo('y');
      command.signal(Signal.TERM);

      command.join(20, TimeUnit.SECONDS);
      assertThat(command.getExitSignal()).isEqualTo(Signal.HUP);
    }
  }

  @Test
  void closing_the_channel_interrupts_the_command_and_tells_its_listener() throws Exception {
    Cancellation cancellation = new Cancellation();
    service.script = cancellation;
    Session session = client.ssh.startSession();
    session.exec("x");
    cancellation.awaitStart();

    session.close();

    cancellation.assertCancelled();
    service.script = call -> ExecExit.status(5);
    assertThat(client.run("y").status()).isEqualTo(5);
  }

  @Test
  void losing_the_connection_interrupts_the_command_and_tells_its_listener() throws Exception {
    Cancellation cancellation = new Cancellation();
    service.script = cancellation;
    client.ssh.startSession().exec("x");
    cancellation.awaitStart();

    client.close();

    cancellation.assertCancelled();
    await().until(() -> server.connectionCount() == 0);
  }

  @Test
  void a_command_blocked_on_a_slow_client_is_cancelled_too() throws Exception {
    CountDownLatch failed = new CountDownLatch(1);
    service.script =
        call -> {
          try {
            new Zeros(MANY_BYTES).transferTo(call.stdout());
          } catch (IOException e) {
            failed.countDown();
            throw e;
          }
          return ExecExit.status(0);
        };
    Session session = client.ssh.startSession();
    session.exec("x");
    await().until(() -> blockedInWrite());

    server.dropConnections();

    assertThat(failed.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void a_shell_a_terminal_a_subsystem_and_the_unknown_are_refused() throws Exception {
    try (Session session = client.ssh.startSession()) {
      assertThatThrownBy(session::allocateDefaultPTY).hasMessageContaining("failed");
      assertThatThrownBy(session::startShell).hasMessageContaining("failed");
      assertThatThrownBy(() -> session.startSubsystem("sftp")).hasMessageContaining("failed");
      SessionChannel channel = (SessionChannel) session;
      assertThatThrownBy(() -> channel.reqX11Forwarding("MIT-MAGIC-COOKIE-1", "00", 0))
          .hasMessageContaining("failed");
    }
  }

  @Test
  void a_second_command_on_a_channel_is_refused() throws Exception {
    service.script = call -> ExecExit.status(call.stdin().read() < 0 ? 0 : 1);
    try (Session session = client.ssh.startSession()) {
      Session.Command command = session.exec("x");

      assertThatThrownBy(() -> session.startSubsystem("sftp")).isInstanceOf(Exception.class);

      command.getOutputStream().close();
      command.join(20, TimeUnit.SECONDS);
      assertThat(command.getExitStatus()).isZero();
    }
  }

  private static final class Cancellation implements ScriptedService.Script {
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private final CountDownLatch told = new CountDownLatch(1);

    @Override
    public ExecExit run(ExecCall call) throws InterruptedException {
      call.onClose(told::countDown);
      started.countDown();
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        interrupted.countDown();
        throw e;
      }
      return ExecExit.status(0);
    }

    void awaitStart() throws InterruptedException {
      assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
    }

    void assertCancelled() throws InterruptedException {
      assertThat(interrupted.await(5, TimeUnit.SECONDS)).isTrue();
      assertThat(told.await(5, TimeUnit.SECONDS)).isTrue();
    }
  }

  /** So many bytes, none of them in memory. */
  private static final class Zeros extends InputStream {
    private int left;

    Zeros(int length) {
      left = length;
    }

    @Override
    public int read() {
      return left-- > 0 ? 0 : -1;
    }

    @Override
    public int read(byte[] to, int offset, int length) {
      int n = Math.min(left, length);
      left -= n;
      return n == 0 ? -1 : n;
    }

    @Override
    public long transferTo(OutputStream out) throws IOException {
      byte[] piece = new byte[1 << 16];
      long sent = 0;
      for (int n = read(piece, 0, piece.length); n >= 0; n = read(piece, 0, piece.length)) {
        out.write(piece, 0, n);
        sent += n;
      }
      return sent;
    }
  }
}
