package io.github.clouddriver.loopback;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.clouddriver.Instance;
import io.github.clouddriver.exec.ExecResult;
import io.github.clouddriver.exec.Executor;
import io.github.clouddriver.exec.RemoteCommand;
import io.github.clouddriver.exec.RunningCommand;
import io.github.clouddriver.exec.SshSigner;
import io.github.clouddriver.internal.sshserver.TestClient;
import io.github.clouddriver.ssh.SshExecutor;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import net.schmizz.sshj.connection.channel.direct.Session;
import net.schmizz.sshj.connection.channel.direct.Signal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What commands can rely on, with process groups and without. */
@Timeout(120)
abstract class CommandTests {
  static final String FOREVER = "sleep 1000";

  final Host host;
  Instance instance;
  TestClient client;

  CommandTests(HostShell shell) {
    host = new Host(shell);
  }

  @BeforeEach
  void logIn() throws Exception {
    instance = host.create();
    client = host.login(instance);
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    client.close();
    host.close();
    awaitNoThreads();
  }

  private static void awaitNoThreads() {
    await().atMost(Duration.ofSeconds(5)).until(() -> Host.threads().isEmpty());
  }

  /** A command that is running, and what it has printed so far. */
  final class Running implements AutoCloseable {
    final Session session;
    final Session.Command command;
    private final BufferedReader lines;

    Running(String text) throws IOException {
      session = client.ssh.startSession();
      command = session.exec(text);
      lines = new BufferedReader(new InputStreamReader(command.getInputStream(), UTF_8));
    }

    String line() throws IOException {
      return lines.readLine();
    }

    long pid() throws IOException {
      return Long.parseLong(line());
    }

    void awaitEnd() throws IOException {
      command.join(Host.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    void hangUp() throws IOException {
      session.close();
    }

    @Override
    public void close() throws IOException {
      session.close();
    }
  }

  static void awaitEnd(long... pids) {
    for (long pid : pids) {
      await().atMost(Host.PATIENCE).until(() -> !Host.runs(pid));
    }
  }

  static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "printf %s 'a  b' \"c\" \\\\ '$HOME' '`x`' '%s %b \\n \\0101' '!' '#' ';'",
        "printf '%s\\n' one\nprintf '%s\\n' 'two\tthree' # and\n\n",
        "printf %s 'Grüße 日本語 \uD83D\uDE80'",
        "printf %s \"it's\" '\\' \"'\\\\''\"",
        "",
        ":",
      })
  void E1_a_command_means_what_it_means_to_the_hosts_shell(String text) throws Exception {
    Process expected = new ProcessBuilder(HostShell.SH, "-c", text).start();
    byte[] stdout = expected.getInputStream().readAllBytes();

    TestClient.Outcome outcome = client.run(text);

    assertThat(outcome.stdout()).isEqualTo(stdout);
    assertThat(outcome.stderr()).isEmpty();
    assertThat(outcome.status()).isEqualTo(expected.waitFor());
  }

  @Test
  void E1_a_command_of_a_hundred_kilobytes_runs() throws Exception {
    String word = "é\\" + "x".repeat(100_000);

    assertThat(text(client.run("printf %s '" + word + "'").stdout())).isEqualTo(word);
  }

  @Test
  void a_command_with_a_nul_is_refused() throws Exception {
    TestClient.Outcome outcome = client.run("echo a\0b");

    assertThat(outcome.status()).isEqualTo(126);
    assertThat(text(outcome.stderr())).contains("NUL");
    assertThat(outcome.stdout()).isEmpty();
  }

  @Test
  void E1_sixteen_megabytes_go_through_cat_and_back() throws Exception {
    byte[] input = new byte[16 << 20];
    new Random(5).nextBytes(input);

    TestClient.Outcome outcome = client.run("cat", new ByteArrayInputStream(input));

    assertThat(outcome.stdout()).isEqualTo(input);
    assertThat(outcome.status()).isZero();
  }

  @Test
  void E1_both_outputs_are_apart_and_byte_exact() throws Exception {
    byte[] input = new byte[1 << 20];
    new Random(6).nextBytes(input);

    TestClient.Outcome outcome =
        client.run("tee /dev/stderr; printf '\\001\\n' >&2", new ByteArrayInputStream(input));

    assertThat(outcome.stdout()).isEqualTo(input);
    assertThat(outcome.stderr()).startsWith(input).endsWith(1, 10).hasSize(input.length + 2);
  }

  @ParameterizedTest
  @CsvSource({"true,0", "false,1", "exit 37,37", "exit 255,255", "no-such-program,127"})
  void E8_the_exit_status_is_told(String text, int status) throws Exception {
    assertThat(client.run(text).status()).isEqualTo(status);
  }

  @Test
  void what_a_command_does_not_read_holds_nobody_up() throws Exception {
    try (Executor executor = executor()) {
      for (String text : List.of("exit 3", "exec <&-; sleep 0.1; exit 3", "head -c 1; exit 3")) {
        ExecResult result = executor.execute(text, new ByteArrayInputStream(new byte[16 << 20]));
        assertThat(result.exitStatus()).as(text).hasValue(3);
      }
    }
  }

