package io.github.clouddriver.memory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.clouddriver.CreateRequest;
import io.github.clouddriver.InitCommand;
import io.github.clouddriver.Instance;
import io.github.clouddriver.InstanceSet;
import io.github.clouddriver.InstanceState;
import io.github.clouddriver.Interruption;
import io.github.clouddriver.error.HostKeyMismatchException;
import io.github.clouddriver.exec.HostPort;
import io.github.clouddriver.internal.sshserver.TestClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.schmizz.sshj.userauth.UserAuthException;
import org.apache.sshd.common.util.logging.AbstractLoggingBean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A whole cloud whose instances are logged in to by a real SSH client. */
@Timeout(60)
class MemorySshTest {
  private static final int PATIENCE_MILLIS = 20_000;

  private final KeyPair key = InstanceSshTest.newKey("Ed25519");
  private final ManualClock clock = ManualClock.at(Sets.START);
  private final MemoryCloud cloud =
      MemoryCloud.builder().clock(clock).bootDelay(Sets.MINUTE).shutdownDelay(Sets.MINUTE).build();

  @AfterEach
  void close() {
    cloud.close();
  }

  private CreateRequest.Builder request() {
    return CreateRequest.builder(Sets.SMALL, Sets.IMAGE).publicKey(key.getPublic());
  }

  private Instance booted(CreateRequest request) throws Exception {
    Instance instance = Sets.open(cloud, Sets.A).create(request);
    clock.advance(Sets.MINUTE);
    return instance;
  }

  private static TestClient connected(Instance instance) throws IOException {
    return connected(instance, PATIENCE_MILLIS);
  }

  private static TestClient connected(Instance instance, int limitMillis) throws IOException {
    HostPort address = instance.address().orElseThrow();
    return TestClient.connected(
        new InetSocketAddress(address.host(), address.port().orElseThrow()), limitMillis);
  }

  private TestClient loggedIn(Instance instance) throws IOException {
    TestClient client = connected(instance);
    try {
      client.login(instance.remoteUser(), key);
      return client;
    } catch (IOException e) {
      client.close();
      throw e;
    }
  }

  private String output(Instance instance, String command) throws IOException {
    try (TestClient client = loggedIn(instance)) {
      TestClient.Outcome outcome = client.run(command);
      assertThat(outcome.status()).as(command).isZero();
      return new String(outcome.stdout(), UTF_8);
    }
  }

  @Test
  void one_logs_in_with_the_requests_key_and_reaches_that_instance() throws Exception {
    InstanceSet set = Sets.open(cloud, Sets.A);
    Instance one = set.create(request().build());
    Instance other = set.create(request().build());
    clock.advance(Sets.MINUTE);

    assertThat(output(one, "hostname")).isEqualTo(one.id() + "\n");
    assertThat(output(other, "hostname")).isEqualTo(other.id() + "\n");
    assertThat(cloud.shell().runs(one.id())).hasSize(1);
  }

  @Test
  void an_adopted_instance_is_the_same_machine() throws Exception {
    Instance instance = booted(request().build());

    Instance adopted = Sets.find(Sets.open(cloud, Sets.A), instance.id());

    assertThat(adopted.address()).isEqualTo(instance.address());
    assertThat(output(adopted, "hostname")).isEqualTo(instance.id() + "\n");
  }

  @Test
  void nobody_else_gets_in() throws Exception {
    Instance instance = booted(request().build());
    try (TestClient client = connected(instance)) {
      KeyPair wrong = InstanceSshTest.newKey("Ed25519");
      assertThatThrownBy(() -> client.login(instance.remoteUser(), wrong))
          .isInstanceOf(UserAuthException.class);
    }
    try (TestClient client = connected(instance)) {
      assertThatThrownBy(() -> client.login("root", key)).isInstanceOf(UserAuthException.class);
    }
  }

