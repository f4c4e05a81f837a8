package io.github.clouddriver.memory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.clouddriver.InitCommand;
import io.github.clouddriver.InstanceId;
import io.github.clouddriver.InstanceState;
import io.github.clouddriver.exec.HostPort;
import io.github.clouddriver.exec.SshPublicKeys;
import io.github.clouddriver.internal.sshserver.TestClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import net.schmizz.sshj.connection.channel.OpenFailException;
import net.schmizz.sshj.connection.channel.direct.Session;
import net.schmizz.sshj.userauth.UserAuthException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.helpers.NOPLogger;

@Timeout(60)
class InstanceSshTest {
  private static final String USER = "admin";
  private static final InstanceId ID = InstanceId.of("i-1");
  private static final int PATIENCE_MILLIS = 20_000;

  private final KeyPair key = newKey("Ed25519");
  private final MemoryShell shell = new MemoryShell();
  private final Guest guest = new Guest(ID, shell, NOPLogger.NOP_LOGGER);
  private final SshServers servers = new SshServers("InstanceSshTest");
  private volatile InstanceState state = InstanceState.RUNNING;
  private volatile Optional<SshFault> fault = Optional.empty();
  private final RecordingLogger logger = new RecordingLogger();
  private InstanceSsh ssh;

  static KeyPair newKey(String algorithm) {
    try {
      return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private InstanceSsh newService(@Nullable PublicKey authorized) {
    InstanceSsh begun = unbegun(authorized);
    begun.begin();
    return begun;
  }

  private InstanceSsh unbegun(@Nullable PublicKey authorized) {
    return new InstanceSsh(guest, servers, USER, authorized, () -> state, () -> fault, logger);
  }

  @BeforeEach
  void serve() {
    ssh = newService(key.getPublic());
  }

  @AfterEach
  void close() {
    servers.close();
  }

  private TestClient connected() throws IOException {
    return connected(PATIENCE_MILLIS);
  }

  private TestClient connected(int limitMillis) throws IOException {
    HostPort address = ssh.address().orElseThrow();
    return TestClient.connected(
        new InetSocketAddress(address.host(), address.port().orElseThrow()), limitMillis);
  }

  private TestClient loggedIn() throws IOException {
    TestClient client = connected();
    try {
      client.login(USER, key);
      return client;
    } catch (IOException e) {
      client.close();
      throw e;
    }
  }

  private TestClient.Outcome run(String command) throws IOException {
    try (TestClient client = loggedIn()) {
      return client.run(command);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Ed25519", "EC", "RSA"})
  void the_owner_of_the_key_logs_in_whatever_its_kind(String algorithm) throws IOException {
    KeyPair pair = newKey(algorithm);
    ssh = newService(pair.getPublic());
    try (TestClient client = connected()) {
      client.login(USER, pair);

      assertThat(client.run("echo hello").stdout()).asString().isEqualTo("hello\n");
    }
  }

  @Test
  void the_address_is_always_the_same_also_after_the_end() {
    Optional<HostPort> address = ssh.address();

    assertThat(address).isPresent();
    assertThat(ssh.address()).isEqualTo(address);
    ssh.close();
    assertThat(ssh.address()).isEqualTo(address);
  }

  @Test
  void T1_asking_for_the_address_begins_nothing() {
    ssh = unbegun(key.getPublic());

    assertThat(ssh.address()).isEmpty();
    assertThat(ssh.address()).isEmpty();
    ssh.begin();
    assertThat(ssh.address()).isPresent();
  }

  @Test
  void a_service_begins_once_whoever_begins_it() throws Exception {
    ssh = unbegun(key.getPublic());
    Set<Optional<HostPort>> seen = new HashSet<>();
    List<InThread<Optional<HostPort>>> callers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      callers.add(
          InThread.start(
              () -> {
                ssh.begin();
                return ssh.address();
              }));
    }
    for (InThread<Optional<HostPort>> each : callers) {
      seen.add(each.result());
    }
    assertThat(seen).hasSize(1).allMatch(Optional::isPresent);
    ssh.close();
    assertThatThrownBy(this::connected).as("no second server").isInstanceOf(ConnectException.class);
  }

  @Test
  void a_service_that_is_closed_before_it_begins_has_no_address() {
    ssh = unbegun(key.getPublic());
    ssh.close();
    ssh.begin();

    assertThat(ssh.address()).isEmpty();
  }

  @Test
  void a_service_of_a_closed_cloud_has_no_address() {
    servers.close();
    ssh = newService(key.getPublic());

    assertThat(ssh.address()).isEmpty();
  }

  @Test
  void a_service_that_is_closed_while_it_begins_leaves_no_server() throws Exception {
    for (int i = 0; i < 200; i++) {
      InstanceSsh racing = unbegun(key.getPublic());
      InThread<Object> begin = InThread.start(Executors.callable(racing::begin));
      racing.close();
      begin.result();
    }
    ssh.close();
    servers.releaseUnused();
    await()
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .as("a server that is left keeps the threads")
                    .noneMatch(name -> name.startsWith("InstanceSshTest-ssh-")));
  }

  @Test
  void the_host_key_is_the_instances_own() throws IOException {
    try (TestClient client = connected()) {
      assertThat(SshPublicKeys.same(client.seenHostKey, guest.hostKey().getPublic())).isTrue();
    }
    assertThat(run(HostKeyCheck.COMMAND).stdout()).asString().isEqualTo(guest.proof());
  }

  @Test
  void another_key_and_another_user_stay_outside() throws IOException {
    try (TestClient client = connected()) {
      assertThatThrownBy(() -> client.login(USER, newKey("Ed25519")))
          .isInstanceOf(UserAuthException.class);
    }
    try (TestClient client = connected()) {
      assertThatThrownBy(() -> client.login("root", key)).isInstanceOf(UserAuthException.class);
    }
  }

  @Test
  void nobody_gets_in_where_the_request_had_no_key() throws IOException {
    ssh = newService(null);
    try (TestClient client = connected()) {
      assertThatThrownBy(() -> client.login(USER, key)).isInstanceOf(UserAuthException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = InstanceState.class,
      names = {"BOOTING", "SHUTTING_DOWN"})
  void an_instance_that_does_not_run_drops_connections(InstanceState other) throws IOException {
    state = other;
    assertThatThrownBy(this::connected).isInstanceOf(IOException.class);

    state = InstanceState.RUNNING;
    assertThat(run("true").status()).isZero();
  }

  @Test
  void a_connection_ends_when_it_is_used_after_the_instance_has() throws IOException {
    try (TestClient client = loggedIn()) {
      state = InstanceState.SHUTTING_DOWN;

      assertThatThrownBy(() -> client.run("true")).isInstanceOf(IOException.class);
      await().until(() -> !client.ssh.isConnected());
    }
    assertThat(shell.runs()).isEmpty();
  }

  @Test
  void closing_ends_connections_and_commands_and_frees_the_port() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    shell.on(
        "x",
        call -> {
          running.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            interrupted.countDown();
            throw e;
          }
          return ShellExit.OK;
        });
    try (TestClient client = loggedIn()) {
      client.ssh.startSession().exec("x");
      assertThat(running.await(20, TimeUnit.SECONDS)).isTrue();

      ssh.close();
      ssh.close();

      assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
      await().until(() -> !client.ssh.isConnected());
    }
    assertThatThrownBy(this::connected).isInstanceOf(ConnectException.class);
  }

  @Test
  void rules_decide_the_newest_first_and_the_rest_is_built_in() throws IOException {
    shell.onMatch(Pattern.compile("sys.* (start|stop)"), ShellScript.reply("first\n"));
    shell.on("sysctl stop", ShellScript.reply(3, "out", "ärr"));

    assertThat(run("sysctl start").stdout()).asString().isEqualTo("first\n");
    TestClient.Outcome exact = run("sysctl stop");
    assertThat(exact.status()).isEqualTo(3);
    assertThat(new String(exact.stdout(), UTF_8)).isEqualTo("out");
    assertThat(new String(exact.stderr(), UTF_8)).isEqualTo("ärr");
    TestClient.Outcome unknown = run("sysctl restart");
    assertThat(unknown.status()).isEqualTo(127);
    assertThat(new String(unknown.stderr(), UTF_8)).contains("sysctl: not found");
  }

  @Test
  void what_was_run_is_known_byte_for_byte() throws IOException {
    String command = "echo 'a  \"b\"\n' $HOME \\ ä";
    run(command);

    assertThat(shell.runs(ID)).hasSize(1);
    ShellRun seen = shell.runs().get(0);
    assertThat(seen.commandBytes()).isEqualTo(command.getBytes(UTF_8));
    assertThat(seen.command()).isEqualTo(command);
    assertThat(seen.user()).isEqualTo(USER);
    assertThat(seen.isInit()).isFalse();
    assertThat(seen.instance()).isEqualTo(ID);
    assertThat(seen.toString()).doesNotContain("HOME");
    assertThat(shell.runs(InstanceId.of("i-2"))).isEmpty();
    shell.clear();
    assertThat(shell.runs()).isEmpty();
  }

  @Test
  void an_init_command_leaves_its_files_to_later_logins() throws Exception {
    guest.runInit(InitCommand.of("umask 0177 && echo -n 'a $secret' > /var/run/secret"));

    assertThat(new String(run("cat /var/run/secret").stdout(), UTF_8)).isEqualTo("a $secret");
    assertThat(shell.runs().get(0).isInit()).isTrue();
    assertThat(shell.runs().get(0).user()).isEqualTo("root");
  }

  @Test
  void an_empty_init_command_is_not_run_and_a_failing_one_does_no_harm() throws Exception {
    shell.on(
        "x",
        call -> {
          throw new IOException("on purpose");
        });

    guest.runInit(InitCommand.NONE);
    guest.runInit(InitCommand.of("x"));

    assertThat(shell.runs()).hasSize(1);
  }

  @Test
  void an_interrupted_init_command_tells_so() {
    shell.on("x", ShellScript.hang());
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> guest.runInit(InitCommand.of("x")))
        .isInstanceOf(InterruptedException.class);
  }

  @Test
  void input_goes_through_cat_unchanged() throws IOException {
    byte[] input = {0, 1, (byte) 0xff, '\n', '\r', 0};
    try (TestClient client = loggedIn()) {
      InputStream stdin = new ByteArrayInputStream(input);

      assertThat(client.run("cat", stdin).stdout()).isEqualTo(input);
    }
  }

  @Test
  void a_script_ends_by_signal_or_lost_or_hangs_until_it_is_signalled() throws Exception {
    shell.on("killed", ShellScript.exit(ShellExit.signal("KILL")));
    shell.on("lost", ShellScript.exit(ShellExit.LOST));
    shell.on("hang", ShellScript.hang());
    shell.on(
        "throws",
        call -> {
          throw new IllegalStateException("on purpose");
        });

    shell.on(
        "asserts",
        call -> {
          throw new AssertionError("what the script asserts");
        });

    assertThat(run("throws").status()).isNull();
    assertThat(run("asserts").status()).isNull();
    assertThat(logger.lines())
        .filteredOn(line -> line.startsWith("WARN the script of a command on instance i-1 failed"))
        .hasSize(2);
    assertThat(logger.thrown())
        .anyMatch(thrown -> "what the script asserts".equals(thrown.getMessage()));
    assertThat(run("killed").signal()).isEqualTo("KILL");
    TestClient.Outcome lost = run("lost");
    assertThat(lost.status()).isNull();
    assertThat(lost.signal()).isNull();
    try (TestClient client = loggedIn();
        Session session = client.ssh.startSession()) {
      Session.Command command = session.exec("hang");
      command.signal(net.schmizz.sshj.connection.channel.direct.Signal.TERM);
      command.join(20, TimeUnit.SECONDS);
      assertThat(command.getExitSignal().name()).isEqualTo("TERM");
    }
  }

  @Test
  void an_instance_reaches_what_a_test_runs_beside_it_and_nothing_else() throws Exception {
    try (ServerSocket target = new ServerSocket(0);
        TestClient client = loggedIn()) {
      client.ssh.newDirectConnection("localhost", target.getLocalPort()).close();

      assertThatThrownBy(() -> client.ssh.newDirectConnection("192.0.2.1", 80))
          .isInstanceOfSatisfying(
              OpenFailException.class,
              e ->
                  assertThat(e.getReason())
                      .isEqualTo(OpenFailException.Reason.ADMINISTRATIVELY_PROHIBITED));
    }
  }

  @Test
  void refused_connections_are_closed_at_once() throws IOException {
    fault = Optional.of(SshFault.REFUSE);
    assertThatThrownBy(this::connected).isInstanceOf(IOException.class);

    assertRepairs();
  }

  @Test
  void stalled_connections_never_hear_a_word() throws IOException {
    fault = Optional.of(SshFault.STALL);
    long start = System.nanoTime();
    assertThatThrownBy(() -> connected(500)).isInstanceOf(IOException.class);
    assertThat(System.nanoTime() - start).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(400));

    assertRepairs();
  }

