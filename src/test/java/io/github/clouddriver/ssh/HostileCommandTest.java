package io.github.clouddriver.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.clouddriver.exec.ExecResult;
import io.github.clouddriver.exec.Phase;
import io.github.clouddriver.exec.RemoteCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.session.ServerConnectionService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that fail while the command runs. */
class HostileCommandTest extends HostileFixture {

  private static RemoteCommand shortly(String command) {
    return RemoteCommand.builder(command).deadline(SHORT).build();
  }

  // It goes on for ever.

  @Test
  void E5_aServerThatStallsBeforeTheExitStatusIsSentKill() throws Exception {
    assertMayHaveStarted(shortly("block"), Phase.COMMAND, "longer than 1 s");
    await().untilAsserted(() -> assertThat(server.signals).containsExactly("block KILL"));
    assertRecovers();
    assertThat(server.connections).hasValue(1);
  }

  @Test
  void E5_anExitStatusButNoEndOfTheChannel() throws Exception {
    on(
        "status",
        call -> {
          exitStatus(call, 0);
          return 0;
        });
    assertMayHaveStarted(shortly("status"), Phase.COMMAND, "longer than 1 s");
    assertRecovers();
  }

  private static void exitStatus(ScriptedServer.Call call, int status) throws IOException {
    call.send(
        SshConstants.SSH_MSG_CHANNEL_REQUEST,
        packet -> {
          packet.putString("exit-status");
          packet.putBoolean(false);
          packet.putInt(status);
        });
  }

  @Test
  void E5_anEndOfTheOutputButNotOfTheChannel() throws Exception {
    on(
        "eof",
        call -> {
          call.send(SshConstants.SSH_MSG_CHANNEL_EOF, packet -> {});
          return 0;
        });
    assertMayHaveStarted(shortly("eof"), Phase.COMMAND, "longer than 1 s");
    assertRecovers();
  }

  // It ends, but not as it should.

  @Test
  void E8_aServerThatHangsUpInTheMidstOfACommand() throws Exception {
    on(
        "hang up",
        call -> {
          call.session().close(true);
          return 0;
        });
    assertMayHaveStarted("hang up", Phase.COMMAND, "the connection was lost");
    assertRecovers();
    assertThat(server.started).containsExactly("hang up", "true");
  }

  @Test
  void E8_aGoodbyeInTheMidstOfACommand() throws Exception {
    on(
        "goodbye",
        call -> {
          call.session().disconnect(11, "so long" + CONTROLS.repeat(1_000));
          return 0;
        });
    assertMayHaveStarted("goodbye", Phase.COMMAND, "so long", "WARN forged");
    assertRecovers();
  }

  @Test
  void E8_aChannelThatIsClosedWithoutAnExitStatus() throws Exception {
    on(
        "vanish",
        call -> {
          ((org.apache.sshd.common.session.helpers.AbstractSession) call.session())
              .getService(ServerConnectionService.class)
              .getChannels()
              .forEach(channel -> channel.close(false));
          return 0;
        });
    assertMayHaveStarted("vanish", Phase.COMMAND, "without an exit status");
    assertRecovers();
    assertThat(server.connections).hasValue(1);
  }

