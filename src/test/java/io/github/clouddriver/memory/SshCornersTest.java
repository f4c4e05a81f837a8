package io.github.clouddriver.memory;

import static io.github.clouddriver.memory.Sets.A;
import static io.github.clouddriver.memory.Sets.PATIENCE;
import static io.github.clouddriver.memory.Sets.SMALL;
import static io.github.clouddriver.memory.Sets.START;
import static io.github.clouddriver.memory.Sets.open;
import static io.github.clouddriver.memory.Sets.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.clouddriver.Capability;
import io.github.clouddriver.CreateRequest;
import io.github.clouddriver.Drivers;
import io.github.clouddriver.InitCommand;
import io.github.clouddriver.Instance;
import io.github.clouddriver.InstanceSet;
import io.github.clouddriver.InstanceState;
import io.github.clouddriver.SharedResourceTags;
import io.github.clouddriver.error.HostKeyMismatchException;
import io.github.clouddriver.error.NotImplementedException;
import io.github.clouddriver.error.OutcomeUnknownException;
import io.github.clouddriver.exec.ExecResult;
import io.github.clouddriver.exec.HostPort;
import io.github.clouddriver.exec.RemoteConnection;
import io.github.clouddriver.exec.RemoteStream;
import io.github.clouddriver.internal.sshserver.TestClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.NOPLogger;

/**
 * Logins and init commands where a capability is lacking or a create is cut short (S2 to S12, T5).
 */
class SshCornersTest {
  private static final InitCommand INIT =
      InitCommand.of("echo \"it's $HOME\\n\" > /tmp/init 'and \u00fcber'\necho two");
  private final ManualClock clock = ManualClock.at(START);
  private final KeyPair key = newKey();
  private final CreateRequest withKey =
      request(SMALL).toBuilder().publicKey(key.getPublic()).build();
  private MemoryCloud cloud = MemoryCloud.builder().clock(clock).build();

