package io.github.clouddriver.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.clouddriver.exec.Phase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.server.auth.pubkey.PublickeyAuthenticator;
import org.apache.sshd.server.session.ServerSession;
import org.junit.jupiter.api.Test;

/** Servers that fail in the login. */
class HostileLoginTest extends HostileFixture {
  private final CountDownLatch over = new CountDownLatch(1);

  /** What the server does when it is asked whether a key would do, before it says no. */
  private interface Answer {
    void send(ServerSession session) throws IOException, InterruptedException;
  }

  private void assertLoginFails(Answer answer, String... says) throws Exception {
    PublickeyAuthenticator good = server.mina().getPublickeyAuthenticator();
    server
        .mina()
        .setPublickeyAuthenticator(
            (user, key, session) -> {
              try {
                answer.send(session);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return false;
            });
    assertNeverStarts(Phase.AUTHENTICATION, says);
    over.countDown();
    await().untilAsserted(() -> assertThat(server.sessions()).isEmpty());
    server.mina().setPublickeyAuthenticator(good);
    assertRecovers();
    assertThat(server.logins).hasValue(1);
  }

  @Test
  void E5_aServerThatStallsInTheLogin() throws Exception {
    use(SshExecutor.builder().authenticationTimeout(SHORT));
    assertLoginFails(session -> over.await(), "the login took longer than 1 s");
  }

  @Test
  void E5_aServerThatVanishesBeforeTheLogin() throws Exception {
    use(SshExecutor.builder().authenticationTimeout(SHORT));
    TestTarget.Check check = target.check;
    target.check =
        (key, connection) -> {
          check.verify(key, connection);
          proxy.hold();
        };
    assertNeverStarts(Phase.AUTHENTICATION, "the login took longer than 1 s");
    target.check = check;
    assertRecovers();
  }

  @Test
  void E5_aServerThatHangsUpInTheLogin() throws Exception {
    assertLoginFails(session -> session.close(true));
  }

  @Test
  void E5_aGoodbyeInTheLoginWithControlCharacters() throws Exception {
    assertLoginFails(
        session -> session.disconnect(14, "too many" + CONTROLS.repeat(100)),
        "too many",
        "WARN forged");
  }

  private static IoWriteFuture banner(ServerSession session, String text) throws IOException {
    return ScriptedServer.send(
        session,
        SshConstants.SSH_MSG_USERAUTH_BANNER,
        packet -> {
          packet.putString(text);
          packet.putString("");
        });
  }

  @Test
  void E5_aFloodOfLoginBanners() throws Exception {
    assertLoginFails(
        session -> {
          for (int i = 0; i < 5_000; i++) {
            banner(session, "welcome to the flood ".repeat(100));
          }
        },
        "the server refused the key",
        "it says: welcome to the flood");
  }

  @Test
  void E5_aFloodOfLoginBannersWithoutAnEnd() throws Exception {
    use(SshExecutor.builder().authenticationTimeout(SHORT));
    assertLoginFails(
        session -> {
          while (banner(session, "welcome").await(BOUND) && session.isOpen()) {
            // as fast as the client takes it
          }
        },
        "the login took longer than 1 s");
  }

  @Test
  void E5_aLoginBannerThatIsLongAndFullOfControlCharacters() throws Exception {
    assertLoginFails(
        session -> banner(session, CONTROLS.repeat(1_000)),
        "the server refused the key",
        "WARN forged");
  }

  @Test
  void E5_aLoginBannerThatIsLongerThanAText() throws Exception {
    assertLoginFails(session -> banner(session, "x".repeat(100_000)));
  }

  @Test
  void E5_aKeyThatIsNotEnough() throws Exception {
    assertLoginFails(
        session -> refuse(session, "password,hostbased" + CONTROLS, true),
        "accepted a key but wants password,hostbased");
  }

  private static void refuse(ServerSession session, String others, boolean partial)
      throws IOException {
    ScriptedServer.send(
        session,
        SshConstants.SSH_MSG_USERAUTH_FAILURE,
        packet -> {
          packet.putString(others);
          packet.putBoolean(partial);
        });
  }

  @Test
  void E5_refusalsWithoutAnEnd() throws Exception {
    assertLoginFails(
        session -> {
          for (int i = 0; i < 1_000; i++) {
            refuse(session, "publickey", false);
          }
        });
  }

  @Test
  void E5_aServerThatAsksForSignaturesWithoutAnEnd() throws Exception {
    assertLoginFails(
        session -> {
          for (int i = 0; i < 1_000; i++) {
            ScriptedServer.send(
                session,
                SshConstants.SSH_MSG_USERAUTH_PK_OK,
                packet -> {
                  packet.putString("ecdsa-sha2-nistp256");
                  packet.putBytes(new byte[10]);
                });
          }
        });
  }

  @Test
  void E5_anAnswerThatIsCutShort() throws Exception {
    assertLoginFails(
        session ->
            ScriptedServer.send(session, SshConstants.SSH_MSG_USERAUTH_FAILURE, packet -> {}));
  }

  @Test
  void E5_commandTrafficBeforeTheLogin() throws Exception {
    use(SshExecutor.builder().authenticationTimeout(SHORT));
    assertLoginFails(
        session -> {
          for (int type = SshConstants.SSH_MSG_GLOBAL_REQUEST; type <= 100; type++) {
            ScriptedServer.send(session, type, packet -> packet.putInt(0));
          }
        },
        "the server refused the key");
    assertThat(server.answers).contains((int) SshConstants.SSH_MSG_UNIMPLEMENTED);
  }
}
