package io.github.clouddriver.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import net.schmizz.sshj.common.SSHException;
import org.junit.jupiter.api.Test;

/** What servers say, fit for a message and for a log. */
class PrintableTest {

  @Test
  void aTextIsOneLineWithoutAnythingThatMovesOrHidesIt() {
    assertThat(Printable.text("\u001b[2J a\r\nb \u009b31m\u202ec\u2028d\u0000"))
        .isEqualTo("[2J a b  31m c d");
    assertThat(Printable.text("caf\u00e9 \ud83d\ude00")).isEqualTo("caf\u00e9 \ud83d\ude00");
  }

  @Test
  void aTextIsCutButNoCharacterOfIt() {
    assertThat(Printable.text("x".repeat(512))).hasSize(512);
    assertThat(Printable.text("x".repeat(513))).isEqualTo("x".repeat(512) + "…");
    assertThat(Printable.text("x".repeat(511) + "\ud83d\ude00")).isEqualTo("x".repeat(511) + "…");
  }

  @Test
  void aCauseIsItselfUnlessSshjQuotesWhatIsUnfit() {
    Throwable fit = new IOException("lost", new SSHException("Socket closed"));
    assertThat(Printable.cause(fit)).isSameAs(fit);
    Throwable ours = new IllegalStateException("a caller's own\nmessage");
    assertThat(Printable.cause(ours)).isSameAs(ours);
    assertThat(Printable.cause(null)).isNull();

    SSHException unfit = new SSHException("x".repeat(600) + "\u001b");
    Throwable cause = Printable.cause(new IOException("lost", unfit));
    assertThat(cause).hasMessageContaining("lost");
    assertThat(cause.getCause().getMessage()).startsWith("net.schmizz.sshj").endsWith("x…");
    assertThat(cause.getCause().getStackTrace()).isEqualTo(unfit.getStackTrace());
  }
}
