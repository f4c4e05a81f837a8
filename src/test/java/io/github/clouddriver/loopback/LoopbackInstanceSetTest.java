package io.github.clouddriver.loopback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.clouddriver.AttemptToken;
import io.github.clouddriver.Capability;
import io.github.clouddriver.ImageId;
import io.github.clouddriver.InitCommand;
import io.github.clouddriver.Instance;
import io.github.clouddriver.InstanceId;
import io.github.clouddriver.InstanceState;
import io.github.clouddriver.InstanceTags;
import io.github.clouddriver.InstanceType;
import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.error.HostKeyMismatchException;
import io.github.clouddriver.error.NotImplementedException;
import io.github.clouddriver.error.OutcomeUnknownException;
import io.github.clouddriver.error.QuotaException;
import io.github.clouddriver.error.StoppedException;
import io.github.clouddriver.exec.HostPort;
import io.github.clouddriver.internal.sshserver.TestClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import net.schmizz.sshj.userauth.UserAuthException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LoopbackInstanceSetTest {
  private final Host host = new Host(HostShell.find());

  @AfterEach
  void stop() {
    host.close();
    await().atMost(Host.PATIENCE).until(() -> Host.threads().isEmpty());
  }

  private List<InstanceId> listed() throws Exception {
    return host.set.instances(InstanceTags.empty()).stream().map(Instance::id).toList();
  }

  @Test
  void X2_the_set_is_at_quota_while_its_instance_exists() throws Exception {
    Instance first = host.create();

    assertThatThrownBy(host::create)
        .isInstanceOf(QuotaException.class)
        .hasMessageContaining(first.toString());
    assertThat(listed()).containsExactly(first.id());

    first.destroy();
    assertThat(listed()).isEmpty();
    assertThat(host.create().id()).isNotEqualTo(first.id());
  }

  @Test
  void X2_of_creates_at_once_one_succeeds() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<CompletableFuture<Object>> creates = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        creates.add(
            CompletableFuture.supplyAsync(
                () -> {
                  try {
                    return host.create().id();
                  } catch (Exception e) {
                    return e;
                  }
                },
                threads));
      }
      List<Object> results = creates.stream().map(CompletableFuture::join).toList();

      assertThat(results).filteredOn(each -> each instanceof QuotaException).hasSize(7);
      assertThat(results).filteredOn(each -> each instanceof InstanceId).isEqualTo(listed());
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void S7_there_is_one_quota_group() {
    InstanceType other = InstanceType.builder("other", "huge").preemptible(true).vcpus(64).build();

    assertThat(host.set.instanceQuotaGroup(other))
        .isEqualTo(host.set.instanceQuotaGroup(Host.TYPE));
  }

  @Test
  void S1_an_instance_has_the_type_and_tags_of_its_request() throws Exception {
    InstanceTags tags = InstanceTags.of("a", "1").with("b", "");

    Instance made = host.set.create(host.request().tags(tags).build());

    assertThat(made.providerType()).isEqualTo(Host.TYPE.providerType());
    assertThat(made.tags()).isEqualTo(tags);
    assertThat(host.set.instances(InstanceTags.of("a", "1"))).hasSize(1);
    assertThat(host.set.instances(InstanceTags.of("a", "2"))).isEmpty();
    assertThat(made.priceHistory(Host.TYPE)).isEmpty();
    assertThat(made.interruption()).isEmpty();
  }

  @Test
  void I1_ids_are_never_used_again() throws Exception {
    Set<InstanceId> ids = new HashSet<>();
    for (int i = 0; i < 5; i++) {
      Instance made = host.create();
      assertThat(ids.add(made.id())).isTrue();
      assertThat(made).hasToString(made.id().value());
      made.destroy();
    }
    try (Host other = new Host(HostShell.find())) {
      assertThat(ids.add(other.create().id())).isTrue();
    }
  }

  @Test
  void I5_a_stale_handle_harms_nobody() throws Exception {
    Instance stale = host.create();
    stale.destroy();
    Instance later = host.create();
    try (TestClient client = host.login(later)) {
      stale.destroy();
      stale.destroy();
      assertThatThrownBy(() -> stale.setTags(InstanceTags.of("a", "1")))
          .isExactlyInstanceOf(CloudException.class)
          .hasMessageContaining("does not exist any more");

      assertThat(listed()).containsExactly(later.id());
      assertThat(later.state()).isEqualTo(InstanceState.RUNNING);
      assertThat(later.tags()).isEqualTo(InstanceTags.empty());
      assertThat(client.run("true").status()).isZero();
    }
    assertThat(stale.state()).isEqualTo(InstanceState.SHUTTING_DOWN);
  }

  @Test
  void I5_a_second_destroy_returns_when_the_first_has_ended_the_commands() throws Exception {
    String mark = Host.uniqueSeconds();
    for (int i = 0; i < 5; i++) {
      Instance made = host.create();
      try (TestClient client = host.login(made)) {
        client.ssh.startSession().exec("exec sleep " + mark);
        await().atMost(Host.PATIENCE).until(() -> Host.count(mark) > 0);
        CompletableFuture<Void> first =
            CompletableFuture.runAsync(
                () -> {
                  try {
                    made.destroy();
                  } catch (CloudException | InterruptedException e) {
                    throw new AssertionError(e);
                  }
                });
        await()
            .pollInterval(Duration.ofMillis(1))
            .until(() -> made.state() == InstanceState.SHUTTING_DOWN);

        made.destroy();

        // The threads of a command end after its processes were killed, and are waited for.
        assertThat(Host.threads()).noneMatch(name -> name.contains("-std"));
        first.join();
      }
    }
  }

  @Test
  void D5_sets_leave_each_other_alone() throws Exception {
    Instance mine = host.create();
    try (Host other = new Host(HostShell.find())) {
      Instance theirs = other.create();

      assertThat(listed()).containsExactly(mine.id());
      assertThatThrownBy(() -> mine.verifyHostKey(seenKey(theirs), null))
          .isInstanceOf(HostKeyMismatchException.class);
    }
    try (TestClient client = host.login(mine)) {
      assertThat(client.run("true").status()).isZero();
    }
  }

  private static PublicKey seenKey(Instance instance) throws IOException {
    try (TestClient client = Host.connect(instance)) {
      return client.seenHostKey;
    }
  }

  @Test
  void T3_each_life_has_a_host_key_of_its_own() throws Exception {
    Instance first = host.create();
    PublicKey old = seenKey(first);
    first.verifyHostKey(old, null);
    first.destroy();

    Instance second = host.create();

    second.verifyHostKey(seenKey(second), null);
    assertThatThrownBy(() -> second.verifyHostKey(old, null))
        .isInstanceOf(HostKeyMismatchException.class)
        .hasMessageContaining("SHA256:");
    KeyPair unknown = KeyPairGenerator.getInstance("DSA").generateKeyPair();
    assertThatThrownBy(() -> second.verifyHostKey(unknown.getPublic(), null))
        .isInstanceOf(HostKeyMismatchException.class);
  }

  @Test
  void T1_there_is_an_address_while_the_instance_runs() throws Exception {
    Instance made = host.create();
    HostPort at = made.address().orElseThrow();
    assertThat(InetAddress.getByName(at.host()).isLoopbackAddress()).isTrue();

    made.destroy();

    assertThat(made.address()).isEmpty();
    try (Socket socket = new Socket()) {
      assertThatThrownBy(() -> socket.connect(new InetSocketAddress(at.host(), at.portOr(0)), 1000))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void nobody_reaches_it_from_elsewhere() throws Exception {
    int port = host.create().address().orElseThrow().portOr(0);
    List<InetAddress> others =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(address -> !address.isLoopbackAddress())
            .toList();
    for (InetAddress each : others) {
      try (Socket socket = new Socket()) {
        assertThatThrownBy(() -> socket.connect(new InetSocketAddress(each, port), 1000))
            .as("%s", each)
            .isInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void S2_only_the_keys_owner_gets_in_and_only_as_the_remote_user() throws Exception {
    Instance made = host.create();
    assertThat(made.remoteUser()).isEqualTo(System.getProperty("user.name"));
    try (TestClient client = host.login(made)) {
      assertThat(client.run("true").status()).isZero();
    }
    try (TestClient client = Host.connect(made)) {
      assertThatThrownBy(() -> client.login("somebody-else", host.key))
          .isInstanceOf(UserAuthException.class);
    }
    try (TestClient client = Host.connect(made)) {
      assertThatThrownBy(() -> client.login(made.remoteUser(), Host.newKey()))
          .isInstanceOf(UserAuthException.class);
    }
  }

  @Test
  void S2_without_a_public_key_nobody_gets_in() throws Exception {
    Instance made =
        host.set.create(
            Host.TYPE, ImageId.of("image"), InstanceTags.empty(), InitCommand.NONE, null);

    try (TestClient client = Host.connect(made)) {
      assertThatThrownBy(() -> client.login(made.remoteUser(), host.key))
          .isInstanceOf(UserAuthException.class);
    }
  }

  @Test
  void S2_a_later_instance_does_not_let_the_owner_of_an_earlier_key_in() throws Exception {
    host.create().destroy();
    Instance later = host.set.create(host.request().publicKey(Host.newKey().getPublic()).build());

    assertThatThrownBy(() -> host.login(later)).isInstanceOf(UserAuthException.class);
  }

  @Test
  void S3_an_init_command_is_not_run_on_this_host(@TempDir Path folder) throws Exception {
    Path mark = folder.resolve("mark");

    Instance made =
        host.set.create(host.request().initCommand(InitCommand.of("touch " + mark)).build());

    try (TestClient client = host.login(made)) {
      assertThat(client.run("true").status()).isZero();
    }
    assertThat(Files.exists(mark)).isFalse();
    assertThat(host.set.capabilities())
        .containsExactlyInAnyOrder(Capability.PUBLIC_KEY, Capability.HOST_KEY, Capability.STATE);
  }

  @Test
  void S11_an_attempt_token_is_refused() throws Exception {
    assertThatThrownBy(
            () -> host.set.create(host.request().attemptToken(AttemptToken.random()).build()))
        .isInstanceOf(NotImplementedException.class);
    assertThat(listed()).isEmpty();
    assertThat(host.create()).isNotNull();
  }

  @Test
  void I3_tags_are_replaced() throws Exception {
    Instance made = host.set.create(host.request().tags(InstanceTags.of("a", "1")).build());
    Instance row = host.set.instances(InstanceTags.empty()).get(0);

    made.setTags(InstanceTags.of("b", "2"));

    assertThat(made.tags()).isEqualTo(InstanceTags.of("b", "2"));
    assertThat(row.tags()).as("a snapshot").isEqualTo(InstanceTags.of("a", "1"));
    assertThat(host.set.instances(InstanceTags.empty()).get(0).tags())
        .isEqualTo(InstanceTags.of("b", "2"));
    made.setTags(InstanceTags.empty());
    assertThat(host.set.instances(InstanceTags.empty()).get(0).tags().asMap()).isEmpty();
  }

  @Test
  void S9_a_stopped_set_refuses_calls_and_its_instance_is_gone() throws Exception {
    Instance made = host.create();
    HostPort at = made.address().orElseThrow();

    host.set.stop();
    host.set.stop();
    host.set.close();

    assertThatThrownBy(host::create).isInstanceOf(StoppedException.class);
    assertThatThrownBy(this::listed).isInstanceOf(StoppedException.class);
    assertThatThrownBy(made::destroy).isInstanceOf(StoppedException.class);
    assertThatThrownBy(() -> made.setTags(InstanceTags.empty()))
        .isInstanceOf(StoppedException.class);
    assertThatCode(() -> host.set.instanceQuotaGroup(Host.TYPE)).doesNotThrowAnyException();
    assertThat(made.tags()).isEqualTo(InstanceTags.empty());
    assertThat(made.state()).isEqualTo(InstanceState.SHUTTING_DOWN);
    try (Socket socket = new Socket()) {
      assertThatThrownBy(() -> socket.connect(new InetSocketAddress(at.host(), at.portOr(0)), 1000))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void S9_a_create_that_meets_a_stop_leaves_nothing() throws Exception {
    for (int i = 0; i < 20; i++) {
      Host each = new Host(HostShell.find());
      CompletableFuture<Object> create =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return each.create();
                } catch (Exception e) {
                  return e;
                }
              });
      each.set.stop();

      Object result = create.join();
      assertThat(result)
          .isInstanceOfAny(Instance.class, StoppedException.class, OutcomeUnknownException.class);
    }
    await().atMost(Host.PATIENCE).until(() -> Host.threads().isEmpty());
  }

  @Test
  void S12_an_interrupted_thread_is_told_so() throws Exception {
    Instance made = host.create();
    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            host::create, this::listed, () -> made.setTags(InstanceTags.empty()), made::destroy)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(call).isInstanceOf(InterruptedException.class);
    }
    assertThat(listed()).containsExactly(made.id());
  }

  @Test
  void an_idle_instance_has_the_threads_of_its_server_only() throws Exception {
    Instance made = host.create();
    try (TestClient client = host.login(made)) {
      client.run("true");
    }
    await()
        .atMost(Host.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(Host.threads())
                    .allMatch(name -> name.matches(".*-ssh-(io|timer)-\\d+")));
  }
}
