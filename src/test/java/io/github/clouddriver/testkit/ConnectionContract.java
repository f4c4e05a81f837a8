package io.github.clouddriver.testkit;

import io.github.clouddriver.exec.ExecResult;
import io.github.clouddriver.exec.Executor;
import io.github.clouddriver.exec.ExecutorException;
import io.github.clouddriver.exec.Phase;
import io.github.clouddriver.exec.RemoteCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an executor promises of the connection that its commands share: clauses E4 and E7. */
public abstract class ConnectionContract extends ExecutorContract {
  private static final String HELD = "kit-held";
  private static final int CALLS = 4;

  /** For the test class of an executor's author. */
  protected ConnectionContract() {}

  /**
   * Asks that the call after a connection broke makes another, wherever the target is by then. If
   * it fails: who notices that the connection is broken?
   *
   * @throws Exception if the executor breaks the clause
   */
  @Test
  public void required_E4_aBrokenConnectionIsReplaced() throws Exception {
    SshHost host = lab().host();
    KitTarget target = host.target();
    Executor executor = lab().executor();
    executor.setTarget(target);
    ExecResult ignored = lab().run(executor, "true");
    host.wire().cut();
    checkRunsAgain(executor, "after its connection broke");
    Wire moved = lab().anotherWire(host);
    target.address(Optional.of(moved.address()));
    host.wire().refuse();
    checkRunsAgain(executor, "after the target had moved to another address");
  }

  private void checkRunsAgain(Executor executor, String when) throws InterruptedException {
    Throwable raised = lab().raisedBy(() -> executor.execute("true", null));
    if (raised != null) {
      throw lab()
          .breach(
              when + ", execute raised " + raised + ".",
              "the next call makes a new connection, to the address that the target has then.",
              raised);
    }
  }

  /**
   * Asks that a command during which the connection is lost is not run again. If it fails: is there
   * a retry around the command?
   *
   * @throws Exception if the executor breaks the clause
   */
  @Test
  public void required_E4_aCommandThatMayHaveStartedRunsOnce() throws Exception {
    SshHost host = lab().host();
    HeldCommand held = lab().hold(HELD);
    Executor executor = lab().executor(host);
    InFlight<ExecResult> call = lab().begin(executor, HELD);
    host.wire().cut();
    lab().endsAfterCut(call, host, HELD, held);
    checkRunsAgain(executor, "after its connection broke");
    int runs = Collections.frequency(lab().runs(host), HELD);
    lab()
        .check(
            runs == 1,
            "the next call ran the command once more that the lost connection had ended.",
            "what may have started is not kept for later.");
  }

  /**
   * Asks that calls at the same time run at the same time, on one connection, also if none was open
   * before. If it fails: does each make its own, or do they wait for each other?
   *
   * @throws Exception if the executor breaks the clause
   */
  @Test
  public void required_E7_callsShareOneConnection() throws Exception {
    SshHost host = lab().host();
    HeldCommand held = lab().hold(HELD);
    Executor executor = lab().executor(host);
    List<InFlight<ExecResult>> calls = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      calls.add(lab().start(() -> executor.execute(HELD, null)));
    }
    boolean together = lab().soon(() -> held.running() == CALLS);
    int running = held.running();
    held.release();
    lab()
        .check(
            together,
            "of " + CALLS + " calls at the same time, " + running + " commands ran together.",
            "a call does not wait for another one's end.");
    for (InFlight<ExecResult> call : calls) {
      lab()
          .check(
              call.ends(lab().bound(ExecutorLab.SOON)) && call.raised() == null,
              "one of the calls "
                  + (call.isDone() ? "raised " + call.raised() + "." : "did not end."),
              "each command has a channel of its own.");
    }
    lab()
        .check(
            host.wire().made() == 1,
            CALLS + " calls at the same time made " + host.wire().made() + " connections.",
            "who comes while a connection is being made waits for that one.");
  }

  /**
   * Asks that a call for which the server has no channel waits for one, on the same connection. If
   * it fails: what becomes of a refused channel?
   *
   * @throws Exception if the executor breaks the clause
   */
  @Test
  public void required_E7_aRefusedChannelIsWaitedFor() throws Exception {
    lab().settings(builder -> builder.maxSessions(1));
    SshHost host = lab().host();
    HeldCommand held = lab().hold(HELD);
    Executor executor = lab().executor(host);
    InFlight<ExecResult> running = lab().begin(executor, HELD);
    InFlight<ExecResult> waiting = lab().start(() -> executor.execute("true", null));
    boolean waits = lab().staysTrue(() -> !waiting.isDone());
    held.release();
    lab()
        .check(
            waits,
            "while the server had no channel free, a call ended "
                + (waits ? "" : waiting.raised() == null ? "well." : "with " + waiting.raised()),
            "wait for a free channel, on the one connection, until the command's deadline.");
    lab()
        .check(
            waiting.ends(lab().bound(ExecutorLab.SOON))
                && waiting.raised() == null
                && running.ends(lab().bound(ExecutorLab.SOON)),
            "once a channel was free, the call that waited for it "
                + (waiting.isDone() ? "raised " + waiting.raised() + "." : "still waited."),
            "ask again when a command of one's own has ended, and now and then.");
    int runs = Collections.frequency(lab().runs(host), "true");
    ExecutorLab.step(
        runs == 1, "E4", "the command that had waited ran " + runs + " times.", "run it once.");
  }

  /**
   * Asks that the wait for a channel ends at the command's deadline, and that nothing has started.
   * If it fails: does the deadline count from the command's start only?
   *
   * @throws Exception if the executor breaks the clause
   */
  @Test
  public void required_E7_theWaitForAChannelHasADeadline() throws Exception {
    lab().settings(builder -> builder.maxSessions(0));
    SshHost host = lab().host();
    Executor executor = lab().executor(host);
    RemoteCommand command = RemoteCommand.builder("true").deadline(Duration.ofMillis(300)).build();
    InFlight<ExecResult> call = lab().start(() -> executor.execute(command));
    lab()
        .check(
            call.ends(lab().bound(ExecutorLab.SOON)),
            "a call with a deadline of 0.3 s waited 5 s for a channel.",
            "the wait ends at the command's deadline.");
    ExecutorException failure = lab().failure("where the server has no channel", call.raised());
    lab()
        .check(
            failure.phase() == Phase.CHANNEL && !failure.commandMayHaveStarted(),
            "a refused channel was told as phase "
                + failure.phase()
                + (failure.commandMayHaveStarted() ? ", as if the command might run." : "."),
            "the phase is CHANNEL, and the command never started.");
  }
}