  @Test
  void a_command_ends_though_its_client_sends_no_end_of_input() throws Exception {
    try (Running running = new Running("head -c 3")) {
      running.command.getOutputStream().write("abcdef".getBytes(UTF_8));
      running.command.getOutputStream().flush();

      assertThat(running.line()).isEqualTo("abc");
      running.awaitEnd();
      assertThat(running.command.getExitStatus()).isZero();
    }
  }

  @Test
  void the_environment_is_the_hosts_and_what_the_client_sets() throws Exception {
    String value = " two words\nit's $HOME \\n 'ä' \u0001";
    try (Session session = client.ssh.startSession()) {
      session.setEnvVar("LOOPBACK_TEST", value);
      session.setEnvVar("not a name; echo injected >&2", "x");
      Session.Command command = session.exec("printf '%s|%s' \"$PATH\" \"$LOOPBACK_TEST\"");

      assertThat(text(command.getInputStream().readAllBytes()))
          .isEqualTo(System.getenv("PATH") + "|" + value);
      assertThat(command.getErrorStream().readAllBytes()).isEmpty();
    }
    assertThat(text(client.run("env").stdout())).doesNotContain("_loopback");
  }

  @Test
  void a_command_begins_in_the_home_directory() throws Exception {
    assertThat(text(client.run("pwd -P").stdout()).strip())
        .isEqualTo(Path.of(System.getProperty("user.home")).toRealPath().toString());
  }

  /** Whatever a Java process starts has QUIT blocked, until it unblocks it by itself. */
  @ParameterizedTest
  @EnumSource(
      value = io.github.clouddriver.loopback.Signal.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = "QUIT")
  void a_clients_signal_ends_a_command_and_is_told(io.github.clouddriver.loopback.Signal signal)
      throws Exception {
    Assumptions.assumeFalse(Host.ignores(signal), signal + " is ignored by this Java process");
    try (Running running = new Running("echo $$; exec " + FOREVER)) {
      long pid = running.pid();

      running.command.signal(Signal.fromString(signal.name()));

      running.awaitEnd();
      assertThat(running.command.getExitSignal()).isEqualTo(Signal.fromString(signal.name()));
      assertThat(running.command.getExitStatus()).isNull();
      awaitEnd(pid);
    }
  }

  @Test
  void a_started_command_is_ended_by_a_signal_of_its_handle() throws Exception {
    ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    try (SshExecutor executor = executor()) {
      RunningCommand running = executor.start(printingItsPid(stdout));
      long pid = pidIn(stdout);

      running.signal("TERM");

      assertThat(running.await().exitSignal()).hasValue("TERM");
      awaitEnd(pid);
    }
  }

  @Test
  void E5_a_started_command_ends_when_its_handle_is_closed() throws Exception {
    ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    try (SshExecutor executor = executor()) {
      RunningCommand running = executor.start(printingItsPid(stdout));
      long pid = pidIn(stdout);

      running.close();

      awaitEnd(pid);
      assertThatThrownBy(running::await).isInstanceOf(IOException.class);
      assertThat(executor.execute("echo again", null).stdoutText()).isEqualTo("again\n");
    }
  }

  private SshExecutor executor() {
    SshExecutor executor = SshExecutor.builder().build();
    executor.setSigners(SshSigner.of(host.key));
    executor.setTarget(instance);
    return executor;
  }

  private static RemoteCommand printingItsPid(OutputStream stdout) {
    return RemoteCommand.builder("echo $$; exec " + FOREVER).stdoutSink(stdout).build();
  }

  private static long pidIn(ByteArrayOutputStream stdout) {
    await().atMost(Host.PATIENCE).until(() -> text(stdout.toByteArray()).endsWith("\n"));
    return Long.parseLong(text(stdout.toByteArray()).strip());
  }

  @Test
  void a_signal_that_comes_right_after_the_command_is_not_lost() throws Exception {
    for (int i = 0; i < 10; i++) {
      try (Running running = new Running("exec " + FOREVER)) {
        running.command.signal(Signal.TERM);

        running.awaitEnd();
        assertThat(running.command.getExitSignal()).isEqualTo(Signal.TERM);
      }
    }
  }

  @Test
  void a_trap_of_the_command_decides_what_a_signal_means() throws Exception {
    for (Signal signal : List.of(Signal.INT, Signal.TERM, Signal.HUP, Signal.USR1)) {
      if (Host.ignores(io.github.clouddriver.loopback.Signal.valueOf(signal.name()))) {
        continue;
      }
      String trap = "trap 'echo caught; exit 7' " + signal.name() + "; echo ready; ";
      // Not a loop of programs: while it starts one, dash forgets a signal now and then.
      try (Running running = new Running(trap + "read line")) {
        assertThat(running.line()).isEqualTo("ready");

        running.command.signal(signal);

        assertThat(running.line()).isEqualTo("caught");
        running.awaitEnd();
        assertThat(running.command.getExitStatus()).isEqualTo(7);
        assertThat(running.command.getExitSignal()).isNull();
      }
    }
  }