  @Test
  void nobody_gets_in_without_a_key_in_the_request() throws Exception {
    Instance instance = booted(Sets.request(Sets.SMALL));

    assertThatThrownBy(() -> loggedIn(instance)).isInstanceOf(UserAuthException.class);
  }

  @Test
  void nobody_gets_in_before_the_instance_has_booted() throws Exception {
    Instance instance = Sets.open(cloud, Sets.A).create(request().build());
    assertThat(instance.state()).isEqualTo(InstanceState.BOOTING);
    assertThatThrownBy(() -> connected(instance)).isInstanceOf(IOException.class);

    clock.advance(Sets.MINUTE);

    assertThat(output(instance, "echo up")).isEqualTo("up\n");
  }

  @Test
  void destroying_ends_connections_and_commands_and_frees_the_port() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    cloud
        .shell()
        .on(
            "x",
            call -> {
              running.countDown();
              new CountDownLatch(1).await();
              return ShellExit.OK;
            });
    Instance instance = booted(request().build());
    try (TestClient client = loggedIn(instance)) {
      client.ssh.startSession().exec("x");
      assertThat(running.await(20, TimeUnit.SECONDS)).isTrue();

      instance.destroy();

      await().until(() -> !client.ssh.isConnected());
    }
    assertThat(instance.state()).isEqualTo(InstanceState.SHUTTING_DOWN);
    assertThatThrownBy(() -> connected(instance)).isInstanceOf(ConnectException.class);
  }

  @Test
  void an_instance_that_the_provider_stopped_answers_no_more() throws Exception {
    Instance instance = booted(request().build());
    try (TestClient client = loggedIn(instance)) {
      cloud.interrupt(instance.id(), Interruption.Kind.RECLAIM, Sets.SECOND);
      assertThat(client.run("true").status()).isZero();

      clock.advance(Sets.SECOND);

      assertThatThrownBy(() -> client.run("true"))
          .isInstanceOfAny(IOException.class, UncheckedIOException.class);
    }
    assertThatThrownBy(() -> connected(instance)).isInstanceOf(IOException.class);
  }

  @Test
  void the_instance_outlives_the_set_that_made_it() throws Exception {
    InstanceSet set = Sets.open(cloud, Sets.A);
    Instance instance = set.create(request().build());
    clock.advance(Sets.MINUTE);

    set.stop();

    assertThat(output(instance, "echo here")).isEqualTo("here\n");
  }

  @Test
  void the_host_key_that_a_client_sees_is_the_one_that_the_driver_accepts() throws Exception {
    InstanceSet set = Sets.open(cloud, Sets.A);
    Instance instance = set.create(request().build());
    Instance other = set.create(request().build());
    clock.advance(Sets.MINUTE);
    try (TestClient client = connected(instance)) {
      assertThatCode(() -> instance.verifyHostKey(client.seenHostKey, null))
          .doesNotThrowAnyException();
      assertThatThrownBy(() -> other.verifyHostKey(client.seenHostKey, null))
          .isInstanceOf(HostKeyMismatchException.class);
    }
    assertThat(output(instance, HostKeyCheck.COMMAND))
        .isNotEqualTo(output(other, HostKeyCheck.COMMAND));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "echo 'a  \"b\"' $HOME \\ `c`",
        "#!/bin/sh\nset=1\n\techo done\n",
        "echo Grüße \uD83D\uDE80"
      })
  void the_init_command_is_run_once_and_byte_for_byte(String command) throws Exception {
    Instance instance = booted(request().initCommand(InitCommand.of(command)).build());
    output(instance, "true");

    List<ShellRun> runs = cloud.shell().runs(instance.id());
    assertThat(runs).hasSize(2);
    assertThat(runs.get(0).isInit()).isTrue();
    assertThat(runs.get(0).commandBytes()).isEqualTo(command.getBytes(UTF_8));
  }

  @Test
  void what_the_init_command_wrote_is_read_over_ssh() throws Exception {
    String write = "umask 0177 && printf '%s' 's3 cr\"et' > /var/run/instance-secret";
    Instance instance = booted(request().initCommand(InitCommand.of(write)).build());

    assertThat(output(instance, "cat /var/run/instance-secret")).isEqualTo("s3 cr\"et");
  }

  @Test
  void an_instance_does_not_count_as_booted_while_its_init_command_runs() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    cloud
        .shell()
        .on(
            "slow",
            call -> {
              begun.countDown();
              end.await();
              return ShellExit.OK;
            });
    InstanceSet set = Sets.open(cloud, Sets.A);
    CompletableFuture<Instance> creating =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return set.create(request().initCommand(InitCommand.of("slow")).build());
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
    clock.advance(Sets.MINUTE);
    Instance listed = Sets.list(set).get(0);
    assertThat(listed.state()).isEqualTo(InstanceState.BOOTING);
    assertThatThrownBy(() -> connected(listed)).isInstanceOf(IOException.class);

    end.countDown();

    Instance instance = creating.get(20, TimeUnit.SECONDS);
    assertThat(instance.state()).isEqualTo(InstanceState.RUNNING);
    assertThat(output(instance, "echo up")).isEqualTo("up\n");
  }

  @Test
  void a_breakage_hits_one_connection_and_the_next_one_works() throws Exception {
    Instance instance = booted(request().build());
    cloud
        .faults()
        .add(
            Operation.SSH,
            Fault.breakSsh(SshFault.REFUSE),
            Fault.breakSsh(SshFault.STALL),
            Fault.breakSsh(SshFault.WRONG_HOST_KEY),
            Fault.breakSsh(SshFault.REJECT_LOGIN),
            Fault.breakSsh(SshFault.DROP_CONNECTION));

    assertThatThrownBy(() -> connected(instance)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> connected(instance, 500)).isInstanceOf(IOException.class);
    try (TestClient client = connected(instance)) {
      assertThatThrownBy(() -> instance.verifyHostKey(client.seenHostKey, null))
          .isInstanceOf(HostKeyMismatchException.class);
    }
    assertThatThrownBy(() -> loggedIn(instance)).isInstanceOf(UserAuthException.class);
    try (TestClient client = loggedIn(instance)) {
      assertThatThrownBy(() -> client.run("echo x"))
          .isInstanceOfAny(IOException.class, UncheckedIOException.class);
    }
    assertThat(output(instance, "echo x")).isEqualTo("x\n");
    assertThat(cloud.faults().pending()).isEmpty();
  }

  @Test
  void an_instance_can_be_born_with_broken_ssh() throws Exception {
    cloud.faults().add(Operation.CREATE, Fault.breakSsh(SshFault.REJECT_LOGIN));
    Instance broken = booted(request().build());
    Instance healthy = booted(request().build());

    assertThatThrownBy(() -> loggedIn(broken)).isInstanceOf(UserAuthException.class);
    assertThatThrownBy(() -> loggedIn(broken)).isInstanceOf(UserAuthException.class);
    assertThat(output(healthy, "echo x")).isEqualTo("x\n");
    cloud.faults().clear();
    assertThat(output(broken, "echo x")).isEqualTo("x\n");
  }

  @Test
  void a_hundred_instances_have_a_hundred_addresses_and_few_threads() throws Exception {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    InstanceSet set = Sets.open(cloud, Sets.A);
    List<Instance> instances = new ArrayList<>();
    Set<HostPort> addresses = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      instances.add(set.create(request().build()));
      addresses.add(instances.get(i).address().orElseThrow());
    }
    clock.advance(Sets.MINUTE);

    assertThat(addresses).hasSize(100);
    assertThat(output(instances.get(57), "hostname")).isEqualTo(instances.get(57).id() + "\n");
    Set<Thread> own = new HashSet<>(Thread.getAllStackTraces().keySet());
    own.removeAll(before);
    assertThat(own).filteredOn(each -> each.getName().contains("-ssh-")).hasSizeLessThan(10);
  }

  @Test
  void T1_an_instance_has_its_address_once_it_is_created_and_asking_begins_nothing()
      throws Exception {
    try (MemoryCloud named = MemoryCloud.builder().name("asked").build()) {
      Instance instance = Sets.open(named, Sets.A).create(request().build());
      List<String> threads = threadsNamed("asked");

      assertThat(threads).isNotEmpty();
      assertThat(instance.address()).isPresent();
      assertThat(Sets.list(Sets.open(named, Sets.A)).get(0).address())
          .isEqualTo(instance.address());
      assertThat(threadsNamed("asked")).hasSameElementsAs(threads);
    }
  }

  @Test
  void T1_the_address_of_an_instance_that_shuts_down_moves_and_nobody_listens_there()
      throws Exception {
    Instance instance = booted(request().build());
    Optional<HostPort> before = instance.address();
    instance.destroy();

    cloud.moveAddress(instance.id());

    assertThat(instance.address()).isPresent().isNotEqualTo(before);
    assertThatThrownBy(() -> connected(instance)).isInstanceOf(ConnectException.class);
  }

  @Test
  void closing_the_cloud_leaves_no_thread_and_no_port() throws Exception {
    Instance instance = booted(request().build());
    try (TestClient client = loggedIn(instance)) {
      assertThat(client.run("true").status()).isZero();
      HostPort address = instance.address().orElseThrow();
      String name = cloud.toString().replaceAll("MemoryCloud\\[(.*),.*", "$1");
      assertThat(threadsNamed(name)).isNotEmpty();

      cloud.close();

      await().untilAsserted(() -> assertThat(threadsNamed(name)).isEmpty());
      await().until(() -> !client.ssh.isConnected());
      assertThatThrownBy(
              () ->
                  TestClient.connected(
                      new InetSocketAddress(address.host(), address.port().orElseThrow()),
                      PATIENCE_MILLIS))
          .isInstanceOf(ConnectException.class);
    }
  }

  /** In a JVM of its own, where all loggers of ours are open and print to standard error. */
  @Test
  void D7_whatIsLoggedInAWholeLifeGoesToTheGivenLoggerOnly(@TempDir Path folder) throws Exception {
    Path given = folder.resolve("given");
    Path others = folder.resolve("others");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dorg.slf4j.simpleLogger.log.io.github.clouddriver=trace",
                "-cp",
                System.getProperty("java.class.path"),
                LoggingProbe.class.getName())
            .redirectOutput(given.toFile())
            .redirectError(others.toFile())
            .start();
    try {
      assertThat(process.waitFor(50, TimeUnit.SECONDS)).as("the probe ended").isTrue();
    } finally {
      process.destroyForcibly();
    }

    assertThat(Files.readString(others))
        .contains(LoggingProbe.CONTROL)
        .satisfies(
            printed ->
                assertThat(printed.lines().filter(MemorySshTest::isOfALoggerOfOurs)).hasSize(1));
    assertThat(process.exitValue()).isZero();
    assertThat(Files.readString(given))
        .contains(
            "the script of a command on instance",
            "ended without a status",
            "could not connect to localhost port",
            "does not heed its interruption");
  }

  /** MINA logs what it does in our subclasses in their names; that is not ours. */
  private static boolean isOfALoggerOfOurs(String line) {
    Matcher name = Pattern.compile(" (io\\.github\\.clouddriver[^ ]*) ").matcher(line);
    if (!name.find()) {
      return false;
    }
    try {
      return !AbstractLoggingBean.class.isAssignableFrom(Class.forName(name.group(1)));
    } catch (ClassNotFoundException e) {
      return true;
    }
  }

  private static List<String> threadsNamed(String cloud) {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(each -> each.startsWith(cloud + "-"))
        .toList();
  }
}
