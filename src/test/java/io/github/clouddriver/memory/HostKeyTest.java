package io.github.clouddriver.memory;

import static io.github.clouddriver.memory.Sets.A;
import static io.github.clouddriver.memory.Sets.cloud;
import static io.github.clouddriver.memory.Sets.create;
import static io.github.clouddriver.memory.Sets.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.clouddriver.Capability;
import io.github.clouddriver.Instance;
import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.error.HostKeyMismatchException;
import io.github.clouddriver.error.NotImplementedException;
import io.github.clouddriver.exec.ExecResult;
import io.github.clouddriver.exec.RemoteConnection;
import io.github.clouddriver.exec.RemoteStream;
import io.github.clouddriver.exec.SshPublicKeys;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.DSAPublicKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.NOPLogger;

/** Whose host key it is, told by the provider or over a connection (clauses T3 to T5). */
class HostKeyTest {

  /** A login to a machine that gives one answer to the one command it is asked. */
  private record Login(String answer, int status) implements RemoteConnection {
    @Override
    public ExecResult execute(String command, @Nullable InputStream stdin) throws IOException {
      assertThat(command).isEqualTo(HostKeyCheck.COMMAND);
      if (status < 0) {
        throw new IOException("connection reset");
      }
      return ExecResult.builder()
          .exitStatus(status)
          .stdout(answer.getBytes(StandardCharsets.UTF_8), 0)
          .build();
    }

    @Override
    public RemoteStream open(String host, int port) throws IOException {
      throw new IOException("nobody listens on " + host + ":" + port);
    }
  }

  @Test
  void T3_theProviderTellsTheInstancesOwnKeyFromAnyOther() throws Exception {
    try (MemoryCloud cloud = cloud().build()) {
      Instance made = create(open(cloud, A));
      PublicKey own = cloud.instances().get(0).hostKey();
      made.verifyHostKey(own, null);
      made.verifyHostKey(SshPublicKeys.parse(SshPublicKeys.toOpenSsh(own)), new Login("", 1));
      PublicKey other = Sets.newKey();
      assertThatThrownBy(() -> made.verifyHostKey(other, null))
          .isExactlyInstanceOf(HostKeyMismatchException.class)
          .hasMessageContaining(made.id().value())
          .hasMessageContaining(SshPublicKeys.fingerprint(own))
          .hasMessageContaining(SshPublicKeys.fingerprint(other));
      BigInteger two = BigInteger.TWO;
      PublicKey unknownKind =
          KeyFactory.getInstance("DSA").generatePublic(new DSAPublicKeySpec(two, two, two, two));
      assertThatThrownBy(() -> made.verifyHostKey(unknownKind, null))
          .isExactlyInstanceOf(HostKeyMismatchException.class);
      Instance second = create(open(cloud, A));
      assertThatThrownBy(() -> second.verifyHostKey(own, null))
          .isExactlyInstanceOf(HostKeyMismatchException.class);
    }
  }

  @Test
  void T4_withoutTheCapabilityItIsNotImplemented() throws Exception {
    try (MemoryCloud cloud = cloud().without(Capability.HOST_KEY).build()) {
      Instance made = create(open(cloud, A));
      for (RemoteConnection connection : new RemoteConnection[] {null, new Login("", 0)}) {
        assertThatThrownBy(() -> made.verifyHostKey(Sets.newKey(), connection))
            .isExactlyInstanceOf(NotImplementedException.class);
      }
    }
  }

  @Test
  void T5_aKeyThatCanBeToldOverAConnectionOnlyIsToldThere() throws Exception {
    try (MemoryCloud cloud = cloud().hostKeyOverConnection(true).build()) {
      Instance made = create(open(cloud, A));
      Guest own = cloud.instances().get(0).machine.guest();
      assertThatThrownBy(() -> made.verifyHostKey(own.hostKey().getPublic(), null))
          .isExactlyInstanceOf(NotImplementedException.class);

      made.verifyHostKey(own.hostKey().getPublic(), new Login(own.proof(), 0));
      Guest impostor = new Guest(made.id(), new MemoryShell(), NOPLogger.NOP_LOGGER);
      assertMismatch(made, own.hostKey().getPublic(), new Login("", 1));
      assertMismatch(made, own.hostKey().getPublic(), new Login(own.proof(), 1));
      assertMismatch(made, own.hostKey().getPublic(), new Login(impostor.proof(), 0));
      assertMismatch(made, Sets.newKey(), new Login(own.proof(), 0));
    }
  }

  private static void assertMismatch(Instance instance, PublicKey key, RemoteConnection login) {
    assertThatThrownBy(() -> instance.verifyHostKey(key, login))
        .isExactlyInstanceOf(HostKeyMismatchException.class);
  }

  @Test
  void T5_aBrokenConnectionIsAPlainCloudExceptionAndShowsNoProof() throws Exception {
    try (MemoryCloud cloud = cloud().hostKeyOverConnection(true).build()) {
      Instance made = create(open(cloud, A));
      Guest own = cloud.instances().get(0).machine.guest();
      Throwable broken =
          catchThrowable(() -> made.verifyHostKey(own.hostKey().getPublic(), new Login("", -1)));
      assertThat(broken)
          .isExactlyInstanceOf(CloudException.class)
          .hasCauseExactlyInstanceOf(IOException.class);
      Throwable mismatch =
          catchThrowable(() -> made.verifyHostKey(own.hostKey().getPublic(), new Login("x", 0)));
      assertThat(mismatch.getMessage()).doesNotContain(own.proof().split(" ")[0]);
    }
  }

  @Test
  void verificationCanBeMadeToFail() throws Exception {
    try (MemoryCloud cloud = cloud().build()) {
      Instance made = create(open(cloud, A));
      cloud.faults().add(Operation.VERIFY_HOST_KEY, Fault.error("metadata service down"));
      PublicKey own = cloud.instances().get(0).hostKey();
      assertThatThrownBy(() -> made.verifyHostKey(own, null))
          .isExactlyInstanceOf(CloudException.class)
          .hasMessageContaining("metadata service down");
      made.verifyHostKey(own, null);
    }
  }
}
