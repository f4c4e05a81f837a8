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
  private final Kill.Starter kills;

  ProcessTree(Process leader) {
    this(leader, Kill::start);
  }

  ProcessTree(Process leader, Kill.Starter kills) {
    this.leader = leader;
    this.kills = kills;
  }

  @Override
  public boolean send(String signal) throws IOException, InterruptedException {
    if (signal.equals("KILL")) {
      return kill(SEND_LIMIT);
    }
    List<String> targets = descendants().stream().map(ProcessTree::id).toList();
    return !targets.isEmpty() && kills.start(signal, targets).await(SEND_LIMIT);
  }

  @Override
  public boolean kill(Duration limit) {
    if (!leader.isAlive()) {
      return true;
    }
    Set<ProcessHandle> found = new LinkedHashSet<>();
    try {
      stopAll(found, limit);
      found.addAll(descendants());
    } catch (IOException e) {
      return false;
    }
    found.forEach(ProcessHandle::destroyForcibly);
    leader.toHandle().destroyForcibly();
    return true;
  }

  /** One that is stopped starts no other, so when none is new these are all. */
  private void stopAll(Set<ProcessHandle> found, Duration limit) throws IOException {
    long deadline = System.nanoTime() + limit.toNanos();
    List<String> fresh = List.of(id(leader.toHandle()));
    while (!fresh.isEmpty() && areStopped(fresh, Duration.ofNanos(deadline - System.nanoTime()))) {
      fresh = descendants().stream().filter(found::add).map(ProcessTree::id).toList();
    }
  }

  /** Where that cannot be done, one that is started in the next moment may escape. */
  private boolean areStopped(List<String> targets, Duration limit) {
    try {
      kills.start("STOP", targets).awaitUninterrupted(limit);
      return true;
    } catch (IOException | OutOfMemoryError e) {
      return false; // as in ProcessGroup
    }
  }

  /**
   * Those that there are now.
   *
   * @throws IOException if this host does not tell. With one file descriptor left, say, Java finds
   *     no process at all, and so not the leader either
   */
  private List<ProcessHandle> descendants() throws IOException {
    try {
      List<ProcessHandle> found = leader.descendants().toList();
      if (ProcessHandle.current().children().anyMatch(leader.toHandle()::equals)) {
        return found;
      }
    } catch (RuntimeException e) {
      throw new IOException("this host does not list its processes", e);
    }
    throw new IOException("this host does not list all of its processes");
  }

  private static String id(ProcessHandle process) {
    return String.valueOf(process.pid());
  }
}
