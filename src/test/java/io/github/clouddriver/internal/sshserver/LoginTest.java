package io.github.clouddriver.internal.sshserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import net.schmizz.sshj.userauth.UserAuthException;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.helpers.NOPLogger;

@Timeout(60)
class LoginTest {
  private final ScriptedService service = new ScriptedService();
  private SshServerPool pool;
  private EmbeddedSshServer server;

  @BeforeEach
  void start() throws IOException {
    pool = new SshServerPool("test", NOPLogger.NOP_LOGGER);
    server = pool.start(service);
  }

  @AfterEach
  void close() {
    pool.close();
  }

  @Test
  void the_right_user_with_the_right_key_gets_in() throws IOException {
    try (TestClient client = TestClient.loggedIn(server, service)) {
      assertThat(client.run("x").status()).isZero();
    }
  }

  @Test
  void another_key_is_refused() throws IOException {
    try (TestClient client = TestClient.connected(server)) {
      assertThatThrownBy(() -> client.login(ScriptedService.USER, ScriptedService.newUserKey()))
          .isInstanceOf(UserAuthException.class);
    }
  }

  @Test
  void another_user_is_refused_with_the_right_key() throws IOException {
    try (TestClient client = TestClient.connected(server)) {
      assertThatThrownBy(() -> client.login("somebody-else", service.userKey))
          .isInstanceOf(UserAuthException.class);
    }
  }

  @Test
  void only_public_keys_are_offered() throws IOException {
    try (TestClient client = TestClient.connected(server)) {
      assertThatThrownBy(() -> client.ssh.authPassword(ScriptedService.USER, "secret"))
          .isInstanceOf(UserAuthException.class);
      assertThat(client.ssh.getUserAuth().getAllowedMethods()).containsExactly("publickey");
    }
  }

  @Test
  void the_client_sees_the_host_key_of_its_server() throws IOException {
    EmbeddedSshServer other = pool.start(service);
    try (TestClient client = TestClient.connected(server);
        TestClient otherClient = TestClient.connected(other)) {
      assertThat(KeyUtils.compareKeys(client.seenHostKey, server.hostKey())).isTrue();
      assertThat(KeyUtils.compareKeys(otherClient.seenHostKey, other.hostKey())).isTrue();
      assertThat(KeyUtils.compareKeys(server.hostKey(), other.hostKey())).isFalse();
    }
  }

  @Test
  void a_changed_host_key_is_shown_to_new_connections_and_spares_the_old() throws Exception {
    KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
    rsa.initialize(2048);
    KeyPair changed = rsa.generateKeyPair();
    try (TestClient old = TestClient.loggedIn(server, service)) {
      server.setHostKey(changed);

      try (TestClient client = TestClient.loggedIn(server, service)) {
        assertThat(KeyUtils.compareKeys(client.seenHostKey, changed.getPublic())).isTrue();
      }
      assertThat(old.run("x").status()).isZero();
    }
  }

  @Test
  void keys_are_exchanged_anew_with_the_old_host_key() throws Exception {
    try (TestClient client = TestClient.loggedIn(server, service)) {
      KeyPair changed = HostKeys.generate();
      server.setHostKey(changed);

      server.rekey();

      assertThat(client.run("x").status()).isZero();
      assertThat(KeyUtils.compareKeys(client.seenHostKey, changed.getPublic())).isFalse();
    }
  }
}