  @Test
  void a_signal_that_the_client_has_not_sent_is_told_as_a_status() throws Exception {
    assertThat(client.run("kill -TERM $$").status()).isEqualTo(128 + 15);
    assertThat(client.run("exit 143").signal()).isNull();
  }

  @Test
  void a_command_that_kills_its_leader_is_told_as_that_ended() throws Exception {
    assertThat(client.run("kill -9 $PPID; exit 3").status()).isEqualTo(128 + 9);
  }

  @Test
  void a_signal_reaches_every_process_of_the_command() throws Exception {
    try (Running running =
        new Running("sh -c 'echo $$; " + FOREVER + " & echo $!; wait' & echo $$; wait")) {
      long[] pids = {running.pid(), running.pid(), running.pid()};

      running.command.signal(Signal.TERM);

      running.awaitEnd();
      awaitEnd(pids);
    }
  }

  @Test
  void a_background_process_with_the_output_keeps_the_channel_open() throws Exception {
    TestClient.Outcome outcome = client.run("(sleep 0.5; echo late; echo later >&2) & echo now");

    assertThat(text(outcome.stdout())).isEqualTo("now\nlate\n");
    assertThat(text(outcome.stderr())).isEqualTo("later\n");
    assertThat(outcome.status()).isZero();
  }

  @Test
  void an_output_that_a_command_closes_early_does_not_end_it() throws Exception {
    assertThat(client.run("exec >&- 2>&-; sleep 0.3; exit 5").status()).isEqualTo(5);
  }

  @Test
  void a_closed_channel_ends_the_command_with_all_its_processes() throws Exception {
    try (Running running =
        new Running("trap '' TERM HUP; sh -c 'echo $$; " + FOREVER + "' & echo $$; wait")) {
      long[] pids = {running.pid(), running.pid()};

      running.hangUp();

      awaitEnd(pids);
    }
    assertThat(client.run("echo again").status()).isZero();
  }

  @Test
  void a_channel_that_closes_at_once_leaves_nothing() throws Exception {
    String mark = Host.uniqueSeconds();
    for (int i = 0; i < 10; i++) {
      new Running("exec sleep " + mark).hangUp();
    }
    await().atMost(Host.PATIENCE).until(() -> Host.count(mark) == 0 && !Host.hasChildren());
  }

  @Test
  void a_dropped_connection_ends_the_command() throws Exception {
    try (Running running = new Running(FOREVER + " & echo $!; echo $$; wait")) {
      long[] pids = {running.pid(), running.pid()};

      client.ssh.getTransport().die(new IOException("the test drops the connection"));
      client.close();

      awaitEnd(pids);
    }
  }

  @Test
  void I5_a_destroyed_instance_has_ended_its_commands() throws Exception {
    try (Running running = new Running(FOREVER + " & echo $!; echo $$; wait")) {
      long[] pids = {running.pid(), running.pid()};

      instance.destroy();

      awaitNoThreads();
      awaitEnd(pids);
    }
  }

  @Test
  void S9_a_stopped_set_has_ended_its_commands() throws Exception {
    try (Running running = new Running(FOREVER + " & echo $!; echo $$; wait")) {
      long[] pids = {running.pid(), running.pid()};

      host.set.stop();

      awaitNoThreads();
      awaitEnd(pids);
    }
  }

  @Test
  void S9_commands_that_neither_read_nor_are_read_end_too() throws Exception {
    List<Session> sessions = new ArrayList<>();
    for (String text : List.of("cat /dev/zero", "cat /dev/zero >&2", FOREVER)) {
      Session session = client.ssh.startSession();
      session.exec(text);
      sessions.add(session);
    }
    Session.Command deaf = client.ssh.startSession().exec(FOREVER);
    CompletableFuture<Void> sending =
        CompletableFuture.runAsync(
            () -> {
              try {
                deaf.getOutputStream().write(new byte[8 << 20]);
              } catch (IOException e) {
                // as it should be, when the server ends
              }
            });

    host.set.stop();

    awaitNoThreads();
    client.close();
    sending.join();
  }

  @Test
  void E7_many_commands_run_at_once() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      List<CompletableFuture<String>> outputs = new ArrayList<>();
      for (int i = 0; i < 48; i++) {
        String text = "echo " + i;
        outputs.add(
            CompletableFuture.supplyAsync(
                () -> {
                  try {
                    return text(client.run(text).stdout());
                  } catch (IOException e) {
                    throw new AssertionError(e);
                  }
                },
                threads));
      }
      for (int i = 0; i < outputs.size(); i++) {
        assertThat(outputs.get(i).join()).isEqualTo(i + "\n");
      }
    } finally {
      threads.shutdown();
    }
  }
}
