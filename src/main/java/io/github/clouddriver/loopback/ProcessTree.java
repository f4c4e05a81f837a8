package io.github.clouddriver.loopback;

import java.io.IOException;
import java.util.List;

/**
 * What descends from a leader, where there are no process groups: a process whose parent has ended
 * is not among them. Java compares start times before it kills, so an id that was given anew is
 * recognised; a signal other than KILL goes by id alone, a moment after the id was read.
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
    List<String> targets =
        leader.descendants().map(process -> String.valueOf(process.pid())).toList();
    return !targets.isEmpty() && Signals.runKill(signal, targets);
  }

  @Override
  public void kill() {
    List<ProcessHandle> generation = leader.children().toList();
    leader.toHandle().destroyForcibly();
    while (!generation.isEmpty()) {
      // Parents first, so that they start no others; asked before, while they still have children.
      List<ProcessHandle> next = generation.stream().flatMap(ProcessHandle::children).toList();
      generation.forEach(ProcessHandle::destroyForcibly);
      generation = next;
    }
  }
}