  @Test
  void E8_anExitSignalIsAResultWhateverItIsCalled() throws Exception {
    on(
        "signal",
        call -> {
          call.send(
              SshConstants.SSH_MSG_CHANNEL_REQUEST,
              packet -> {
                packet.putString("exit-signal");
                packet.putBoolean(false);
                packet.putString("TERM" + CONTROLS.repeat(1_000));
                packet.putBoolean(false);
                packet.putString("terminated");
                packet.putString("");
              });
          call.channel().close(false);
          return 0;
        });
    ExecResult result = executor.execute("signal", null);
    assertThat(result.exitStatus()).isEmpty();
    assertThat(result.exitSignal().orElseThrow())
        .startsWith("TERM")
        .doesNotContainPattern("\\p{Cc}")
        .hasSizeLessThan(600);
    assertThat(server.runsOf("signal")).isOne();
    assertRecovers();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, -1, Integer.MIN_VALUE, Integer.MAX_VALUE})
  void E8_ofTwoExitStatusesTheLastCountsWhateverItIs(int last) throws Exception {
    on(
        "twice",
        call -> {
          exitStatus(call, 3);
          exitStatus(call, last);
          call.channel().close(false);
          return 0;
        });
    assertThat(executor.execute("twice", null).exitStatus()).hasValue(last);
    assertThat(server.runsOf("twice")).isOne();
    assertRecovers();
  }

  // It goes away without a word.

  @Test
  void E5_aServerThatVanishesWithoutAPacket() throws Exception {
    use(SshExecutor.builder().keepAliveInterval(Duration.ofMillis(300)));
    RemoteCommand command =
        whenHeardOf(
            "vanish",
            call -> {
              proxy.hold();
              return 0;
            });
    assertMayHaveStarted(command, Phase.COMMAND, "no sign of life");
    assertRecovers();
    assertThat(server.runsOf("vanish")).isOne();
  }

  @Test
  void E5_aServerThatStallsWhileKeysAreExchangedAnew() throws Exception {
    use(SshExecutor.builder().keepAliveInterval(Duration.ofMillis(300)).channelTimeout(SHORT));
    CountDownLatch over = new CountDownLatch(1);
    on(
        "stall",
        call -> {
          ReKeying.start(call.session(), over::await);
          return 0;
        });
    try {
      assertMayHaveStarted("stall", Phase.COMMAND, "took no data for 1 s");
    } finally {
      over.countDown();
    }
    assertRecovers();
  }

  /**
   * No server may ask then (RFC 4253, section 7.1): sshj's reader would answer when the exchange is
   * over, which it is to bring about itself. Whoever writes next notices.
   */
  @Test
  void E5_aQuestionThatMayNotBeAskedWhileKeysAreExchangedAnew() throws Exception {
    use(SshExecutor.builder().channelTimeout(SHORT));
    CountDownLatch asked = new CountDownLatch(1);
    server.on(
        "ask",
        call -> {
          ReKeying.start(
              call.session(),
              () -> {
                ReKeying.sendNow(
                    call.session(),
                    SshConstants.SSH_MSG_GLOBAL_REQUEST,
                    HostileCommandTest::question);
                asked.countDown();
              });
          server.release.await();
          return 0;
        });
    InputStream stdin =
        new InputStream() {
          @Override
          public int read() throws IOException {
            try {
              asked.await();
            } catch (InterruptedException e) {
              throw new InterruptedIOException();
            }
            return 1;
          }
        };
    assertMayHaveStarted(
        RemoteCommand.builder("ask").stdin(stdin).build(), Phase.COMMAND, "took no data for 1 s");
    assertRecovers();
  }

  /**
   * One question comes right before the exchange, the other one waits in the server for its end.
   */
  @Test
  void questionsAroundAnExchangeOfKeysAreAnswered() throws Exception {
    AtomicInteger answersBefore = new AtomicInteger();
    server.on(
        "ask",
        call -> {
          ask(call);
          ReKeying.start(
              call.session(),
              () -> {
                answersBefore.set(server.answers.size());
                ask(call);
              });
          await().until(() -> server.answers.size() == 2);
          return 0;
        });
    assertThat(executor.execute("ask", null).succeeded()).isTrue();
    assertThat(answersBefore).as("answers before the client's offer").hasValue(1);
    assertThat(server.answers).containsOnly((int) SshConstants.SSH_MSG_REQUEST_FAILURE);
    assertThat(target.asked()).hasSize(1);
    assertThat(server.runsOf("ask")).isOne();
    assertThat(server.connections).hasValue(1);
  }

  private static void ask(ScriptedServer.Call call) throws IOException {
    ScriptedServer.send(
        call.session(), SshConstants.SSH_MSG_GLOBAL_REQUEST, HostileCommandTest::question);
  }

  private static void question(Buffer packet) {
    packet.putString("are you there?");
    packet.putBoolean(true);
  }
}
