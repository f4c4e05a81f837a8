package io.github.clouddriver.exec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clauses E1, E8, E9, D8. */
class ExecResultTest {
  private static ExecResult failed(String stderr) {
    return ExecResult.builder().exitStatus(3).stderr(stderr.getBytes(UTF_8), 0).build();
  }

  @Test
  void theSimplestResultIsSuccessWithoutOutput() throws Exception {
    ExecResult result = ExecResult.builder().build();
    assertThat(result.exitStatus()).hasValue(0);
    assertThat(result.exitSignal()).isEmpty();
    assertThat(result.succeeded()).isTrue();
    assertThat(result.orThrow()).isSameAs(result);
    assertThat(result.stdout()).isEmpty();
    assertThat(result.stderr()).isEmpty();
    assertThat(result.stdoutText()).isEmpty();
    assertThat(result.stderrText()).isEmpty();
    assertThat(result.stdoutCut()).isZero();
    assertThat(result.stderrCut()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 127, 255, -1, Integer.MAX_VALUE})
  void E8_anotherStatusIsAResultThatDidNotSucceed(int status) {
    ExecResult result = ExecResult.builder().exitStatus(status).build();
    assertThat(result.exitStatus()).hasValue(status);
    assertThat(result.succeeded()).isFalse();
    assertThatExceptionOfType(CommandFailedException.class)
        .isThrownBy(result::orThrow)
        .withMessage("the command exited with status " + status);
  }

  @Test
  void aSignalStandsInPlaceOfAStatus() {
    ExecResult result = ExecResult.builder().exitStatus(0).exitSignal("KILL").build();
    assertThat(result.exitStatus()).isEmpty();
    assertThat(result.exitSignal()).contains("KILL");
    assertThat(result.succeeded()).isFalse();
    assertThatExceptionOfType(CommandFailedException.class)
        .isThrownBy(result::orThrow)
        .withMessage("the command was ended by signal KILL");
    ExecResult later = ExecResult.builder().exitSignal("KILL").exitStatus(0).build();
    assertThat(later.exitSignal()).isEmpty();
    assertThat(later.exitStatus()).hasValue(0);
  }

  @Test
  void theExceptionSaysThatTheCommandRan() {
    assertThatExceptionOfType(CommandFailedException.class)
        .isThrownBy(failed("")::orThrow)
        .satisfies(
            e -> {
              assertThat(e.phase()).isEqualTo(Phase.COMMAND);
              assertThat(e.commandMayHaveStarted()).isTrue();
              assertThat(e).hasNoCause();
            });
  }

  @Test
  void theExceptionShowsTheEndOfStderr() {
    assertThatExceptionOfType(CommandFailedException.class)
        .isThrownBy(failed(" \nno such file\n")::orThrow)
        .withMessage("the command exited with status 3; stderr: no such file");
    assertThatExceptionOfType(CommandFailedException.class)
        .isThrownBy(failed("x".repeat(512))::orThrow)
        .withMessage("the command exited with status 3; stderr: " + "x".repeat(512));
    assertThatExceptionOfType(CommandFailedException.class)
        .isThrownBy(failed("begin" + "x".repeat(509) + "end")::orThrow)
        .withMessage("the command exited with status 3; stderr: …" + "x".repeat(509) + "end");
  }

  @Test
  void E9_theExceptionSaysHowMuchOfStderrIsMissingAtItsEnd() {
    ExecResult cut =
        ExecResult.builder().exitStatus(3).stderr("no such".getBytes(UTF_8), 9).build();
    assertThatExceptionOfType(CommandFailedException.class)
        .isThrownBy(cut::orThrow)
        .withMessage("the command exited with status 3; stderr: no such… (9 bytes more)");
  }

  @Test
  void E1_theBytesAreKeptApartAndAsTheyAre() {
    byte[] out = {0, 10, 13, -1, -128, 127};
    byte[] err = {1, 2};
    ExecResult result = ExecResult.builder().stdout(out, 3).stderr(err, 4).build();
    assertThat(result.stdout()).isEqualTo(new byte[] {0, 10, 13, -1, -128, 127});
    assertThat(result.stderr()).isEqualTo(new byte[] {1, 2});
    assertThat(result.stdoutCut()).isEqualTo(3);
    assertThat(result.stderrCut()).isEqualTo(4);
  }

  @Test
  void noArrayLeadsInside() {
    byte[] out = {1};
    byte[] err = {2};
    ExecResult result = ExecResult.builder().stdout(out, 0).stderr(err, 0).build();
    out[0] = 9;
    err[0] = 9;
    result.stdout()[0] = 9;
    result.stderr()[0] = 9;
    assertThat(result.stdout()).isEqualTo(new byte[] {1});
    assertThat(result.stderr()).isEqualTo(new byte[] {2});
  }

  @Test
  void aBuilderCanGoOnAfterItsResult() {
    ExecResult.Builder builder = ExecResult.builder();
    ExecResult first = builder.build();
    builder.exitStatus(1).stdout(new byte[] {1}, 1);
    assertThat(first.succeeded()).isTrue();
    assertThat(first.stdout()).isEmpty();
  }

  @Test
  void textIsReadInTheCharsetThatIsAskedFor() {
    byte[] utf8 = "é€".getBytes(UTF_8);
    byte[] latin = "é".getBytes(ISO_8859_1);
    ExecResult result = ExecResult.builder().stdout(utf8, 0).stderr(latin, 0).build();
    assertThat(result.stdoutText()).isEqualTo("é€");
    assertThat(result.stdoutText(ISO_8859_1)).hasSize(5);
    assertThat(result.stderrText()).isEqualTo("\ufffd");
    assertThat(result.stderrText(ISO_8859_1)).isEqualTo("é");
  }

  @Test
  void badPartsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ExecResult.builder().stdout(new byte[0], -1))
        .withMessage("the number of dropped bytes, -1, is negative");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ExecResult.builder().stderr(new byte[0], Long.MIN_VALUE))
        .withMessageContaining("is negative");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ExecResult.builder().exitSignal(""))
        .withMessage("the name of the signal is empty");
    assertThatNullPointerException().isThrownBy(() -> ExecResult.builder().exitSignal(null));
    assertThatNullPointerException().isThrownBy(() -> ExecResult.builder().stdout(null, 0));
    assertThatNullPointerException().isThrownBy(() -> ExecResult.builder().stderr(null, 0));
  }

  @Test
  void D8_theTextTellsHowMuchWasWrittenAndNotWhat() {
    ExecResult result =
        ExecResult.builder()
            .stdout("hunter2".getBytes(UTF_8), 10)
            .stderr("secret".getBytes(UTF_8), 0)
            .build();
    assertThat(result)
        .hasToString("ExecResult[exited with status 0, stdout 17 bytes, stderr 6 bytes]");
    assertThat(ExecResult.builder().exitSignal("TERM").build())
        .hasToString("ExecResult[was ended by signal TERM, stdout 0 bytes, stderr 0 bytes]");
  }

  @Test
  void anExecutorExceptionNeedsAMessageAndAPhase() {
    assertThatNullPointerException()
        .isThrownBy(() -> new ExecutorException(null, Phase.COMMAND, true, null));
    assertThatNullPointerException()
        .isThrownBy(() -> new ExecutorException("what", null, true, null));
    assertThat(new NoAddressException("i-1 has no address"))
        .hasMessage("i-1 has no address")
        .satisfies(
            e -> {
              assertThat(e.phase()).isEqualTo(Phase.ADDRESS);
              assertThat(e.commandMayHaveStarted()).isFalse();
            });
  }
}
