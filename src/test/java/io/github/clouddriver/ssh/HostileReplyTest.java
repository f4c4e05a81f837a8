package io.github.clouddriver.ssh;

import static io.github.clouddriver.ssh.PlainPackets.banner;
import static io.github.clouddriver.ssh.PlainPackets.kexInit;
import static io.github.clouddriver.ssh.PlainPackets.kexReply;
import static io.github.clouddriver.ssh.PlainPackets.packet;
import static io.github.clouddriver.ssh.PlainPackets.say;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.clouddriver.exec.ExecutorException;
import io.github.clouddriver.exec.Phase;
import io.github.clouddriver.exec.SshPublicKeys;
import java.util.ArrayList;
import java.util.List;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.SecurityUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Key exchanges that fail in the depth of sshj, which quotes there what the server said, before
 * anybody knows who the server is.
 */
class HostileReplyTest extends HostileFixture {
  private static final String ECDSA = "ecdsa-sha2-nistp256";

  /** What anybody's own exceptions need, and a forged line of a log does not. */
  private static final int LONGEST_CAUSE = 600;

  /** The one is unfit by what it holds, the other by its length alone. */
  static final List<String> WORDS =
      List.of("x\n2026 ERROR forged" + CONTROLS, "2026 ERROR forged ".repeat(1_500));

  /** A point that X25519 takes: nine, as in RFC 7748. */
  private static byte[] half() {
    byte[] half = new byte[32];
    half[0] = 9;
    return half;
  }

  @BeforeAll
  static void sshjReadsEcdsa() throws Exception {
    SecurityUtils.getKeyFactory("ECDSA"); // or what is tested here would not be reached
  }

  private void assertShowsNothingUnfit(byte[] hostKey, byte[] signature, String says)
      throws Exception {
    proxy.instead(
        socket ->
            say(
                socket,
                banner(),
                packet(kexInit("curve25519-sha256", "aes128-ctr")),
                packet(kexReply(hostKey, half(), signature))));
    ExecutorException failure = assertNeverStarts(Phase.KEY_EXCHANGE, says);
    List<String> causes = new ArrayList<>();
    for (Throwable t = failure.getCause(); t != null; t = t.getCause()) {
      causes.add(t.toString());
    }
    assertThat(causes)
        .anySatisfy(cause -> assertThat(cause).contains(says, "ERROR forged"))
        .allSatisfy(
            cause ->
                assertThat(cause)
                    .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]")
                    .hasSizeLessThan(LONGEST_CAUSE));
    assertRecovers();
  }

  @ParameterizedTest(name = "{index}")
  @FieldSource("WORDS")
  void E5_aHostKeyOnACurveThatThereIsNot(String curve) throws Exception {
    byte[] hostKey =
        new Buffer.PlainBuffer()
            .putString(ECDSA)
            .putString(curve)
            .putString(new byte[65])
            .getCompactData();
    assertShowsNothingUnfit(hostKey, new byte[0], "Unknown curve");
  }

  @ParameterizedTest(name = "{index}")
  @FieldSource("WORDS")
  void E5_aSignatureOfAnAlgorithmThatThereIsNot(String algorithm) throws Exception {
    byte[] signature =
        new Buffer.PlainBuffer().putString(algorithm).putString(new byte[64]).getCompactData();
    assertShowsNothingUnfit(
        SshPublicKeys.encode(HOST_KEY.getPublic()), signature, "key algorithm, but got");
  }
}
