package io.github.clouddriver.loopback;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What descends from a leader, where there are no process groups: a process whose parent has ended
 * is not among them. Java compares start times before it kills, so an id that was given anew is
 * recognised; other signals go by id alone, a moment after the id was read.
 */
final class ProcessTree implements Signals {
  private static final Duration SEND_LIMIT = Duration.ofSeconds(2);

  private final Process leader;

  ProcessTree(Process leader) {
    this.leader = leader;
  }

  @Override
  public boolean send(String signal) throws IOException, InterruptedException {
    if (signal.equals("KILL")) {
      return kill(SEND_LIMIT);
    }
    List<String> targets;
    try {
      targets = leader.descendants().map(ProcessTree::id).toList();
    } catch (RuntimeException e) {
      throw new IOException("this host does not tell which processes there are", e);
    }
    return !targets.isEmpty() && Kill.start(signal, targets).await(SEND_LIMIT);
  }

  @Override
  public boolean kill(Duration limit) {
    if (!leader.isAlive()) {
      return true;
    }
    Set<ProcessHandle> found = new LinkedHashSet<>();
    try {
      stopAll(found, limit);
      leader.descendants().forEach(found::add);
    } catch (RuntimeException e) {
      return false; // so Java says that it cannot list processes
    }
    found.forEach(ProcessHandle::destroyForcibly);
    leader.toHandle().destroyForcibly();
    return true;
  }

  /** One that is stopped starts no other, so when none is new these are all. */
  private void stopAll(Set<ProcessHandle> found, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    List<String> fresh = List.of(id(leader.toHandle()));
    try {
      while (!fresh.isEmpty()) {
        Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
        Kill.start("STOP", fresh).awaitUninterrupted(left);
        fresh = leader.descendants().filter(found::add).map(ProcessTree::id).toList();
      }
    } catch (IOException | OutOfMemoryError e) {
      // As in ProcessGroup. They are not stopped, so one that is started in this moment may escape.
    }
  }

  private static String id(ProcessHandle process) {
    return String.valueOf(process.pid());
  }
}
