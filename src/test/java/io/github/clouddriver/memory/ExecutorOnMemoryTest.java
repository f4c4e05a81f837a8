package io.github.clouddriver.memory;

import static io.github.clouddriver.memory.Sets.A;
import static io.github.clouddriver.memory.Sets.MINUTE;
import static io.github.clouddriver.memory.Sets.SMALL;
import static io.github.clouddriver.memory.Sets.START;
import static io.github.clouddriver.memory.Sets.open;
import static io.github.clouddriver.memory.Sets.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.clouddriver.Capability;
import io.github.clouddriver.CreateRequest;
import io.github.clouddriver.Instance;
import io.github.clouddriver.InstanceSet;
import io.github.clouddriver.error.CloudErrors;
import io.github.clouddriver.error.HostKeyMismatchException;
import io.github.clouddriver.error.NotImplementedException;
import io.github.clouddriver.exec.Executor;
import io.github.clouddriver.exec.ExecutorException;
import io.github.clouddriver.exec.NoAddressException;
import io.github.clouddriver.exec.Phase;
import io.github.clouddriver.exec.RemoteCommand;
import io.github.clouddriver.exec.SshSigner;
import io.github.clouddriver.ssh.SshExecutor;
import java.io.IOException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The library's own executor against in-memory instances: what a dispatcher's test does. */
class ExecutorOnMemoryTest {
  private static final Duration HALF_SECOND = Duration.ofMillis(500);

  private final ManualClock clock = ManualClock.at(START);
  private final KeyPair key;
  private final CreateRequest withKey;

  ExecutorOnMemoryTest() throws Exception {
    key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    withKey = request(SMALL).toBuilder().publicKey(key.getPublic()).build();
  }

  private Executor executor(Instance target) {
    Executor executor = SshExecutor.builder().build();
    executor.setSigners(SshSigner.of(key));
    executor.setTarget(target);
    return executor;
  }

  private static String echo(Executor executor, String word) throws Exception {
    return executor.execute("echo " + word, null).orThrow().stdoutText();
  }

  @Test
  void aCommandRunsOnAnInstanceWhoseKeyTheProviderKnows() throws Exception {
    try (MemoryCloud cloud = MemoryCloud.create()) {
      Instance made = open(cloud, A).create(withKey);
      try (Executor executor = executor(made)) {
        assertThat(echo(executor, "one")).isEqualTo("one\n");
        cloud.moveAddress(made.id());
        assertThat(echo(executor, "two")).as("at its new address").isEqualTo("two\n");
      }
    }
  }

  @Test
  void T5_aCommandRunsOnAnInstanceWhoseKeyIsToldOverTheConnection() throws Exception {
    try (MemoryCloud cloud = MemoryCloud.builder().hostKeyOverConnection(true).build()) {
      Instance made = open(cloud, A).create(withKey);
      try (Executor executor = executor(made)) {
        assertThat(echo(executor, "one")).isEqualTo("one\n");
      }
      assertThat(cloud.shell().runs(made.id()))
          .extracting(ShellRun::command)
          .containsExactly(HostKeyCheck.COMMAND, "echo one");
    }
  }

  @Test
  void T4_E2_noCommandRunsWhereThereIsNoWayToTell() throws Exception {
    try (MemoryCloud cloud = MemoryCloud.builder().without(Capability.HOST_KEY).build()) {
      Instance made = open(cloud, A).create(withKey);
      try (Executor executor = executor(made)) {
        assertRefusedFor(NotImplementedException.class, () -> echo(executor, "one"));
      }
      assertThat(cloud.shell().runs()).isEmpty();
    }
  }

  @Test
  void T3_E2_noCommandRunsBehindAWrongHostKey() throws Exception {
    for (boolean overConnection : new boolean[] {false, true}) {
      try (MemoryCloud cloud =
          MemoryCloud.builder().hostKeyOverConnection(overConnection).build()) {
        cloud.faults().add(Operation.CREATE, Fault.breakSsh(SshFault.WRONG_HOST_KEY));
        Instance made = open(cloud, A).create(withKey);
        try (Executor executor = executor(made)) {
          assertRefusedFor(HostKeyMismatchException.class, () -> echo(executor, "one"));
        }
        assertThat(cloud.shell().runs()).extracting(ShellRun::command).doesNotContain("echo one");
      }
    }
  }

  @Test
  void E7_aConnectionRunsNoMoreCommandsAtOnceThanItMay() throws Exception {
    try (MemoryCloud cloud = MemoryCloud.builder().maxSessions(0).build()) {
      Instance made = open(cloud, A).create(withKey);
      try (Executor executor = executor(made)) {
        RemoteCommand soon = RemoteCommand.builder("echo one").deadline(HALF_SECOND).build();
        assertThatThrownBy(() -> executor.execute(soon))
            .isInstanceOfSatisfying(
                ExecutorException.class, e -> assertThat(e.phase()).isEqualTo(Phase.CHANNEL));
      }
      assertThat(cloud.shell().runs()).isEmpty();
    }
    try (MemoryCloud cloud = MemoryCloud.builder().maxSessions(1).build()) {
      Instance made = open(cloud, A).create(withKey);
      try (Executor executor = executor(made)) {
        assertThat(echo(executor, "one")).isEqualTo("one\n");
        assertThat(echo(executor, "two")).as("after the first has ended").isEqualTo("two\n");
      }
    }
  }

  private static void assertRefusedFor(
      Class<? extends io.github.clouddriver.error.CloudError> kind, ThrowingCallable command) {
    assertThatThrownBy(command)
        .isInstanceOf(IOException.class)
        .satisfies(e -> assertThat(CloudErrors.find(e, kind)).isPresent());
  }

  @Test
  void T1_E6_anInstanceWithoutAnAddressYetIsToldAtOnce() throws Exception {
    try (MemoryCloud cloud = MemoryCloud.builder().clock(clock).addressDelay(MINUTE).build()) {
      InstanceSet set = open(cloud, A);
      Instance made = set.create(withKey);
      try (Executor executor = executor(made)) {
        assertThatThrownBy(() -> echo(executor, "one")).isInstanceOf(NoAddressException.class);
        clock.advance(MINUTE);
        assertThat(echo(executor, "two")).isEqualTo("two\n");
      }
    }
  }
}
