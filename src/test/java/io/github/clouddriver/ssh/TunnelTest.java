package io.github.clouddriver.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.exec.RemoteStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import net.schmizz.sshj.common.DisconnectReason;
import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.transport.TransportException;
import org.apache.sshd.common.SshConstants;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a target hears of a server that nobody has verified yet, when a stream of it fails. */
class TunnelTest extends ExecutorFixture {
  private static final String FORGED =
      "x\r\n2026 ERROR forged \u001b[2J\u202e\u2028" + "y".repeat(2_000);

  private static final TransportException GOODBYE =
      new TransportException(DisconnectReason.BY_APPLICATION, FORGED);

  private final SshConnection connection = mock(SshConnection.class);
  private Tunnel tunnel;

  /** Opened by the server, on a connection that breaks with the next packet. */
  @BeforeEach
  void openTunnel() throws IOException {
    tunnel = new Tunnel(connection, "127.0.0.1", 22);
    SSHPacket confirmation = new SSHPacket();
    confirmation.putUInt32(7).putUInt32(1 << 20).putUInt32(1 << 15);
    tunnel.handle(Message.CHANNEL_OPEN_CONFIRMATION, confirmation);
    doThrow(GOODBYE).when(connection).send(any());
  }

  private static void assertPrintable(ThrowingCallable call) {
    assertPrintable(catchThrowableOfType(IOException.class, call));
  }

  private static void assertPrintable(IOException failure) {
    assertThat(failure).isNotNull();
    for (Throwable t = failure; t != null; t = t.getCause()) {
      assertThat(t.toString())
          .contains("ERROR forged")
          .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]")
          .hasSizeLessThan(1_000);
    }
  }

  @Test
  void T5_aReadTellsOnlyWhatIsPrintable() {
    tunnel.broken(GOODBYE);
    assertPrintable(() -> tunnel.input().read());
  }

  @Test
  void T5_aReadThatMakesRoomTellsOnlyWhatIsPrintable() throws Exception {
    byte[] data = new byte[SshjConfig.WINDOW / 2];
    tunnel.received(false, data, 0, data.length);
    assertPrintable(() -> tunnel.input().read(data));
  }

  @Test
  void T5_aWriteTellsOnlyWhatIsPrintable() {
    assertPrintable(() -> tunnel.output().write(1));
  }

  @Test
  void T5_aCloseTellsOnlyWhatIsPrintable() {
    assertPrintable(tunnel::close);
  }

  @Test
  void T5_aStreamThatCannotBeAskedForTellsOnlyWhatIsPrintable() {
    when(connection.why(any())).thenAnswer(call -> call.getArgument(0));
    LoginConnection lent =
        new LoginConnection(Lease.of(connection), Deadline.in(Duration.ofSeconds(30)));
    assertPrintable(() -> lent.open("127.0.0.1", 22));
  }

  @Test
  void T5_aServerThatSaysGoodbyeWhileItIsReadIsQuotedPrintably() throws Exception {
    CompletableFuture<IOException> heard = new CompletableFuture<>();
    target(
        TestTarget.withConnection(
            (key, lent) -> {
              try (RemoteStream stream = lent.open("127.0.0.1", server.port())) {
                ScriptedServer.send(
                    server.sessions().get(0),
                    SshConstants.SSH_MSG_DISCONNECT,
                    packet -> {
                      packet.putInt(SshConstants.SSH2_DISCONNECT_BY_APPLICATION);
                      packet.putString(FORGED);
                      packet.putString("");
                    });
                stream.input().readAllBytes();
              } catch (IOException e) {
                heard.complete(e);
                throw new CloudException("cannot read", e);
              }
            }));
    assertThat(catchThrowableOfType(IOException.class, () -> executor.execute("true", null)))
        .hasMessageContaining("cannot read");
    assertPrintable(heard.get());
  }
}
