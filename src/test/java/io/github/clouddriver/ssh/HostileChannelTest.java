package io.github.clouddriver.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.clouddriver.exec.Phase;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.ChannelListener;
import org.apache.sshd.common.channel.RequestHandler;
import org.apache.sshd.server.channel.ChannelSession;
import org.junit.jupiter.api.Test;

/** Servers that fail between the login and the start of the command. */
class HostileChannelTest extends HostileFixture {

  /** What the server does instead of what it was asked for; it says nothing by itself. */
  private interface Instead {
    void act(Channel channel) throws IOException;
  }

  private void insteadOfOpening(Instead instead) {
    server.onOpen(
        (channel, answer) -> {
          instead.act(channel);
          return true;
        });
  }

  @Test
  void E5_aServerThatStallsOnChannelOpen() throws Exception {
    use(SshExecutor.builder().channelTimeout(SHORT));
    insteadOfOpening(channel -> {});
    assertNeverStarts(Phase.CHANNEL, "did not open a channel within 1 s");
    assertThat(server.connections).as("connections").hasValue(2);
    server.openAgain();
    assertRecovers();
  }

  @Test
  void E5_aServerThatVanishesBeforeItOpensAChannel() throws Exception {
    use(SshExecutor.builder().channelTimeout(SHORT).connectTimeout(SHORT));
    executor.execute("true", null);
    proxy.hold();
    // The first connection does not answer, and no second one can be made.
    assertNeverStarts(Phase.CONNECT, "longer than 1 s");
    assertRecovers();
    assertThat(server.runsOf(COUNTED)).isZero();
  }

  @Test
  void E4_aServerThatHangsUpWheneverAChannelIsWanted() throws Exception {
    use(SshExecutor.builder().logger(BrokenLogger.make())); // which hears of the second attempt
    insteadOfOpening(channel -> channel.getSession().close(true));
    assertNeverStarts(Phase.CHANNEL);
    assertThat(server.connections).as("connections").hasValue(2);
    server.openAgain();
    assertRecovers();
  }

  @Test
  void E5_aRefusalThatIsLongAndFullOfControlCharacters() throws Exception {
    insteadOfOpening(
        channel ->
            ScriptedServer.send(
                channel,
                SshConstants.SSH_MSG_CHANNEL_OPEN_FAILURE,
                packet -> {
                  packet.putInt(SshConstants.SSH_OPEN_UNKNOWN_CHANNEL_TYPE);
                  packet.putString("no" + CONTROLS.repeat(500));
                  packet.putString("");
                }));
    assertNeverStarts(Phase.CHANNEL, "refused a channel", "WARN forged");
    server.openAgain();
    assertRecovers();
    assertThat(server.connections).hasValue(1);
  }

  @Test
  void E5_aChannelThatIsClosedBeforeItIsOpen() throws Exception {
    insteadOfOpening(
        channel -> ScriptedServer.send(channel, SshConstants.SSH_MSG_CHANNEL_CLOSE, packet -> {}));
    assertNeverStarts(Phase.CHANNEL, "closed the channel before it was open");
    server.openAgain();
    assertRecovers();
  }

  @Test
  void E5_anAnswerToChannelOpenThatIsCutShort() throws Exception {
    insteadOfOpening(
        channel ->
            ScriptedServer.send(
                channel, SshConstants.SSH_MSG_CHANNEL_OPEN_CONFIRMATION, packet -> {}));
    assertNeverStarts(Phase.CHANNEL);
    server.openAgain();
    assertRecovers();
  }

  // Starting.

  /** What the server was asked to start while it did something else instead. */
  private final List<String> asked = new CopyOnWriteArrayList<>();

  private ChannelListener insteadOfStarting(Instead instead) {
    ChannelListener listener =
        new ChannelListener() {
          @Override
          public void channelInitialized(Channel channel) {
            ((ChannelSession) channel)
                .addRequestHandler(
                    (each, request, wantReply, buffer) -> {
                      if (!request.equals("exec")) {
                        return RequestHandler.Result.Unsupported;
                      }
                      asked.add(buffer.getString());
                      instead.act(each);
                      return RequestHandler.Result.Replied;
                    });
          }
        };
    server.mina().addChannelListener(listener);
    return listener;
  }

  private void assertAskedOnce() {
    assertThat(asked).containsExactly(COUNTED);
    assertThat(server.runsOf(COUNTED)).isZero(); // since it starts commands again
  }

  @Test
  void E5_aServerThatDoesNotSayWhetherItStartsTheCommand() throws Exception {
    use(SshExecutor.builder().channelTimeout(SHORT));
    ChannelListener silence = insteadOfStarting(channel -> {});
    assertMayHaveStarted(COUNTED, Phase.CHANNEL, "did not say within 1 s");
    assertThat(server.connections).hasValue(1);
    server.mina().removeChannelListener(silence);
    assertRecovers();
    assertAskedOnce();
  }

  @Test
  void E5_aServerThatClosesTheChannelInsteadOfAnAnswer() throws Exception {
    ChannelListener closing =
        insteadOfStarting(
            channel ->
                ScriptedServer.send(channel, SshConstants.SSH_MSG_CHANNEL_CLOSE, packet -> {}));
    assertMayHaveStarted(COUNTED, Phase.CHANNEL, "closed the channel instead of an answer");
    server.mina().removeChannelListener(closing);
    // It closes the channel a second time in answer to us, which costs it the connection.
    await().untilAsserted(() -> assertThat(server.sessions()).isEmpty());
    assertRecovers();
    assertAskedOnce();
  }

  @Test
  void E5_aServerThatHangsUpInsteadOfAnAnswer() throws Exception {
    ChannelListener closing = insteadOfStarting(channel -> channel.getSession().close(true));
    assertMayHaveStarted(COUNTED, Phase.CHANNEL, "the connection was lost");
    assertThat(server.connections).hasValue(1);
    server.mina().removeChannelListener(closing);
    assertRecovers();
    assertAskedOnce();
  }

  @Test
  void aServerThatRefusesToStartTheCommandDidNotStartIt() throws Exception {
    ChannelListener refusing =
        insteadOfStarting(
            channel ->
                ScriptedServer.send(channel, SshConstants.SSH_MSG_CHANNEL_FAILURE, packet -> {}));
    assertNeverStarts(Phase.CHANNEL, "refused to start");
    assertThat(server.connections).hasValue(1);
    server.mina().removeChannelListener(refusing);
    assertRecovers();
    assertAskedOnce();
  }
}
