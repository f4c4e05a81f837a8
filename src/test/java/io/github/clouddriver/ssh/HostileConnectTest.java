package io.github.clouddriver.ssh;

import static io.github.clouddriver.ssh.PlainPackets.say;
import static io.github.clouddriver.ssh.PlainPackets.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.clouddriver.exec.Phase;
import org.junit.jupiter.api.Test;

/** Servers that fail, or are none, before keys are exchanged. */
class HostileConnectTest extends HostileFixture {

  @Test
  void E5_aServerThatNeverSendsItsBanner() throws Exception {
    use(SshExecutor.builder().connectTimeout(SHORT));
    proxy.instead(socket -> {});
    assertNeverStarts(Phase.CONNECT, "longer than 1 s");
    assertRecovers();
  }

  @Test
  void E5_aServerThatDripsItsBannerForEver() throws Exception {
    use(SshExecutor.builder().connectTimeout(SHORT));
    proxy.instead(
        socket -> {
          while (true) {
            say(socket, text("please wait\r\n"));
          }
        });
    assertNeverStarts(Phase.CONNECT, "longer than 1 s");
    assertRecovers();
  }

  @Test
  void E5_aBannerLineWithoutAnEnd() throws Exception {
    use(SshExecutor.builder().connectTimeout(SHORT));
    proxy.instead(
        socket -> {
          while (true) {
            say(socket, text("SSH-2.0-and-so-on".repeat(100)));
          }
        });
    assertNeverStarts(Phase.CONNECT, "longer than 1 s");
    assertRecovers();
  }

  @Test
  void E5_aBannerLongerThanTheStandardAllows() throws Exception {
    proxy.instead(socket -> say(socket, text("SSH-2.0-" + "x".repeat(30_000) + "\r\n")));
    assertNeverStarts(Phase.CONNECT, "too long");
    assertRecovers();
  }

  @Test
  void aLongWelcomeBeforeTheBannerIsNoReasonToFail() throws Exception {
    proxy.instead(
        socket -> {
          say(socket, text(("welcome" + CONTROLS + "\r\n").repeat(100)));
          proxy.passOn(socket);
        });
    assertThat(executor.execute(COUNTED, null).succeeded()).isTrue();
    assertThat(server.runsOf(COUNTED)).isOne();
  }

  @Test
  void E5_aServerOfAnOldVersion() throws Exception {
    proxy.instead(socket -> say(socket, text("SSH-1.0-old\r\n")));
    assertNeverStarts(Phase.CONNECT, "SSH-1.0-old");
    assertRecovers();
  }

  @Test
  void E5_aWebServer() throws Exception {
    proxy.instead(
        socket -> {
          say(socket, text("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"));
          socket.shutdownOutput();
        });
    assertNeverStarts(Phase.CONNECT, "closed connection during identification");
    assertRecovers();
  }

  @Test
  void E5_aServerThatHangsUpAtOnce() throws Exception {
    proxy.instead(socket -> socket.close());
    assertNeverStarts(Phase.CONNECT);
    assertRecovers();
  }

  @Test
  void E5_controlCharactersInABanner() throws Exception {
    proxy.instead(socket -> say(socket, text("SSH-0.9-" + CONTROLS.replace("\n", "") + "\n")));
    assertNeverStarts(Phase.CONNECT, "SSH-0.9-", "WARN forged");
    assertRecovers();
  }

  @Test
  void E7_allCallsThatWaitForASilentServerEndAtOneDeadline() throws Exception {
    use(SshExecutor.builder().connectTimeout(SHORT));
    proxy.instead(socket -> {});
    Background other = Background.execute(executor, COUNTED);
    assertNeverStarts(Phase.CONNECT, "longer than 1 s");
    assertThat(thrown(other)).hasMessageContaining("longer than 1 s");
    assertRecovers();
  }
}
