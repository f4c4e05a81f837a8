package io.github.clouddriver.loopback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * As on a host that has neither {@code setsid} nor processes as files: all of the same, but for
 * processes without a parent and daemons.
 */
class ProcessTreeTest extends CommandTests {
  ProcessTreeTest() {
    super(new HostShell(null, Path.of("no-such-folder")));
  }

  @Test
  void what_a_process_starts_while_it_is_killed_is_killed_too() throws Exception {
    String mark = Host.uniqueSeconds();
    String script = "i=0; while [ $i -lt 300 ]; do sleep " + mark + " & i=$((i+1)); done; wait";
    for (int i = 0; i < 20; i++) {
      Process busy = new ProcessBuilder(HostShell.SH, "-c", script).start();
      while (busy.children().findAny().isEmpty()) {
        Thread.onSpinWait(); // it is to be killed in the midst of it
      }
      assertThat(new ProcessTree(busy).kill(Host.PATIENCE)).isTrue();
    }

    await().atMost(Host.PATIENCE).until(() -> Host.count(mark) == 0);
  }
}