  @Test
  void dropped_connections_are_cut_when_the_command_runs() throws IOException {
    fault = Optional.of(SshFault.DROP_CONNECTION);
    try (TestClient client = loggedIn()) {
      assertThatThrownBy(() -> client.run("echo x"))
          .isInstanceOfAny(IOException.class, UncheckedIOException.class);
    }
    await().until(() -> shell.runs().size() == 1);

    assertRepairs();
  }

  @Test
  void a_wrong_host_key_is_not_the_instances_own() throws IOException {
    fault = Optional.of(SshFault.WRONG_HOST_KEY);
    try (TestClient client = loggedIn()) {
      assertThat(SshPublicKeys.same(client.seenHostKey, guest.hostKey().getPublic())).isFalse();
    }

    assertRepairs();
  }

  @Test
  void rejected_logins_are_rejected_with_the_right_key() throws IOException {
    fault = Optional.of(SshFault.REJECT_LOGIN);
    assertThatThrownBy(this::loggedIn).isInstanceOf(UserAuthException.class);

    assertRepairs();
  }

  private void assertRepairs() throws IOException {
    fault = Optional.empty();
    try (TestClient client = loggedIn()) {
      assertThat(SshPublicKeys.same(client.seenHostKey, guest.hostKey().getPublic())).isTrue();
      assertThat(client.run("true").status()).isZero();
    }
  }
}
