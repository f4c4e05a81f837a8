package io.github.clouddriver.loopback;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What descends from a leader, where there are no process groups: a process whose parent has ended
 * is not among them. Java compares start times before it kills, so an id that was given anew is
 * recognised; other signals go by id alone, a moment after the id was read.
 */
final class ProcessTree implements Signals {
  private final Process leader;

  ProcessTree(Process leader) {
    this.leader = leader;
  }

  @Override
  public boolean send(String signal) throws IOException {
    if (signal.equals("KILL")) {
      kill();
      return true;
    }
    List<String> targets = leader.descendants().map(ProcessTree::id).toList();
    return !targets.isEmpty() && Signals.runKill(signal, targets);
  }

  @Override
  public void kill() {
    if (!leader.isAlive()) {
      return;
    }
    Set<ProcessHandle> found = new LinkedHashSet<>();
    try {
      // One that is stopped starts no other, so when none is new these are all.
      List<String> fresh = List.of(id(leader.toHandle()));
      while (!fresh.isEmpty()) {
        Signals.runKill("STOP", fresh);
        fresh = leader.descendants().filter(found::add).map(ProcessTree::id).toList();
      }
    } catch (IOException e) {
      // No process can be started now, to stop them: as far as they are known.
      leader.descendants().forEach(found::add);
    }
    found.forEach(ProcessHandle::destroyForcibly);
    leader.toHandle().destroyForcibly();
  }

  private static String id(ProcessHandle process) {
    return String.valueOf(process.pid());
  }
}
