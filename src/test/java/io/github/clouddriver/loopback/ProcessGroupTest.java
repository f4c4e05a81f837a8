package io.github.clouddriver.loopback;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.clouddriver.ssh.Programs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.schmizz.sshj.connection.channel.direct.Signal;
import org.junit.jupiter.api.Test;

/** Where the host has {@code setsid}, as every Linux has. */
class ProcessGroupTest extends CommandTests {
  ProcessGroupTest() {
    super(groups());
  }

  /** Skips the test if there is no {@code setsid}, or fails it if that must be there. */
  static HostShell groups() {
    return new HostShell(Programs.find("setsid"), HostShell.find().processes());
  }

  @Test
  void what_a_command_leaves_behind_ends_with_it() throws Exception {
    try (Running running =
        new Running("(sh -c 'echo $$; exec " + FOREVER + " >/dev/null 2>&1' &); exit 9")) {
      long orphan = running.pid();

      running.awaitEnd();

      assertThat(running.command.getExitStatus()).isEqualTo(9);
      assertThat(Host.runs(orphan)).isFalse();
    }
  }

  @Test
  void an_orphan_with_the_output_ends_when_the_channel_closes() throws Exception {
    try (Running running = new Running("echo $$; (sh -c 'echo $$; exec " + FOREVER + "' &)")) {
      long shell = running.pid();
      long orphan = running.pid();
      awaitEnd(shell);
      assertThat(Host.runs(orphan)).isTrue();

      running.hangUp();

      awaitEnd(orphan);
    }
  }

  @Test
  void an_orphan_with_the_output_gets_the_clients_signals() throws Exception {
    try (Running running =
        new Running("echo $$; (sh -c 'echo $$; exec " + FOREVER + "' &); exit 4")) {
      long shell = running.pid();
      long orphan = running.pid();
      awaitEnd(shell);

      running.command.signal(Signal.TERM);

      running.awaitEnd();
      assertThat(running.command.getExitStatus()).isEqualTo(4);
      awaitEnd(orphan);
    }
  }

  @Test
  void a_command_that_signals_its_own_group_is_told_as_it_ended() throws Exception {
    assertThat(client.run("trap 'exit 6' TERM; kill 0; exit 1").status()).isEqualTo(6);
    assertThat(client.run("kill 0").status()).isEqualTo(128 + 15);
    assertThat(client.run("kill -9 0").status()).isEqualTo(128 + 9);
  }

  @Test
  void a_daemon_that_has_left_the_group_keeps_no_thread() throws Exception {
    long daemon;
    try (Running running = new Running("setsid sh -c 'echo $$; exec " + FOREVER + "' & exec cat")) {
      daemon = running.pid();
      running.hangUp();

      await()
          .atMost(Host.PATIENCE)
          .until(() -> Host.threads().stream().noneMatch(name -> name.contains("command-1-")));
      assertThat(Host.runs(daemon)).isTrue();
    }
    client.run("kill -9 " + daemon);
    awaitEnd(daemon);
  }

  @Test
  void a_group_is_not_signalled_once_its_leader_has_ended() throws Exception {
    Process ended = groups().start("exit 0");
    assertThat(ended.waitFor(20, TimeUnit.SECONDS)).isTrue();
    // Whoever has that id as a group by now is a stranger.
    Signals signals = new ProcessGroup(ended);

    assertThat(signals.send("TERM")).isFalse();
    assertThat(signals.kill(Host.PATIENCE)).isTrue();
  }

  @Test
  void a_leader_that_leads_no_group_yet_is_killed_all_the_same() throws Exception {
    Process process = new ProcessBuilder("sleep", "1000").start();

    assertThat(new ProcessGroup(process).kill(Duration.ofSeconds(2))).isTrue();

    assertThat(process.waitFor(Duration.ofSeconds(20).toMillis(), TimeUnit.MILLISECONDS)).isTrue();
  }

  @Test
  void a_kill_that_takes_too_long_orphans_nobody() throws Exception {
    Process leader = groups().start(FOREVER + " & echo $!; wait");
    long child = Long.parseLong(leader.inputReader(UTF_8).readLine());

    List<Process> hanging = new ArrayList<>();
    Signals signals =
        new ProcessGroup(
            leader,
            (signal, targets) -> {
              hanging.add(new ProcessBuilder("sleep", "1000").start());
              return new Kill(hanging.get(hanging.size() - 1));
            });

    assertThat(signals.kill(Duration.ofMillis(100))).isTrue();

    awaitEnd(leader.pid(), child);
    for (Process each : hanging) {
      assertThat(each.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }
  }
}
