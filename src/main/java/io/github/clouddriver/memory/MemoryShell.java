package io.github.clouddriver.memory;

import io.github.clouddriver.InstanceId;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The shell of all instances of a {@link MemoryCloud}: what a command does there, and which ones
 * were run. Init commands go through it too, before the instance counts as booted (clause S3).
 *
 * <pre>{@code
 * cloud.shell().on("uptime", ShellScript.reply("up 3 days\n"));
 * cloud.shell().onMatch(Pattern.compile("systemctl (start|stop) .*"), call -> ShellExit.OK);
 * }</pre>
 *
 * <p>The newest rule that fits a command decides. A command that no rule fits is run by a small
 * built-in shell: quotes, {@code $NAME}, assignments, {@code ;}, {@code &&}, {@code ||} and
 * redirections; files, kept in memory for each instance; and {@code true}, {@code false}, {@code
 * echo}, {@code printf}, {@code cat}, {@code rm}, {@code exit}, {@code uname}, {@code hostname},
 * {@code whoami}; {@code umask}, {@code chmod} and {@code mkdir} do nothing, successfully. Anything
 * else is not found, with status 127. What is beyond it, such as pipes, it refuses with status 2.
 *
 * <p>Safe for use by several threads. Scripts are called with no lock held.
 */
public final class MemoryShell {

  /** So many commands are remembered; a soak run does not fill the memory. */
  private static final int REMEMBERED = 10_000;

  private record Rule(Predicate<String> fits, ShellScript script) {}

  /** Guards both queues; the newest is at the head of the rules and at the end of the runs. */
  private final Object lock = new Object();

  private final Deque<Rule> rules = new ArrayDeque<>();
  private final Deque<ShellRun> runs = new ArrayDeque<>();

  MemoryShell() {}

  /**
   * Decides what one command does.
   *
   * @param command the whole text, to be equal
   * @param script what it does
   * @return this
   */
  public MemoryShell on(String command, ShellScript script) {
    Objects.requireNonNull(command, "command");
    return add(command::equals, script);
  }

  /**
   * Decides what all commands of a form do.
   *
   * @param pattern to match the whole text; line ends count as in any pattern
   * @param script what they do
   * @return this
   */
  public MemoryShell onMatch(Pattern pattern, ShellScript script) {
    Objects.requireNonNull(pattern, "pattern");
    return add(command -> pattern.matcher(command).matches(), script);
  }

  private MemoryShell add(Predicate<String> fits, ShellScript script) {
    Rule rule = new Rule(fits, Objects.requireNonNull(script, "script"));
    synchronized (lock) {
      rules.addFirst(rule);
    }
    return this;
  }

  /** Forgets all rules and all that was run. */
  public void clear() {
    synchronized (lock) {
      rules.clear();
      runs.clear();
    }
  }

  /**
   * What was run on any instance, ended or not; the last 10,000 commands.
   *
   * @return an unmodifiable snapshot, oldest first
   */
  public List<ShellRun> runs() {
    synchronized (lock) {
      return List.copyOf(runs);
    }
  }

  /**
   * What was run on one instance, ended or not.
   *
   * @param instance which one, existing or not
   * @return an unmodifiable snapshot, oldest first
   */
  public List<ShellRun> runs(InstanceId instance) {
    return runs().stream().filter(each -> each.instance().equals(instance)).toList();
  }

  /** Runs a command by the rule that fits it, or else by the script given here. */
  ShellExit run(ShellCall call, ShellScript otherwise) throws IOException, InterruptedException {
    return begin(call, otherwise).run(call);
  }

  private ShellScript begin(ShellCall call, ShellScript otherwise) {
    String command = call.command();
    List<Rule> now;
    synchronized (lock) {
      runs.addLast(new ShellRun(call));
      if (runs.size() > REMEMBERED) {
        runs.removeFirst();
      }
      now = List.copyOf(rules);
    }
    return now.stream()
        .filter(rule -> rule.fits().test(command))
        .findFirst()
        .map(Rule::script)
        .orElse(otherwise);
  }
}
