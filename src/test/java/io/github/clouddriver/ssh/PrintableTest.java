package io.github.clouddriver.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.common.SSHRuntimeException;
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

    Throwable below = new GeneralSecurityException("a caller's own\n", new SSHException("closed"));
    assertThat(Printable.cause(below)).isSameAs(below);

    SSHException unfit = new SSHException("x".repeat(600) + "\u001b");
    Throwable cause = Printable.cause(new IOException("lost", unfit));
    assertThat(cause).hasMessageContaining("lost");
    assertThat(cause.getCause().getMessage()).startsWith("net.schmizz.sshj").endsWith("x…");
    assertThat(cause.getCause().getStackTrace()).isEqualTo(unfit.getStackTrace());
  }

  @Test
  void belowAnExceptionOfSshjsAnyOtherMayQuoteTheServer() {
    Throwable quoting = new GeneralSecurityException("Unknown curve x\n2026 ERROR forged");
    Throwable wrapped = new SSHRuntimeException("x".repeat(600), new IOException("fit", quoting));
    Throwable cause = Printable.cause(new IOException("lost", new SSHException("fit", wrapped)));
    assertThat(chain(cause))
        .extracting(Throwable::getMessage)
        .satisfiesExactly(
            message -> assertThat(message).endsWith("lost"),
            message -> assertThat(message).endsWith("fit"),
            message -> assertThat(message).contains("SSHRuntimeException").endsWith("x…"),
            message -> assertThat(message).endsWith("fit"),
            message -> assertThat(message).endsWith("Unknown curve x 2026 ERROR forged"));
    assertThat(cause).hasRootCauseInstanceOf(IOException.class);
    assertThat(chain(cause).get(4).getStackTrace()).isEqualTo(quoting.getStackTrace());

    Throwable fit = new SSHException(new SSHRuntimeException(new IllegalStateException("fit")));
    assertThat(Printable.cause(fit)).isSameAs(fit);
  }

  private static List<Throwable> chain(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).toList();
  }
}
