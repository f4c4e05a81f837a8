package io.github.clouddriver.loopback;

import java.io.IOException;
import java.util.List;

/**
 * The process group that a leader leads.
 *
 * <p>A group's id is its leader's process id, and the system gives it to nobody else as long as the
 * leader is there, dead or alive, until its parent has asked for its exit status. That parent is
 * this Java process, which asks as soon as the leader ends; and the leader ends by our KILL only.
 * So before that KILL the id is the group's, and after it the id is not used again. Only a command
 * that kills its own leader ends it otherwise. Java notices that within a moment, in which the id
 * would have to come round again: systems hand ids out in turn, tens of thousands of them at least.
 */
final class ProcessGroup implements Signals {
  private final Process leader;
  private final List<String> target;

  ProcessGroup(Process leader) {
    this.leader = leader;
    target = List.of("-" + leader.pid());
  }

  @Override
  public boolean send(String signal) throws IOException {
    return leader.isAlive() && Signals.runKill(signal, target);
  }

  @Override
  public void kill() {
    try {
      if (send("KILL")) {
        return;
      }
    } catch (IOException e) {
      // No process can be started now, to kill them all at once: one by one, as far as known.
      new ProcessTree(leader).kill();
    }
    // It may not have got as far as leading a group; then it has started nobody.
    leader.toHandle().destroyForcibly();
  }
}
