package io.github.clouddriver.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.github.clouddriver.exec.ExecutorException;
import io.github.clouddriver.exec.Phase;
import io.github.clouddriver.exec.SshPublicKeys;
import io.github.clouddriver.exec.SshSigner;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.schmizz.sshj.common.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Agents good and bad; a real one is in {@link OpenSshAgentTest}. */
@Timeout(60)
class SshAgentTest {
  private static final SshSigner CLIENT = SshSigner.of(TestKeys.CLIENT);
  private static final SshSigner RSA = SshSigner.of(TestKeys.RSA);

  @TempDir Path directory;

  private FakeAgent agent(FakeAgent.Answers answers) throws IOException {
    return new FakeAgent(directory, answers);
  }

  /** Has a key, but does this instead of signing. */
  private FakeAgent agentThatSigns(FakeAgent.Answers signing) throws IOException {
    return agent(
        message -> message[0] == 11 ? FakeAgent.identities(CLIENT) : signing.answer(message));
  }

  private static SshSigner only(FakeAgent agent) throws Exception {
    List<SshSigner> signers = SshAgent.signers(agent.socket);
    assertThat(signers).hasSize(1);
    return signers.get(0);
  }

  @Test
  void itsKeysComeInItsOrderAndSign() throws Exception {
    try (FakeAgent agent = agent(FakeAgent.holding(RSA, CLIENT))) {
      List<SshSigner> signers = SshAgent.signers(agent.socket);
      assertThat(signers).hasSize(2).isUnmodifiable();
      assertThat(signers.get(0).publicKey()).isEqualTo(RSA.publicKey());
      assertThat(signers.get(0).algorithms()).containsExactly("rsa-sha2-512", "rsa-sha2-256");
      byte[] data = {1, 2, 3};
      for (String algorithm : signers.get(0).algorithms()) {
        assertThat(signers.get(0).sign(data, algorithm)).isEqualTo(RSA.sign(data, algorithm));
      }
      assertThatIllegalArgumentException()
          .isThrownBy(() -> signers.get(0).sign(data, "ssh-rsa"))
          .withMessageContaining("ssh-rsa");
      assertThat(signers.get(1).publicKey()).isEqualTo(CLIENT.publicKey());
      await().untilAsserted(() -> assertThat(agent.closed).hasValue(3));
    }
  }

  @Test
  void aSignerPrintsTheFingerprintOnly() throws Exception {
    try (FakeAgent agent = agent(FakeAgent.holding(CLIENT))) {
      assertThat(only(agent))
          .hasToString("SshSigner[" + SshPublicKeys.fingerprint(TestKeys.CLIENT.getPublic()) + "]");
    }
  }

