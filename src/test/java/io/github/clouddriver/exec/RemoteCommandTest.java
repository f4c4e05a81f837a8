package io.github.clouddriver.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clauses E1, E5, E9, D8. */
class RemoteCommandTest {

  @Test
  void aPlainCommandHasTheDefaults() {
    RemoteCommand command = RemoteCommand.builder("true").build();
    assertThat(command.text()).isEqualTo("true");
    assertThat(command.stdin()).isEmpty();
    assertThat(command.environment()).isEmpty();
    assertThat(command.stdoutSink()).isEmpty();
    assertThat(command.stderrSink()).isEmpty();
    assertThat(command.deadline()).isEmpty();
    assertThat(command.captureLimit()).isEqualTo(16 * 1024 * 1024);
  }

  @Test
  void whatIsSetComesBack() {
    InputStream stdin = new ByteArrayInputStream(new byte[0]);
    OutputStream stdout = new ByteArrayOutputStream();
    OutputStream stderr = new ByteArrayOutputStream();
    RemoteCommand command =
        RemoteCommand.builder("echo 'a' \"b\" $c\n\\ é €")
            .stdin(stdin)
            .stdoutSink(stdout)
            .stderrSink(stderr)
            .deadline(Duration.ofNanos(1))
            .captureLimit(0)
            .build();
    assertThat(command.text()).isEqualTo("echo 'a' \"b\" $c\n\\ é €");
    assertThat(command.stdin()).containsSame(stdin);
    assertThat(command.stdoutSink()).containsSame(stdout);
    assertThat(command.stderrSink()).containsSame(stderr);
    assertThat(command.deadline()).contains(Duration.ofNanos(1));
    assertThat(command.captureLimit()).isZero();
  }

  @Test
  void whatMayBeUnsetCanBeUnsetAgain() {
    RemoteCommand command =
        RemoteCommand.builder("true")
            .stdin(InputStream.nullInputStream())
            .stdin(null)
            .stdoutSink(OutputStream.nullOutputStream())
            .stdoutSink(null)
            .stderrSink(OutputStream.nullOutputStream())
            .stderrSink(null)
            .deadline(Duration.ofHours(1))
            .deadline(null)
            .build();
    assertThat(command.stdin()).isEmpty();
    assertThat(command.stdoutSink()).isEmpty();
    assertThat(command.stderrSink()).isEmpty();
    assertThat(command.deadline()).isEmpty();
  }

  @Test
  void theEnvironmentKeepsItsOrderAndTheLastValue() {
    Map<String, String> more = new LinkedHashMap<>();
    more.put("B", "2 '\"$\n");
    more.put("A", "");
    RemoteCommand.Builder builder =
        RemoteCommand.builder("env")
            .environment("Z_9", "1")
            .environment(more)
            .environment("B", "3");
    RemoteCommand command = builder.build();
    assertThat(command.environment())
        .containsExactly(Map.entry("Z_9", "1"), Map.entry("B", "3"), Map.entry("A", ""));
    builder.environment("LATER", "x");
    assertThat(command.environment()).doesNotContainKey("LATER");
    assertThatThrownBy(() -> command.environment().put("x", "y"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"_", "a", "A1", "PATH", "_X_1"})
  void aVariablesNameIsMadeOfLettersDigitsAndUnderscores(String name) {
    assertThat(RemoteCommand.builder("env").environment(name, "v").build().environment())
        .containsOnlyKeys(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1A", "A-B", "A B", "A=B", "A;reboot", "Ä", "A\n", "$A", "A.B"})
  void anotherVariableNameIsRefusedWithoutBeingShown(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RemoteCommand.builder("env").environment(name, "v"))
        .withMessageContaining("letters, digits and underscores")
        .withMessageContaining("got one of " + name.length() + " characters");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RemoteCommand.builder("env").environment(Map.of(name, "v")));
  }

  @ParameterizedTest
  @CsvSource({"PT0S, PT0S", "PT-0.000000001S, PT-0.000000001S", "PT-1H, PT-1H"})
  void aDeadlineThatIsNotPositiveIsRefused(Duration deadline, String shown) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RemoteCommand.builder("true").deadline(deadline))
        .withMessage("the deadline " + shown + " is not positive");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, Integer.MIN_VALUE})
  void aNegativeCaptureLimitIsRefused(int limit) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RemoteCommand.builder("true").captureLimit(limit))
        .withMessage("the capture limit " + limit + " is negative");
  }

  @Test
  void anEmptyCommandIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RemoteCommand.builder(""))
        .withMessage("the command is empty");
  }

  @Test
  void aCharacterThatNoCommandHasIsRefusedWithoutShowingTheText() {
    for (String bad : new String[] {"hunter2\0", "hunter2\ud800", "\udc00hunter2"}) {
      String what = bad.contains("\0") ? "NUL" : "surrogate";
      assertThatIllegalArgumentException()
          .isThrownBy(() -> RemoteCommand.builder(bad))
          .withMessageContaining("the command")
          .withMessageContaining(what)
          .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2"));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> RemoteCommand.builder("env").environment("NAME", bad))
          .withMessageContaining("the value of NAME")
          .withMessageContaining(what)
          .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2"));
    }
    assertThat(RemoteCommand.builder("\ud83d\ude00").build().text()).isEqualTo("\ud83d\ude00");
  }

  @Test
  void nothingButStreamsAndTheDeadlineMayBeNull() {
    assertThatNullPointerException().isThrownBy(() -> RemoteCommand.builder(null));
    RemoteCommand.Builder builder = RemoteCommand.builder("true");
    assertThatNullPointerException().isThrownBy(() -> builder.environment(null, "v"));
    assertThatNullPointerException().isThrownBy(() -> builder.environment("A", null));
  }

  @Test
  void D8_theTextShowsNeitherTheCommandNorItsEnvironment() {
    RemoteCommand command =
        RemoteCommand.builder("echo hunter2").environment("TOKEN", "hunter3").build();
    assertThat(command).hasToString("RemoteCommand[12 characters]");
  }

  @Test
  void theReferencesFormOfExecuteMakesACommandWithTheDefaults() throws Exception {
    RemoteCommand[] seen = new RemoteCommand[1];
    ExecResult result = ExecResult.builder().build();
    Executor executor = mock(Executor.class);
    when(executor.execute(any()))
        .thenAnswer(
            call -> {
              seen[0] = call.getArgument(0);
              return result;
            });
    InputStream stdin = InputStream.nullInputStream();
    when(executor.execute("true", stdin)).thenCallRealMethod();
    assertThat(executor.execute("true", stdin)).isSameAs(result);
    assertThat(seen[0].text()).isEqualTo("true");
    assertThat(seen[0].stdin()).containsSame(stdin);
    assertThat(seen[0].captureLimit()).isEqualTo(RemoteCommand.DEFAULT_CAPTURE_LIMIT);
  }
}
