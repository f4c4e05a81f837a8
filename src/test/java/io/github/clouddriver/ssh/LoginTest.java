package io.github.clouddriver.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.clouddriver.exec.ExecutorException;
import io.github.clouddriver.exec.Phase;
import io.github.clouddriver.exec.SshPublicKeys;
import io.github.clouddriver.exec.SshSigner;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.core.CoreModuleProperties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The login with keys that may be anywhere. */
class LoginTest extends ExecutorFixture {
  private final List<PublicKey> offered = Collections.synchronizedList(new ArrayList<>());

  @BeforeEach
  void setTarget() {
    target(TestTarget.anything());
  }

  private void accept(PublicKey accepted) {
    server
        .mina()
        .setPublickeyAuthenticator(
            (user, key, session) -> {
              offered.add(key);
              return SshPublicKeys.same(key, accepted);
            });
  }

  static List<KeyPair> keys() {
    return List.of(TestKeys.RSA, TestKeys.ec("secp256r1"), TestKeys.ec("secp521r1"));
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("keys")
  void aKeyOfAnyKindLogsIn(KeyPair key) throws Exception {
    accept(key.getPublic());
    executor.setSigners(SshSigner.of(key));
    assertThat(executor.execute("true", null).succeeded()).isTrue();
  }

  @Test
  void theKeysAreTriedInTheirOrderAndOnlyAnAcceptedOneSigns() throws Exception {
    accept(TestKeys.CLIENT.getPublic());
    AtomicInteger signatures = new AtomicInteger();
    executor.setSigners(counting(TestKeys.RSA, signatures), counting(TestKeys.CLIENT, signatures));
    executor.execute("true", null);
    assertThat(offered.stream().map(SshPublicKeys::fingerprint).distinct())
        .containsExactly(
            SshPublicKeys.fingerprint(TestKeys.RSA.getPublic()),
            SshPublicKeys.fingerprint(TestKeys.CLIENT.getPublic()));
    assertThat(signatures).hasValue(1);
  }

  @Test
  void everyKeysBestAlgorithmComesBeforeAnyOthersSecond() throws Exception {
    server.mina().setSignatureFactoriesNames("rsa-sha2-256", "ecdsa-sha2-nistp256");
    accept(TestKeys.RSA.getPublic());
    executor.setSigners(SshSigner.of(TestKeys.RSA), SshSigner.of(TestKeys.CLIENT));
    assertThat(executor.execute("true", null).succeeded()).isTrue();
    assertThat(SshPublicKeys.same(offered.get(0), TestKeys.CLIENT.getPublic())).isTrue();
  }

  @Test
  void aRefusalTellsWhatTheServerSaysAndAllows() {
    CoreModuleProperties.WELCOME_BANNER.set(server.mina(), "log in as \"admin\",\nplease");
    accept(HOST_KEY.getPublic());
    executor.setSigners(SshSigner.of(TestKeys.CLIENT), SshSigner.of(TestKeys.RSA));
    ExecutorException refused =
        catchThrowableOfType(ExecutorException.class, () -> executor.execute("true", null));
    assertThat(refused.phase()).isEqualTo(Phase.AUTHENTICATION);
    assertThat(refused.commandMayHaveStarted()).isFalse();
    assertThat(refused)
        .hasMessageContaining("each of the 2 keys")
        .hasMessageContaining("publickey")
        .hasMessageContaining("log in as \"admin\", please");
    assertThat(server.started).isEmpty();
  }

  private static SshSigner counting(KeyPair key, AtomicInteger signatures) {
    return TestSigner.of(
        key,
        (real, data, algorithm) -> {
          signatures.incrementAndGet();
          return real.sign(data, algorithm);
        });
  }
}