  @Test
  void anAgentLogsIn() throws Exception {
    try (ScriptedServer server = new ScriptedServer(TestKeys.ec("secp256r1"));
        FakeAgent agent = agent(FakeAgent.holding(CLIENT));
        SshExecutor executor = SshExecutor.builder().build()) {
      executor.setSigners(only(agent));
      executor.setTarget(new TestTarget(server.port(), TestTarget.anything()));
      assertThat(executor.execute("true", null).succeeded()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ssh-rsa-cert-v01@openssh.com, rsa-sha2-512-cert-v01@openssh.com, rsa-sha2-512, 4",
    "ssh-ed25519-cert-v01@openssh.com, ssh-ed25519-cert-v01@openssh.com, ssh-ed25519, 0",
    "sk-ssh-ed25519@openssh.com, sk-ssh-ed25519@openssh.com, sk-ssh-ed25519@openssh.com, 0",
    "sk-ssh-ed25519-cert-v01@openssh.com, sk-ssh-ed25519-cert-v01@openssh.com,"
        + " sk-ssh-ed25519@openssh.com, 0",
  })
  void certificatesAndSecurityKeysSignUnderTheirOwnNames(
      String type, String algorithm, String signature, int flags) throws Exception {
    byte[] key = new Buffer.PlainBuffer().putString(type).putString("more").getCompactData();
    byte[] made = new Buffer.PlainBuffer().putString(signature).putString("s").getCompactData();
    try (FakeAgent agent =
        agent(
            message -> {
              if (message[0] == 11) {
                return FakeAgent.framed(
                    new Buffer.PlainBuffer()
                        .putByte((byte) 12)
                        .putUInt32(1)
                        .putString(key)
                        .putString(""));
              }
              Buffer.PlainBuffer request = new Buffer.PlainBuffer(message);
              request.readByte();
              assertThat(request.readBytes()).isEqualTo(key);
              request.readBytes();
              return request.readUInt32() == flags
                  ? FakeAgent.framed(new Buffer.PlainBuffer().putByte((byte) 14).putString(made))
                  : FakeAgent.REFUSAL;
            })) {
      SshSigner signer = only(agent);
      assertThat(signer.publicKey()).isEqualTo(key);
      assertThat(signer.algorithms().get(0)).isEqualTo(algorithm);
      assertThat(signer.sign(new byte[1], algorithm)).isEqualTo(made);
    }
  }

  @Test
  void keysOfOtherKindsAreLeftOut() throws Exception {
    Buffer.PlainBuffer answer = new Buffer.PlainBuffer();
    answer.putByte((byte) 12).putUInt32(3);
    for (String type : List.of("ssh-dss", "ssh-xmss@openssh.com")) {
      answer.putString(new Buffer.PlainBuffer().putString(type).getCompactData()).putString("");
    }
    answer.putString(CLIENT.publicKey()).putString("");
    try (FakeAgent agent = agent(message -> FakeAgent.framed(answer))) {
      assertThat(only(agent).publicKey()).isEqualTo(CLIENT.publicKey());
    }
  }

  @Test
  void withoutAnAgentTheVariableIsNamed() {
    for (String value : new String[] {null, ""}) {
      assertThatThrownBy(() -> SshAgent.signers(name -> value))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("SSH_AUTH_SOCK is not set");
    }
    assertThatThrownBy(() -> SshAgent.signers(name -> "\0"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("SSH_AUTH_SOCK");
    String absent = directory.resolve("absent").toString();
    assertThatThrownBy(() -> SshAgent.signers(name -> absent))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(absent);
    String tooLong = directory.resolve("x".repeat(200)).toString();
    assertThatThrownBy(() -> SshAgent.signers(name -> tooLong))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(tooLong);
  }

  @Test
  void theVariableNamesTheAgent() throws Exception {
    try (FakeAgent agent = agent(FakeAgent.holding(CLIENT))) {
      assertThat(SshAgent.signers(name -> agent.socket.toString())).hasSize(1);
    }
  }

  @Test
  void anAgentThatRefusesToListItsKeysIsAnIoException() throws Exception {
    try (FakeAgent agent = agent(message -> FakeAgent.REFUSAL)) {
      assertThatThrownBy(() -> SshAgent.signers(agent.socket))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(agent.socket + " refused");
    }
  }

  @Test
  void anAgentThatRefusesToSignOrDiesIsAnIoException() throws Exception {
    byte[][] next = {FakeAgent.REFUSAL};
    FakeAgent agent = agentThatSigns(message -> next[0]);
    SshSigner signer = only(agent);
    assertThatThrownBy(() -> signer.sign(new byte[1], "ecdsa-sha2-nistp256"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("refused");
    next[0] = null;
    assertThatThrownBy(() -> signer.sign(new byte[1], "ecdsa-sha2-nistp256"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("closed the connection");
    agent.close();
    assertThatThrownBy(() -> signer.sign(new byte[1], "ecdsa-sha2-nistp256"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(agent.socket.toString());
  }

  @Test
  void aSignatureOfAnotherKindIsNotPassedOn() throws Exception {
    try (FakeAgent agent =
        agentThatSigns(
            message ->
                FakeAgent.framed(
                    new Buffer.PlainBuffer()
                        .putByte((byte) 14)
                        .putString(
                            new Buffer.PlainBuffer().putString("ssh-rsa").getCompactData())))) {
      SshSigner signer = only(agent);
      assertThatThrownBy(() -> signer.sign(new byte[1], "ecdsa-sha2-nistp256"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("signed with ssh-rsa instead of ecdsa-sha2-nistp256");
    }
  }

  @Test
  void anAnswerOfAnySizeAndKindIsAnswerOrIoException() throws Exception {
    long seed = new Random().nextLong();
    System.out.println("seed of the agent's nonsense: " + seed);
    Random random = new Random(seed);
    byte[][] next = new byte[1][];
    try (FakeAgent agent = agent(message -> next[0])) {
      byte[] good = FakeAgent.identities(RSA, CLIENT);
      for (int run = 0; run < 500; run++) {
        byte[] bad = good.clone();
        switch (random.nextInt(3)) {
          case 0 -> bad[4 + random.nextInt(bad.length - 4)] = (byte) random.nextInt();
          case 1 -> ByteBuffer.wrap(bad).putInt(4 + random.nextInt(40), random.nextInt());
          default -> {
            bad = Arrays.copyOf(good, 5 + random.nextInt(good.length - 5));
            ByteBuffer.wrap(bad).putInt(bad.length - 4);
          }
        }
        next[0] = bad;
        try {
          assertThat(SshAgent.signers(agent.socket)).hasSizeLessThanOrEqualTo(2);
        } catch (IOException e) {
          assertThat(e).hasMessageContaining(agent.socket.toString());
        }
      }
    }
  }

  @Test
  void aMessageWithoutBoundsIsNotRead() throws Exception {
    byte[][] next = new byte[1][];
    try (FakeAgent agent = agent(message -> next[0])) {
      for (int length : new int[] {0, -1, (256 << 10) + 1, Integer.MAX_VALUE}) {
        next[0] = ByteBuffer.allocate(4).putInt(length).array();
        assertThatThrownBy(() -> SshAgent.signers(agent.socket))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("a message of " + Integer.toUnsignedString(length) + " bytes");
      }
      next[0] = FakeAgent.framed(new Buffer.PlainBuffer().putByte((byte) 12).putUInt32(2049));
      assertThatThrownBy(() -> SshAgent.signers(agent.socket))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("2049 keys");
    }
  }

  @Test
  void anAgentThatStallsIsGivenUp() throws Exception {
    // The beginning of an answer that never goes on.
    try (FakeAgent agent = agent(message -> new byte[] {0, 0, 0, 9, 12})) {
      Buffer.PlainBuffer request = new Buffer.PlainBuffer();
      request.putByte((byte) 11);
      assertThatThrownBy(
              () -> AgentConnection.ask(agent.socket, request, (byte) 12, Duration.ofMillis(200)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(agent.socket + " did not answer within 200 ms");
      await().untilAsserted(() -> assertThat(agent.closed).hasValue(1));
    }
  }

  @Test
  void anInterruptEndsTheWait() throws Exception {
    try (FakeAgent agent = agent(message -> new byte[0])) {
      Background waiting =
          Background.run(
              () -> {
                SshAgent.signers(agent.socket);
                return null;
              });
      await().untilAsserted(() -> assertThat(agent.asked).hasValue(1));
      waiting.thread.interrupt();
      assertThat(waiting.thrown())
          .isInstanceOf(InterruptedException.class)
          .hasMessageContaining(agent.socket.toString());
      await().untilAsserted(() -> assertThat(agent.closed).hasValue(1));
    }
  }

  @Test
  void E5_anAgentThatStallsEndsWithTheDeadlineOfTheLogin() throws Exception {
    try (ScriptedServer server = new ScriptedServer(TestKeys.ec("secp256r1"));
        FakeAgent agent = agentThatSigns(message -> new byte[0]);
        SshExecutor executor =
            SshExecutor.builder().authenticationTimeout(Duration.ofMillis(500)).build()) {
      executor.setSigners(only(agent));
      executor.setTarget(new TestTarget(server.port(), TestTarget.anything()));
      ExecutorException late =
          catchThrowableOfType(ExecutorException.class, () -> executor.execute("true", null));
      assertThat(late.phase()).isEqualTo(Phase.AUTHENTICATION);
      assertThat(late.commandMayHaveStarted()).isFalse();
      assertThat(late).hasMessageContaining("500 ms");
      await().untilAsserted(() -> assertThat(agent.closed).hasValue(2));
      assertThat(server.started).isEmpty();
    }
  }
}
