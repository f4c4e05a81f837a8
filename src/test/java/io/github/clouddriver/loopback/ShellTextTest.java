package io.github.clouddriver.loopback;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShellTextTest {

  /** What a shell makes of the program that is in one line, as the leader reads it. */
  private static byte[] run(byte[] program) throws IOException {
    Process shell =
        new ProcessBuilder(HostShell.SH, "-c", "IFS= read -r line; eval \"$(printf %b \"$line\")\"")
            .start();
    shell.getOutputStream().write((ShellText.line(program) + "\n").getBytes(US_ASCII));
    shell.getOutputStream().close();
    return shell.getInputStream().readAllBytes();
  }

  private static byte[] printing(byte[] word) {
    ByteArrayOutputStream program = new ByteArrayOutputStream();
    program.writeBytes("printf %s ".getBytes(US_ASCII));
    program.writeBytes(ShellText.quote(word));
    return program.toByteArray();
  }

  @Test
  void every_byte_but_nul_arrives() throws IOException {
    byte[] word = new byte[255];
    for (int i = 0; i < word.length; i++) {
      word[i] = (byte) (i + 1);
    }

    assertThat(run(printing(word))).isEqualTo(word);
  }

  @Test
  void random_bytes_arrive() throws IOException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    String odd = "\\'\"$`\n01abc%é\u0001-";
    for (int i = 0; i < 20; i++) {
      StringBuilder text = new StringBuilder();
      random.ints(200, 0, odd.length()).forEach(index -> text.append(odd.charAt(index)));
      byte[] word = text.toString().getBytes(UTF_8);

      assertThat(run(printing(word))).as("seed %d", seed).isEqualTo(word);
    }
  }

  @ParameterizedTest
  @CsvSource({"A,true", "_a9,true", "9a,false", "a-b,false", "'',false", "é,false", "'a\n',false"})
  void a_name_is_what_every_shell_takes_for_one(String name, boolean is) {
    assertThat(ShellText.isName(name)).isEqualTo(is);
  }

  @Test
  void a_nul_cannot_be_handed_on() {
    assertThat(ShellText.canBeHandedOn(new byte[] {'a', 0})).isFalse();
    assertThat(ShellText.canBeHandedOn(new byte[] {'a', -1})).isTrue();
  }
}
