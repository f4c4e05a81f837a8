package io.github.clouddriver.loopback;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Reaches the processes of one command.
 *
 * <p>None is ever reached by an id that may be another's by now: ids are used only while the
 * command's {@link Leader} lives, which never ends by itself while they are needed. Used by one
 * thread at a time.
 */
interface Signals {

  /**
   * Sends a signal to all of them.
   *
   * @param signal its name, such as {@code TERM}
   * @return whether somebody got it
   * @throws IOException if this host starts no process for it
   */
  boolean send(String signal) throws IOException;

  /** Sends KILL to all of them and to their leader. Neither fails nor heeds interruptions. */
  void kill();

  /** {@code kill} is a part of every shell, while not every host has a program of that name. */
  static boolean runKill(String signal, List<String> targets) throws IOException {
    List<String> command =
        new ArrayList<>(List.of(HostShell.SH, "-c", "kill -s \"$@\"", "sh", signal, "--"));
    command.addAll(targets);
    Process kill =
        new ProcessBuilder(command)
            .redirectInput(new File("/dev/null"))
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.DISCARD)
            .start();
    boolean ended =
        Uninterrupted.await(
            Duration.ofSeconds(2), nanos -> kill.waitFor(nanos, TimeUnit.NANOSECONDS));
    if (!ended) {
      kill.destroyForcibly();
    }
    return ended && kill.exitValue() == 0;
  }
}
