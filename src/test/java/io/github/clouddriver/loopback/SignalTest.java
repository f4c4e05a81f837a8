package io.github.clouddriver.loopback;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignalTest {

  @ParameterizedTest
  @EnumSource
  void the_number_is_the_hosts(Signal signal) throws IOException {
    for (int status = 129; status < 160; status++) {
      Process shell = new ProcessBuilder(HostShell.SH, "-c", "kill -l " + status).start();
      String name = new String(shell.getInputStream().readAllBytes(), UTF_8).strip();

      assertThat(signal.mayBe(status))
          .as("%d, %s", status, name)
          .isEqualTo(name.equals(signal.name()));
    }
  }

  @Test
  void a_signal_is_known_by_its_name_in_ssh() {
    assertThat(Signal.named("TERM")).contains(Signal.TERM);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "term", "SIGTERM", "STOP", "0", "TERM; reboot", "INFO@openssh.com"})
  void no_other_name_is_handed_to_a_shell(String name) {
    assertThat(Signal.named(name)).isEmpty();
  }

  @Test
  void the_leader_has_a_trap_for_all_that_can_be_trapped() {
    assertThat(Signal.TRAPPED.split(" "))
        .hasSize(Signal.values().length - 1)
        .doesNotContain("KILL");
  }
}
