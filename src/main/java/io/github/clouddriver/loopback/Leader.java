package io.github.clouddriver.loopback;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * A shell that starts one command's shell, and then stays until it is killed: it leads the process
 * group, so that the group's id is nobody else's as long as somebody may want to send it a signal.
 *
 * <p>Were the command's own shell the leader, its id would be free once it had ended and Java had
 * noticed. Processes that it leaves in the background have the channel stay open for as long as
 * they like, and end at any time: a KILL sent to their group when the channel closes could meet
 * strangers. Java itself has its own reason: when a process of its ends, it closes the pipes in
 * spite of others that write to them still.
 *
 * <p>The leader has a trap for every signal that a client can send, which keeps it from ending, and
 * which the command's shell does not inherit. How that shell has ended it reports on standard
 * error, in which {@link ReportFilter} finds it. It has both outputs closed by then, so their end
 * is that of the last process that has them open. On standard output, where a shell has nothing to
 * say of its own accord, two empty lines come first: one when the group is there, which is waited
 * for before anything is started, and one right before the command, from a process that signals can
 * end.
 *
 * <p>Used by the command's thread.
 */
final class Leader implements Closeable {
  /** One that was killed has its files closed a moment before its parent knows of its end. */
  private static final Duration DEATH_LIMIT = Duration.ofSeconds(2);

  private final Process process;
  private final Signals signals;
  private final Pipes pipes;
  private final byte[] mark;

  private Leader(Process process, Signals signals, Pipes pipes, byte[] mark) {
    this.process = process;
    this.signals = signals;
    this.pipes = pipes;
    this.mark = mark;
  }

  /**
   * Starts a leader, whose group is there when this returns.
   *
   * @throws IOException if this host starts no process, or the thread was interrupted
   */
  static Leader start(HostShell shell) throws IOException {
    String secret = UUID.randomUUID().toString();
    Process process = shell.start(script(secret, shell));
    Signals signals = shell.signals(process);
    Leader leader;
    try {
      byte[] mark = ("\001" + secret).getBytes(StandardCharsets.US_ASCII);
      leader = new Leader(process, signals, Pipes.of(process, shell.processes()), mark);
    } catch (IOException | RuntimeException | Error e) {
      process.destroyForcibly(); // it has started nobody yet
      throw e;
    }
    try {
      if (leader.pipes.stdout().read() != '\n') {
        throw new IOException("the shell that is to lead the command has not begun");
      }
      return leader;
    } catch (IOException | RuntimeException | Error e) {
      leader.destroy();
      leader.close();
      throw e;
    }
  }

  /**
   * It leaves its files as they are until it has read the line, since {@link Pipes} opens them.
   * From then on what it has to say itself is for nobody, and the command's standard error is 3. In
   * the end it is one process that has no child, so that it leaves nobody for others to wait for.
   */
  private static String script(String secret, HostShell shell) {
    // Without a group of its own it would kill that of this Java process.
    String whenAlone = shell.makesProcessGroups() ? "kill -s KILL 0" : "exit";
    return """
        trap : %1$s
        echo
        IFS= read -r _loopback || exit
        exec 3>&2 2>/dev/null
        _loopback=$(printf %%b "$_loopback")
        ( eval "$_loopback" ) 2>&3 3>&-
        printf '\\001%2$s%%03d' $? >&3
        exec <&- >&- 3>&-
        kill -0 %3$s || %4$s
        trap '' %1$s
        PATH=${PATH:+$PATH:}/usr/bin:/bin
        exec sleep 2592000
        """
        .formatted(
            Signal.TRAPPED,
            secret,
            Long.toString(ProcessHandle.current().pid()), // no locale's own digits
            whenAlone);
  }

  /**
   * Begins the command; when this returns signals reach it.
   *
   * @param variables in addition to those of this process
   * @param command without a NUL
   * @throws IOException if the command has not begun, and never will
   */
  void begin(Map<String, String> variables, byte[] command) throws IOException {
    String program = ShellText.line(program(variables, command)) + "\n";
    pipes.stdin().write(program.getBytes(StandardCharsets.US_ASCII));
    pipes.stdin().flush();
    if (pipes.stdout().read() != '\n') {
      throw new IOException("this host could not start the command's shell");
    }
  }

  private static byte[] program(Map<String, String> variables, byte[] command) {
    ByteArrayOutputStream program = new ByteArrayOutputStream();
    program.writeBytes("unset _loopback; ".getBytes(StandardCharsets.US_ASCII));
    variables.forEach(
        (name, value) -> {
          // Without "command" a shell ends at once over a variable that it guards, as UID may be.
          program.writeBytes(("command export " + name + "=").getBytes(StandardCharsets.US_ASCII));
          program.writeBytes(ShellText.quote(value.getBytes(StandardCharsets.UTF_8)));
          program.write('\n');
        });
    program.writeBytes(("echo; exec " + HostShell.SH + " -c ").getBytes(StandardCharsets.US_ASCII));
    program.writeBytes(ShellText.quote(command));
    return program.toByteArray();
  }

  Pipes pipes() {
    return pipes;
  }

  /** What its report begins with. */
  byte[] mark() {
    return mark.clone();
  }

  /** The way to the command's processes. */
  Signals signals() {
    return signals;
  }

  /**
   * The status of a leader that ended without a report: 128 and the number of the signal that ended
   * it. To be asked when nobody has its outputs open.
   *
   * @throws IOException if it lives: it could not report, since the command has left a standard
   *     error that takes nothing
   */
  int statusOfItself() throws IOException, InterruptedException {
    if (!process.waitFor(DEATH_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      throw new IOException("how the command has ended is not known");
    }
    return process.exitValue();
  }

  /**
   * Ends the command with all that belongs to it, and itself last. Neither fails nor heeds
   * interruptions.
   *
   * @param limit as in {@link Signals#kill}
   * @return whether it has ended, within another {@link CommandRun#END_LIMIT}
   */
  boolean kill(Duration limit) {
    return signals.kill(limit)
        && Uninterrupted.await(
            CommandRun.END_LIMIT, nanos -> process.waitFor(nanos, TimeUnit.NANOSECONDS));
  }

  /** Ends it alone, whatever becomes of the others. Does not wait. */
  void destroy() {
    process.destroyForcibly();
  }

  /** Closes the pipes, which nobody may be using. */
  @Override
  public void close() throws IOException {
    pipes.close();
  }
}
