package io.github.clouddriver.ssh;

import static io.github.clouddriver.ssh.PlainPackets.say;
import static io.github.clouddriver.ssh.PlainPackets.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.clouddriver.exec.Phase;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Servers that fail, or are none, before keys are exchanged. */
class HostileConnectTest extends HostileFixture {

  /** Asserts that a call gives up after one attempt, and that the next one makes only one more. */
  private void assertFailsOnce(String... says) throws Exception {
    assertNeverStarts(Phase.CONNECT, says);
    assertThat(proxy.connections()).as("attempts").isOne();
    assertRecovers();
    assertThat(proxy.connections()).as("attempts").isEqualTo(2);
  }

  @Test
  void E5_aServerThatNeverSendsItsBanner() throws Exception {
    use(SshExecutor.builder().connectTimeout(SHORT));
    proxy.instead(socket -> {});
    assertFailsOnce("longer than 1 s");
  }

  @Test
  void E5_aFloodOfLinesBeforeTheBanner() throws Exception {
    proxy.instead(
        socket -> {
          while (true) {
            say(socket, text("please wait\r\n"));
          }
        });
    assertFailsOnce("no SSH banner");
  }

  @Test
  void E5_aBannerLineWithoutAnEnd() throws Exception {
    proxy.instead(
        socket -> {
          while (true) {
            say(socket, text("SSH-2.0-and-so-on".repeat(100)));
          }
        });
    assertFailsOnce("no SSH banner");
  }

  @Test
  void E5_aBannerLongerThanTheStandardAllows() throws Exception {
    proxy.instead(socket -> say(socket, text("SSH-2.0-" + "x".repeat(3_000) + "\r\n")));
    assertFailsOnce("too long");
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
    assertFailsOnce("SSH-1.0-old");
  }

  @Test
  void E5_aWebServer() throws Exception {
    proxy.instead(
        socket -> {
          say(socket, text("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"));
          socket.shutdownOutput();
        });
    assertFailsOnce("closed connection during identification");
  }

  @Test
  void E5_aServerThatHangsUpAtOnce() throws Exception {
    proxy.instead(socket -> socket.close());
    assertFailsOnce();
  }

  @Test
  void E5_controlCharactersInABanner() throws Exception {
    proxy.instead(socket -> say(socket, text("SSH-0.9-" + CONTROLS.replace("\n", "") + "\n")));
    assertFailsOnce("SSH-0.9-", "WARN forged");
  }

  @Test
  void E7_allCallsThatWaitForASilentServerEndAtOneDeadline() throws Exception {
    use(SshExecutor.builder().connectTimeout(Duration.ofSeconds(3))); // all are to come in time
    proxy.instead(socket -> {});
    Background other = Background.execute(executor, COUNTED);
    assertFailsOnce("longer than 3 s");
    assertThat(thrown(other)).hasMessageContaining("longer than 3 s");
  }
}
