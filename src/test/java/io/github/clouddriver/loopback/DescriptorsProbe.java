package io.github.clouddriver.loopback;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.clouddriver.memory.RecordingLogger;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;

/**
 * Ends commands in a JVM that has no file descriptor left; whoever starts it limits them. It fails
 * with what was wrong, and ends with 0 otherwise.
 */
final class DescriptorsProbe {
  private static final String COMMAND =
      "sleep 1000 & echo $!; sh -c 'echo $$; exec sleep 1000' & wait";

  /** The longest that a stop of the set waits for commands. */
  private static final long END_SECONDS = 4;

  private final RecordingLogger logger = new RecordingLogger();
  private final HostShell shell;
  private final String name;
  private final Deque<InputStream> taken = new ArrayDeque<>();

  private DescriptorsProbe(String name, HostShell shell) {
    this.name = "loopback-" + name;
    this.shell = shell;
  }

  public static void main(String[] args) throws Exception {
    loadClasses();
    HostShell groups = HostShell.find();
    HostShell tree = new HostShell(null, groups.processes());
    for (boolean scarce : new boolean[] {false, true}) {
      new DescriptorsProbe("groups", groups).endsCommands(scarce);
      new DescriptorsProbe("tree", tree).endsCommands(scarce);
    }
    System.exit(0);
  }

  /** Those that are not in an archive could not be loaded later. */
  private static void loadClasses() throws IOException, URISyntaxException, ClassNotFoundException {
    Path folder =
        Path.of(CommandRun.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .resolve(CommandRun.class.getPackageName().replace('.', '/'));
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.class")) {
      for (Path each : files) {
        String simple = each.getFileName().toString().replace(".class", "");
        if (!simple.contains("-")) {
          Class.forName(CommandRun.class.getPackageName() + "." + simple);
        }
      }
    }
  }

  private void endsCommands(boolean scarce) throws Exception {
    ScriptedCall call = new ScriptedCall(COMMAND);
    CommandRun run = new CommandRun(name, call, shell, logger);
    CompletableFuture<String> outcome = new CompletableFuture<>();
    Thread runner = new Thread(() -> outcome.complete(outcomeOf(run::run)), name);
    runner.setDaemon(true);
    runner.start();
    await("its processes", () -> call.printed.toString(UTF_8).lines().count() == 2);
    long[] pids = call.printed.toString(UTF_8).lines().mapToLong(Long::parseLong).toArray();

    if (scarce) {
      takeDescriptors();
    }
    try {
      if (scarce) {
        ScriptedCall late = new ScriptedCall("true");
        String why = outcomeOf(new CommandRun(name, late, shell, logger)::run);
        check("a command that cannot be started fails", why.contains("IOException"), why);
        String told = late.complained.toString(UTF_8).toLowerCase(Locale.ROOT);
        check("the client is told why", told.contains("too many open files"), told);
        call.signals.accept("TERM");
        await("a warning", () -> logger.lines().toString().contains("TERM was not delivered"));
        check("the command runs on", !outcome.isDone(), "");
      }
      runner.interrupt();
      String ended = outcome.get(END_SECONDS, TimeUnit.SECONDS);
      check("the run ends", ended.contains("InterruptedException"), ended);
    } catch (TimeoutException e) {
      throw new IllegalStateException("the run does not end in time: " + logger.lines(), e);
    } finally {
      while (!taken.isEmpty()) {
        taken.remove().close();
      }
      runner.interrupt();
      runner.join();
    }
    for (long pid : pids) {
      await("the end of " + pid, () -> !Host.runs(pid));
    }
    check("no thread is left", Host.threads().isEmpty(), Host.threads());
  }

  private static String outcomeOf(Callable<?> run) {
    try {
      return String.valueOf(run.call());
    } catch (Exception | Error e) {
      return e.toString();
    }
  }

  private void takeDescriptors() {
    try {
      while (true) {
        taken.add(new FileInputStream("/dev/null"));
      }
    } catch (IOException e) {
      // That was the last one.
    }
  }

  private void await(String what, Callable<Boolean> condition) {
    Awaitility.await(name + ": " + what).atMost(Host.PATIENCE).until(condition);
  }

  private void check(String what, boolean holds, Object found) {
    if (!holds) {
      throw new IllegalStateException(name + ": " + what + ", but: " + found + logger.lines());
    }
  }
}
