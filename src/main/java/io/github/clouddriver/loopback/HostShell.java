package io.github.clouddriver.loopback;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How shells are started on this host. Immutable.
 *
 * @param setsid the program that starts another one in a session, and so in a process group, of its
 *     own; null where there is none
 * @param processes where the system shows the processes as files, if it does
 */
record HostShell(@Nullable Path setsid, Path processes) {
  static final String SH = "/bin/sh";

  private static final List<String> USUAL_PLACES = List.of("/usr/bin", "/bin");

  /** What this host has. */
  static HostShell find() {
    String path = System.getenv().getOrDefault("PATH", "");
    return new HostShell(
        Stream.concat(Arrays.stream(path.split(File.pathSeparator)), USUAL_PLACES.stream())
            .filter(folder -> !folder.isEmpty())
            .map(folder -> Path.of(folder, "setsid"))
            .filter(Files::isExecutable)
            .findFirst()
            .orElse(null),
        Path.of("/proc"));
  }

  boolean makesProcessGroups() {
    return setsid != null;
  }

  /**
   * Starts a script, in the home directory where there is one.
   *
   * <p>A process that Java has just started leads no group, so {@code setsid} makes it a leader
   * without another fork: the process is the leader, and its id is the group's.
   */
  Process start(String script) throws IOException {
    List<String> command = new ArrayList<>();
    if (setsid != null) {
      command.add(setsid.toString());
    }
    command.addAll(List.of(SH, "-c", script));
    ProcessBuilder builder = new ProcessBuilder(command);
    File home = new File(System.getProperty("user.home"));
    return (home.isDirectory() ? builder.directory(home) : builder).start();
  }

  /** The way to what a process that was started here has started in turn. */
  Signals signals(Process leader) {
    return setsid != null ? new ProcessGroup(leader) : new ProcessTree(leader);
  }
}