  private static KeyPair newKey() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterEach
  void close() {
    cloud.close();
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(threadsOf(cloud)).as("threads after close").isEmpty());
  }

  private static List<String> threadsOf(MemoryCloud cloud) {
    String name = cloud.toString().replaceAll("MemoryCloud\\[(.*),.*", "$1-");
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(each -> each.startsWith(name))
        .toList();
  }

  private static TestClient connect(Instance instance) throws IOException {
    HostPort address = instance.address().orElseThrow();
    return TestClient.connected(
        new InetSocketAddress(address.host(), address.port().orElseThrow()),
        (int) PATIENCE.toMillis());
  }

  private TestClient login(Instance instance) throws IOException {
    TestClient client = connect(instance);
    client.login(instance.remoteUser(), key);
    return client;
  }

  private String run(Instance instance, String command) throws IOException {
    try (TestClient client = login(instance)) {
      return new String(client.run(command).stdout(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void S2_withoutTheCapabilityTheKeyIsIgnored() throws Exception {
    try (MemoryCloud poor = MemoryCloud.builder().without(Capability.PUBLIC_KEY).build()) {
      Instance made = open(poor, A).create(withKey);
      try (TestClient client = connect(made)) {
        assertThatThrownBy(() -> client.login(made.remoteUser(), key))
            .isInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void S3_withoutTheCapabilityTheInitCommandIsNotRun() throws Exception {
    try (MemoryCloud poor =
        MemoryCloud.builder().ssh(false).without(Capability.INIT_COMMAND).build()) {
      Instance made = open(poor, A).create(request(SMALL).toBuilder().initCommand(INIT).build());
      assertThat(made.state()).isEqualTo(InstanceState.RUNNING);
      assertThat(poor.shell().runs()).isEmpty();
    }
  }

  @Test
  void S3_S9_anInitCommandThatBlocksHoldsUpNobodyWhoIsStoppedOrInterrupted() throws Exception {
    CountDownLatch begun = new CountDownLatch(2);
    CountDownLatch goOn = new CountDownLatch(1);
    cloud
        .shell()
        .on(
            INIT.value(),
            call -> {
              begun.countDown();
              goOn.await();
              return ShellExit.OK;
            });
    InstanceSet set = open(cloud, A);
    CreateRequest withInit = withKey.toBuilder().initCommand(INIT).build();
    InThread<Instance> stopped = InThread.start(() -> set.create(withInit));
    InThread<Instance> interrupted = InThread.start(() -> open(cloud, A).create(withInit));
    begun.await();
    interrupted.interrupt();
    assertThat(interrupted.failure(Duration.ofSeconds(1)))
        .isExactlyInstanceOf(InterruptedException.class);
    set.stop();
    assertThat(stopped.failure(Duration.ofSeconds(5)))
        .isExactlyInstanceOf(OutcomeUnknownException.class);
    assertThat(cloud.instances())
        .extracting(InstanceRecord::state)
        .containsExactly(InstanceState.BOOTING, InstanceState.BOOTING);
    goOn.countDown();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(cloud.instances())
                    .extracting(InstanceRecord::state)
                    .containsExactly(InstanceState.RUNNING, InstanceState.RUNNING));
  }

  @Test
  void S3_closingTheCloudEndsAnInitCommandThatBlocks() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    cloud
        .shell()
        .on(
            INIT.value(),
            call -> {
              begun.countDown();
              new CountDownLatch(1).await();
              return ShellExit.OK;
            });
    InstanceSet set = open(cloud, A);
    InThread<Instance> call =
        InThread.start(() -> set.create(withKey.toBuilder().initCommand(INIT).build()));
    begun.await();
    cloud.close(); // that its thread ends is asserted after each test
    assertThat(call.failure(Duration.ofSeconds(5))).isInstanceOf(OutcomeUnknownException.class);
  }

  @Test
  void aMistakeInAScriptReachesTheTestThatCreates() throws Exception {
    cloud
        .shell()
        .on(
            INIT.value(),
            call -> {
              throw new AssertionError("what the script asserts");
            });
    InstanceSet set = open(cloud, A);
    assertThatThrownBy(() -> set.create(withKey.toBuilder().initCommand(INIT).build()))
        .isInstanceOf(CompletionException.class)
        .hasRootCauseMessage("what the script asserts");
  }

  @Test
  void T1_anInstanceWhoseAddressChangedIsTheSameMachineElsewhere() throws Exception {
    Instance made = open(cloud, A).create(withKey);
    HostPort before = made.address().orElseThrow();
    try (TestClient client = login(made)) {
      client.run("echo kept > /tmp/file");
      cloud.moveAddress(made.id());
      await().atMost(PATIENCE).until(() -> !client.ssh.isConnected());
    }
    assertThat(made.address().orElseThrow()).isNotEqualTo(before);
    try (TestClient client = login(made)) {
      made.verifyHostKey(client.seenHostKey, null);
      assertThat(client.run("cat /tmp/file").stdout()).asString().isEqualTo("kept\n");
    }
  }

  @Test
  void withoutAdoptionInstancesGoWithTheirSet() throws Exception {
    try (MemoryCloud poor = MemoryCloud.builder().without(Capability.ADOPTION).build()) {
      InstanceSet set = open(poor, A);
      Instance made = set.create(withKey);
      try (TestClient client = login(made)) {
        set.stop();
        await().atMost(PATIENCE).until(() -> !client.ssh.isConnected());
      }
    }
  }

  @Test
  void S9_theLastStopFreesTheThreadsAndALaterInstanceGetsNewOnes() throws Exception {
    InstanceSet set = open(cloud, A);
    InstanceSet other = open(cloud, A);
    Instance first = set.create(withKey);
    assertThat(run(first, "echo one")).isEqualTo("one\n");
    other.stop();
    set.stop();
    assertThat(run(first, "echo two")).as("an instance outlives the sets").isEqualTo("two\n");

    InstanceSet next = open(cloud, A);
    Sets.list(next).get(0).destroy();
    next.stop();
    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(() -> assertThat(threadsOf(cloud)).as("threads after stop").isEmpty());

    assertThat(run(open(cloud, A).create(withKey), "echo three")).isEqualTo("three\n");
  }

  @Test
  void S9_stopWaitsForNoCommandThatIgnoresItsInterruption() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    InstanceSet set =
        Drivers.named("memory")
            .instanceSet(
                new ObjectMapper().readTree("{\"Account\": \"stubborn\"}"),
                A,
                SharedResourceTags.empty(),
                NOPLogger.NOP_LOGGER,
                new SimpleMeterRegistry());
    MemoryCloud named = MemoryCloud.named("stubborn").orElseThrow();
    named
        .shell()
        .on(
            "stubborn",
            call -> {
              begun.countDown();
              while (end.getCount() > 0) {
                try {
                  end.await();
                } catch (InterruptedException e) {
                  // On purpose.
                }
              }
              return ShellExit.OK;
            });
    Instance made = set.create(withKey);
    try (TestClient client = login(made)) {
      client.ssh.startSession().exec("stubborn");
      begun.await();
      made.destroy();
      InThread.start(Executors.callable(set::stop)).result(Duration.ofSeconds(2));
    } finally {
      end.countDown();
      named.close();
    }
  }

  @Test
  void T5_aHostKeyIsToldOverARealConnection() throws Exception {
    try (MemoryCloud poor = MemoryCloud.builder().hostKeyOverConnection(true).build()) {
      InstanceSet set = open(poor, A);
      Instance made = set.create(withKey);
      Instance other = set.create(withKey);
      try (TestClient client = login(made)) {
        RemoteConnection connection = remoteConnection(client);
        assertThatThrownBy(() -> made.verifyHostKey(client.seenHostKey, null))
            .isExactlyInstanceOf(NotImplementedException.class);
        made.verifyHostKey(client.seenHostKey, connection);
        assertThatThrownBy(() -> other.verifyHostKey(client.seenHostKey, connection))
            .isExactlyInstanceOf(HostKeyMismatchException.class);
      }
    }
  }

  private static RemoteConnection remoteConnection(TestClient client) {
    return new RemoteConnection() {
      @Override
      public ExecResult execute(String command, @Nullable InputStream stdin) throws IOException {
        TestClient.Outcome outcome = client.run(command);
        return ExecResult.builder()
            .exitStatus(outcome.status())
            .stdout(outcome.stdout(), 0)
            .stderr(outcome.stderr(), 0)
            .build();
      }

      @Override
      public RemoteStream open(String host, int port) throws IOException {
        throw new IOException("not used");
      }
    };
  }
}
