package io.github.clouddriver.memory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.clouddriver.InstanceId;
import io.github.clouddriver.internal.sshserver.ExecExit;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuiltinShellTest {
  private final InstanceFiles files = new InstanceFiles();
  private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
  private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();

  private int run(String command) throws IOException {
    return run(command.getBytes(UTF_8), "");
  }

  private int run(byte[] command, String input) throws IOException {
    stdout.reset();
    stderr.reset();
    ShellExit exit =
        BuiltinShell.run(new Call(command, input.getBytes(UTF_8), stdout, stderr), files);
    return ((ExecExit.Status) exit.exit()).code();
  }

  private String out() {
    return stdout.toString(UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      delimiter = '§',
      textBlock =
          """
          true                      § 0
          false                     § 1
          :                         § 0
          exit 7                    § 7
          exit 256                  § 0
          false; exit               § 1
          exit x                    § 2
          nonsense --now            § 127
          false || true             § 0
          false && true             § 1
          true && false || exit 4   § 4
          false || true && exit 5   § 5
          umask 077; mkdir -p /x    § 0
          rm missing                § 1
          rm -f missing             § 0
          cat missing               § 1
          A=b                       § 0
          true | false              § 2
          sleep 1 &                 § 2
          (true)                    § 2
          echo `date`               § 2
          echo $(date)              § 2
          echo "${A:-b}"            § 2
          echo 'open                § 2
          cat << EOF                § 2
          echo >                    § 2
          """)
  void the_status_is_that_of_a_real_shell(String command, int status) throws IOException {
    assertThat(run(command)).isEqualTo(status);
    if (status == 2 || status == 127) {
      assertThat(stderr.toString(UTF_8)).startsWith("sh: ");
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      delimiter = '§',
      textBlock =
          """
          echo a   b                       § ~a b|~
          echo 'a   b' "c  d"              § ~a   b c  d|~
          echo -n a                        § ~a~
          echo it\\'s "\\"q\\"" 'b\\s'     § ~it's "q" b\\s|~
          echo "$USER" '$USER' \\$USER     § ~admin $USER $USER|~
          echo ${HOME}/x                   § ~/home/admin/x|~
          A='b  c'; echo "$A" $A           § ~b  c b  c|~
          echo $MISSING end "$MISSING"     § ~end |~
          echo 5$ 100%                     § ~5$ 100%|~
          false; echo $?                   § ~1|~
          echo a # not this                § ~a|~
          echo a#b                         § ~a#b|~
          echo "a#b"                       § ~a#b|~
          printf '%s-%s|' a b c            § ~a-b|c-|~
          printf 'a\\tb\\\\%%'             § ~a\tb\\%~
          whoami; hostname                 § ~admin|i-1|~
          uname                            § ~Linux|~
          echo $GREETING                   § ~Grüße|~
          echo a > f; echo b >> f; cat f   § ~a|b|~
          echo a >f; cat < f               § ~a|~
          echo lost > /dev/null            § ~~
          nonsense 2>&1                    § ~sh: 1: nonsense: not found|~
          nonsense 2>f; echo; cat f        § ~|sh: 1: nonsense: not found|~
          exit 0; echo never               § ~~
          true &&   echo next              § ~next|~
          """)
  void the_output_is_that_of_a_real_shell(String command, String expected) throws IOException {
    run(command);

    // A bar stands for a line end, except where the bar is the command's own.
    String shown = command.contains("'%s-%s|'") ? out() : out().replace("\n", "|");
    assertThat(shown).isEqualTo(expected);
  }

  @Test
  void a_script_of_several_lines_runs_line_by_line() throws IOException {
    int status =
        run(
            "#!/bin/sh\nset=1\numask 0177 &&\n  echo -n 'it''s \"so\"\n$HOME' \\\n > /run/s\ncat /run/s");

    assertThat(out()).isEqualTo("its \"so\"\n$HOME");
    assertThat(status).isZero();
  }

  @Test
  void bytes_that_are_no_text_pass_unchanged() throws IOException {
    byte[] command = {
      'e', 'c', 'h', 'o', ' ', '-', 'n', ' ', (byte) 0xff, (byte) 0x80, (byte) 0xc3
    };

    run(command, "");

    assertThat(stdout.toByteArray()).containsExactly(0xff, 0x80, 0xc3);
  }

  @Test
  void cat_copies_its_input() throws IOException {
    run("cat".getBytes(UTF_8), "some\ninput");

    assertThat(out()).isEqualTo("some\ninput");
  }

  @Test
  void the_host_name_is_the_id() throws IOException {
    run("uname -a");

    assertThat(out()).startsWith("Linux i-1 ").endsWith(" GNU/Linux\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cat missing > f", "rm f", "false > f"})
  void what_fails_says_so_also_beside_a_redirection(String command) throws IOException {
    assertThat(run(command)).isOne();
  }

  private record Call(byte[] commandBytes, byte[] input, OutputStream stdout, OutputStream stderr)
      implements ShellCall {
    @Override
    public InstanceId instance() {
      return InstanceId.of("i-1");
    }

    @Override
    public String user() {
      return "admin";
    }

    @Override
    public boolean isInit() {
      return false;
    }

    @Override
    public String command() {
      return new String(commandBytes, UTF_8);
    }

    @Override
    public Map<String, String> environment() {
      return Map.of("GREETING", "Grüße");
    }

    @Override
    public InputStream stdin() {
      return new ByteArrayInputStream(input);
    }

    @Override
    public void onSignal(Consumer<String> listener) {}
  }
}
