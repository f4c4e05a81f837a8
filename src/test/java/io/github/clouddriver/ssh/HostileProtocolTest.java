package io.github.clouddriver.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.clouddriver.exec.ExecResult;
import io.github.clouddriver.exec.Phase;
import io.github.clouddriver.exec.RemoteCommand;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import org.apache.sshd.common.SshConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that do not keep to the protocol while a command runs, or that do what few do. */
class HostileProtocolTest extends HostileFixture {

  @Test
  void E5_oneBitThatIsTurnedOverOnTheWay() throws Exception {
    RemoteCommand command =
        whenHeardOf(
            "spoil",
            call -> {
              proxy.spoil();
              call.out().write(2);
              call.out().flush();
              return 0;
            });
    assertMayHaveStarted(command, Phase.COMMAND, "the connection was lost");
    assertRecovers();
  }

  @Test
  void E5_moreDataThanTheWindowAllows() throws Exception {
    on(
        "flood",
        call -> {
          for (int i = 0; i < 100; i++) {
            call.send(
                SshConstants.SSH_MSG_CHANNEL_DATA, packet -> packet.putBytes(new byte[32_000]));
          }
          return 0;
        });
    CountDownLatch over = new CountDownLatch(1);
    OutputStream stuck =
        new OutputStream() {
          @Override
          public void write(int b) {
            try {
              over.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          }
        };
    assertMayHaveStarted(
        RemoteCommand.builder("flood").stdoutSink(stuck).build(),
        Phase.COMMAND,
        "more data than it may");
    over.countDown();
    assertRecovers();
  }

  @Test
  void E5_dataThatIsShorterThanItSays() throws Exception {
    on(
        "short",
        call -> {
          call.send(SshConstants.SSH_MSG_CHANNEL_DATA, packet -> packet.putInt(1_000));
          return 0;
        });
    assertMayHaveStarted("short", Phase.COMMAND, "more data than it may");
    assertRecovers();
  }

  @Test
  void E5_dataOfAnUnknownKind() throws Exception {
    on(
        "third",
        call -> {
          call.send(
              SshConstants.SSH_MSG_CHANNEL_EXTENDED_DATA,
              packet -> {
                packet.putInt(2);
                packet.putBytes(new byte[10]);
              });
          return 0;
        });
    assertMayHaveStarted("third", Phase.COMMAND, "data of an unknown kind");
    assertRecovers();
  }

  @Test
  void E5_dataOnAChannelThatThereIsNot() throws Exception {
    on(
        "stray",
        call -> {
          ScriptedServer.send(
              call.session(),
              SshConstants.SSH_MSG_CHANNEL_DATA,
              packet -> {
                packet.putInt(12_345);
                packet.putBytes(new byte[10]);
              });
          return 0;
        });
    assertMayHaveStarted("stray", Phase.COMMAND, "unknown channel");
    assertRecovers();
  }

  @Test
  void E5_aChannelThatIsConfirmedTwice() throws Exception {
    on(
        "confirm",
        call -> {
          call.send(
              SshConstants.SSH_MSG_CHANNEL_OPEN_CONFIRMATION,
              packet -> {
                packet.putInt(77);
                packet.putInt(1 << 20);
                packet.putInt(1 << 15);
              });
          return 0;
        });
    assertMayHaveStarted("confirm", Phase.COMMAND, "a second confirmation");
    assertRecovers();
  }

  @Test
  void E5_aChannelThatIsRefusedAfterItWasOpened() throws Exception {
    on(
        "refuse",
        call -> {
          call.send(
              SshConstants.SSH_MSG_CHANNEL_OPEN_FAILURE,
              packet -> {
                packet.putInt(1);
                packet.putString("no" + CONTROLS.repeat(100));
                packet.putString("");
              });
          return 0;
        });
    assertMayHaveStarted("refuse", Phase.COMMAND, "a refusal too late");
    assertRecovers();
  }

  @ParameterizedTest
  @ValueSource(ints = {91, 92, 93, 94, 95, 98, 128, 192, 255})
  void E5_aMessageThatIsCutShortOrHasNoPlace(int type) throws Exception {
    on(
        "cut",
        call -> {
          call.send(type, packet -> {});
          return 0;
        });
    assertMayHaveStarted("cut", Phase.COMMAND);
    assertRecovers();
  }

  // What is unusual, but no reason to fail.

  private static final int[] UNKNOWN_TYPES = {15, 55, 83, 101, 127};

  @Test
  void messagesOfUnknownTypesAreAnsweredSo() throws Exception {
    server.on(
        "unknown",
        call -> {
          for (int type : UNKNOWN_TYPES) {
            call.send(type, packet -> {});
          }
          return awaitAnswers(UNKNOWN_TYPES.length);
        });
    assertThat(executor.execute("unknown", null).succeeded()).isTrue();
    assertThat(server.answers).containsOnly((int) SshConstants.SSH_MSG_UNIMPLEMENTED);
  }

  private int awaitAnswers(int count) {
    await().until(() -> server.answers.size() == count);
    return 0;
  }

  @Test
  void channelsThatTheServerOpensAreRefused() throws Exception {
    String[] types = {
      "forwarded-tcpip", "x11", "auth-agent@openssh.com", "session", "direct-tcpip", CONTROLS
    };
    server.on(
        "open",
        call -> {
          for (String type : types) {
            ScriptedServer.send(
                call.session(),
                SshConstants.SSH_MSG_CHANNEL_OPEN,
                packet -> {
                  packet.putString(type);
                  packet.putInt(77);
                  packet.putInt(1 << 20);
                  packet.putInt(1 << 15);
                });
          }
          return awaitAnswers(types.length);
        });
    assertThat(executor.execute("open", null).succeeded()).isTrue();
    assertThat(server.answers).containsOnly((int) SshConstants.SSH_MSG_CHANNEL_OPEN_FAILURE);
    assertThat(server.connections).hasValue(1);
  }

  @Test
  void questionsOfTheServersAreAnswered() throws Exception {
    server.on(
        "ask",
        call -> {
          for (int i = 0; i < 10; i++) {
            boolean wantsAnswer = i % 2 == 0;
            ScriptedServer.send(
                call.session(),
                SshConstants.SSH_MSG_GLOBAL_REQUEST,
                packet -> {
                  packet.putString("hostkeys-00@openssh.com");
                  packet.putBoolean(wantsAnswer);
                  packet.putBytes(new byte[100]);
                });
          }
          return awaitAnswers(5);
        });
    assertThat(executor.execute("ask", null).succeeded()).isTrue();
    assertThat(server.answers).containsOnly((int) SshConstants.SSH_MSG_REQUEST_FAILURE);
    assertThat(server.connections).hasValue(1);
  }

  @Test
  void aSecondSuccessAndAnUnknownRequestAreNoReasonToFail() throws Exception {
    server.on(
        "twice",
        call -> {
          call.send(SshConstants.SSH_MSG_CHANNEL_SUCCESS, packet -> {});
          call.send(SshConstants.SSH_MSG_CHANNEL_FAILURE, packet -> {});
          call.send(
              SshConstants.SSH_MSG_CHANNEL_REQUEST,
              packet -> {
                packet.putString("dance");
                packet.putBoolean(false);
              });
          call.out().write(1);
          return 0;
        });
    ExecResult result = executor.execute("twice", null);
    assertThat(result.succeeded()).isTrue();
    assertThat(result.stdout()).containsExactly(1);
    assertThat(server.runsOf("twice")).isOne();
    assertThat(server.connections).hasValue(1);
  }
}
