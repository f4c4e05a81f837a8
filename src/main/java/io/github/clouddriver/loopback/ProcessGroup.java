package io.github.clouddriver.loopback;

import java.io.IOException;
import java.time.Duration;
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
  private static final Duration SEND_LIMIT = Duration.ofSeconds(2);

  private final Process leader;
  private final Kill.Starter kills;
  private final List<String> target;

  ProcessGroup(Process leader) {
    this(leader, Kill::start);
  }

  ProcessGroup(Process leader, Kill.Starter kills) {
    this.leader = leader;
    this.kills = kills;
    target = List.of("-" + leader.pid());
  }

  @Override
  public boolean send(String signal) throws IOException, InterruptedException {
    return leader.isAlive() && kills.start(signal, target).await(SEND_LIMIT);
  }

  @Override
  public boolean kill(Duration limit) {
    Duration half = limit.dividedBy(2);
    boolean killed = isKilled(half);
    if (!killed) {
      killed = isKilled(half); // what held the first one up may be over
    }
    return killed || new ProcessTree(leader, kills).kill(Duration.ZERO);
  }

  /**
   * Whether the group got KILL. It did not where no process could be started for that; nor where
   * the leader has not got as far as leading it.
   */
  private boolean isKilled(Duration limit) {
    try {
      return !leader.isAlive() || kills.start("KILL", target).awaitUninterrupted(limit);
    } catch (IOException | OutOfMemoryError e) {
      return false; // Java says by an Error of memory that it gets no thread to watch the process
    }
  }
}
