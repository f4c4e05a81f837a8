package io.github.clouddriver.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.github.clouddriver.exec.ExecutorException;
import io.github.clouddriver.exec.Phase;
import io.github.clouddriver.exec.RemoteCommand;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.common.SSHPacket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What comes at moments that no server can be made to hit. */
@Timeout(60)
class CommandRunTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final SshConnection connection = mock(SshConnection.class);
  private final List<Message> sent = new ArrayList<>();
  private CommandRun run;

  @BeforeEach
  void connect() {
    when(connection.timeouts())
        .thenReturn(new Timeouts(LIMIT, LIMIT, LIMIT, LIMIT, LIMIT, LIMIT, LIMIT, LIMIT));
    when(connection.endpoint())
        .thenReturn(new Endpoint(new TestTarget(22, TestTarget.anything()), "host", 22, "user"));
    run = new CommandRun(Lease.of(connection), RemoteCommand.builder("true").build());
  }

  /** What the server does when it has got a message. */
  private interface Reaction {
    void to(Message message, SshChannel channel) throws SSHException;
  }

  /** The server confirms channels, and then reacts to what came. */
  private void serve(Reaction reaction) throws Exception {
    AtomicReference<SshChannel> channel = new AtomicReference<>();
    doAnswer(
            call -> {
              channel.set(call.getArgument(0));
              return null;
            })
        .when(connection)
        .attach(any());
    doAnswer(
            call -> {
              SSHPacket packet = call.getArgument(0);
              Message message = packet.readMessageID();
              sent.add(message);
              if (message == Message.CHANNEL_OPEN) {
                channel
                    .get()
                    .handle(
                        Message.CHANNEL_OPEN_CONFIRMATION,
                        new SSHPacket().putUInt32(7).putUInt32(1 << 20).putUInt32(1 << 15));
              }
              reaction.to(message, channel.get());
              return null;
            })
        .when(connection)
        .send(any());
  }

  @Test
  void E4_aCommandForAChannelThatIsClosedAsItIsOpenedWasNotStarted() throws Exception {
    serve(
        (message, channel) -> {
          if (message == Message.CHANNEL_OPEN) {
            channel.handle(Message.CHANNEL_CLOSE, new SSHPacket());
          }
        });
    ExecutorException failure = catchThrowableOfType(ExecutorException.class, run::run);
    assertThat(failure.phase()).isEqualTo(Phase.CHANNEL);
    assertThat(failure.commandMayHaveStarted()).isFalse();
    assertThat(failure)
        .hasMessageContaining("closed the channel")
        .hasMessageContaining("not started");
    assertThat(sent).containsExactly(Message.CHANNEL_OPEN, Message.CHANNEL_CLOSE);
  }

  /** The server may be faster than the thread that has yet to say that there is no stdin. */
  @Test
  void E5_aConnectionLostBeforeTheEndOfStdinWasSentIsLostUnderAStartedCommand() throws Exception {
    SSHException closed = new SSHException("Socket closed");
    when(connection.why(closed)).thenReturn(new IOException("the connection was lost", closed));
    serve(
        (message, channel) -> {
          if (message == Message.CHANNEL_REQUEST) {
            channel.handle(Message.CHANNEL_SUCCESS, new SSHPacket());
          } else if (message == Message.CHANNEL_EOF) {
            throw closed;
          }
        });
    ExecutorException failure = catchThrowableOfType(ExecutorException.class, run::run);
    assertThat(failure.phase()).isEqualTo(Phase.COMMAND);
    assertThat(failure.commandMayHaveStarted()).isTrue();
    assertThat(failure).hasMessageContaining("the connection was lost").hasRootCause(closed);
  }

  @Test
  void E6_aSignalThatCannotBeSentTellsWhyTheConnectionIsBroken() throws Exception {
    SSHException closed = new SSHException("Socket closed");
    ExecChannel channel = mock(ExecChannel.class);
    doThrow(closed).when(channel).signal("TERM");
    when(connection.why(closed)).thenReturn(new IOException("the server took no data for 15 s"));
    ExecutorException failure =
        catchThrowableOfType(ExecutorException.class, () -> run.signal(channel, "TERM"));
    assertThat(failure.phase()).isEqualTo(Phase.COMMAND);
    assertThat(failure)
        .hasMessageContaining("no signal could be sent")
        .hasMessageContaining("took no data")
        .hasCause(closed);
  }

  /** Else whoever ends the connection would overtake the KILL that another thread is sending. */
  @Test
  void E5_killReturnsWhenItWasSentThoughByAnotherThread() throws Exception {
    CountDownLatch sending = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    doAnswer(
            call -> {
              sending.countDown();
              goOn.await();
              return null;
            })
        .when(connection)
        .send(any());
    ExecChannel channel = new ExecChannel(connection, mock(Output.class), mock(Output.class));
    channel.handle(
        Message.CHANNEL_OPEN_CONFIRMATION,
        new SSHPacket().putUInt32(7).putUInt32(1 << 20).putUInt32(1 << 15));
    Thread first = new Thread(channel::kill);
    first.start();
    sending.await();
    Thread second = new Thread(channel::kill);
    second.start();
    await().until(() -> second.getState() == Thread.State.WAITING || !second.isAlive());
    assertThat(second.isAlive()).isTrue();
    goOn.countDown();
    first.join();
    second.join();
    verify(connection, times(1)).send(any());
  }
}
