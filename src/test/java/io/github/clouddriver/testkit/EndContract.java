package io.github.clouddriver.testkit;

import io.github.clouddriver.exec.ExecResult;
import io.github.clouddriver.exec.Executor;
import io.github.clouddriver.exec.ExecutorException;
import io.github.clouddriver.exec.Phase;
import io.github.clouddriver.exec.RemoteCommand;
import io.github.clouddriver.exec.SshSigner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What an executor promises of the ends of calls, and of its own: clause E5. */
public abstract class EndContract extends ExecutorContract {
  private static final String HELD = "kit-held";
  private static final Duration SHORT = Duration.ofSeconds(1);

  /** For the test class of an executor's author. */
  protected EndContract() {}

  /**
   * Asks that connecting, key exchange, login and command each end at their deadline, and that the
   * exception tells the phase and whether the command may have started. If it fails: is the
   * deadline of each phase set where the kit's {@code executor(limit)} is made?
   *
   * @throws Exception if the executor breaks the clause
   */
  @Test
  public void required_E5_everyPhaseHasADeadline() throws Exception {
    Map<Phase, InFlight<ExecResult>> calls = new EnumMap<>(Phase.class);
    calls.put(Phase.CONNECT, stuck(Wire.Manner.SILENT, lab().signer()));
    calls.put(Phase.KEY_EXCHANGE, stuck(Wire.Manner.BANNER_ONLY, lab().signer()));
    calls.put(Phase.AUTHENTICATION, stuck(Wire.Manner.WHOLE, new KitSigner(Keys.pair(), true)));
    HeldCommand held = lab().hold(HELD);
    Executor running = lab().executor(lab().host());
    RemoteCommand command = RemoteCommand.builder(HELD).deadline(lab().bound(SHORT)).build();
    calls.put(Phase.COMMAND, lab().start(() -> running.execute(command)));
    boolean ended =
        Pace.within(
            lab().bound(SHORT.plus(ExecutorLab.SOON)),
            () -> calls.values().stream().allMatch(InFlight::isDone));
    List<Phase> late = new ArrayList<>(calls.keySet());
    late.removeIf(phase -> calls.get(phase).isDone());
    held.release();
    lab()
        .check(
            ended,
            "5 s after their deadlines these phases were still going on: " + late + ".",
            "each phase has a deadline of its own, and so has the command.");
    for (Map.Entry<Phase, InFlight<ExecResult>> each : calls.entrySet()) {
      Throwable raised = each.getValue().raised();
      checkTold(each.getKey(), raised, "a deadline that passed");
    }
  }

  private InFlight<ExecResult> stuck(Wire.Manner manner, SshSigner signer) throws Exception {
    SshHost host = lab().host();
    host.wire().manner(manner);
    Executor executor = lab().executor(SHORT, signer);
    executor.setTarget(host.target());
    return lab().start(() -> executor.execute("true", null));
  }

  private void checkTold(Phase phase, @Nullable Throwable raised, String what) {
    ExecutorException failure = lab().failure("after " + what + " in phase " + phase, raised);
    lab()
        .check(
            failure.phase() == phase && failure.commandMayHaveStarted() == (phase == Phase.COMMAND),
            String.format(
                "%s in phase %s was told as phase %s, and that the command %s.",
                what,
                phase,
                failure.phase(),
                failure.commandMayHaveStarted() ? "may have started" : "never started"),
            "the caller decides by it whether to run the command again.");
  }

  /**
   * Asks that failures tell the phase and whether the command may have started: where nobody
   * listens, nobody is let in, and a running command's connection is lost. If it fails: when is the
   * mark set that the command may run?
   *
   * @throws Exception if the executor breaks the clause
   */
  @Test
  public void required_E5_aFailureTellsHowFarTheCallGot() throws Exception {
    SshHost closed = lab().host();
    closed.wire().refuse();
    Executor nobody = lab().executor(closed);
    checkTold(
        Phase.CONNECT, lab().raisedBy(() -> nobody.execute("true", null)), "a refused connection");
    SshHost host = lab().host();
    Executor stranger = lab().executor(host, SshSigner.of(Keys.newPair()));
    checkTold(
        Phase.AUTHENTICATION,
        lab().raisedBy(() -> stranger.execute("true", null)),
        "a refused login");
    HeldCommand held = lab().hold(HELD);
    Executor executor = lab().executor(host);
    InFlight<ExecResult> call = lab().begin(executor, HELD);
    host.wire().cut();
    lab().endsAfterCut(call, host, HELD, held);
    if (call.raised() == null) {
      throw new Breach("E8", "a lost connection was a result.", "half an output is none.", null);
    }
    checkTold(Phase.COMMAND, call.raised(), "a lost connection");
  }

  /**
   * Asks that {@code close()} ends a running command and a connection that is being made. If it
   * fails: does close wait for them, or forget who waits?
   *
   * @throws Exception if the executor breaks the clause
   */
  @Test
  public void required_E5_closeEndsWhatRuns() throws Exception {
    SshHost host = lab().host();
    HeldCommand held = lab().hold(HELD);
    Executor busy = lab().executor(host);
    InFlight<ExecResult> running = lab().begin(busy, HELD);
    Executor connecting = lab().executor();
    CountDownLatch asked = new CountDownLatch(1);
    connecting.setTarget(
        host.target(
            (key, connection) -> {
              asked.countDown();
              new CountDownLatch(1).await();
            }));
    InFlight<ExecResult> waiting = lab().start(() -> connecting.execute("true", null));
    lab().asked(asked, waiting);
    lab().close(busy);
    lab().close(connecting);
    for (InFlight<ExecResult> each : List.of(running, waiting)) {
      boolean ended = each.ends(lab().bound(ExecutorLab.SOON));
      lab()
          .check(
              ended,
              "5 s after close() a call of execute still waited for "
                  + (each == running ? "its command." : "the connection."),
              "close() ends what runs.");
      ExecutorException failure = lab().failure("after close()", each.raised());
      lab()
          .check(
              failure.commandMayHaveStarted() == (each == running),
              "close() was told as "
                  + failure
                  + ", commandMayHaveStarted "
                  + failure.commandMayHaveStarted()
                  + ".",
              "what ran may go on running; what was never sent does not.");
    }
  }

  /**
   * Asks that a closed executor refuses everything with {@code IllegalStateException}, and that a
   * second close does nothing. If it fails: is a new connection made after close?
   *
   * @throws Exception if the executor breaks the clause
   */
  @Test
  public void required_E5_closeIsFinal() throws Exception {
    SshHost host = lab().host();
    Executor executor = lab().executor(host);
    ExecResult ignored = lab().run(executor, "true");
    lab().close(executor);
    lab().close(executor);
    checkRefused("execute", lab().raisedBy(() -> executor.execute("true", null)));
    checkRefused("setTarget", lab().raisedBy(() -> executor.setTarget(host.target())));
    checkRefused("setSigners", lab().raisedBy(() -> executor.setSigners(lab().signer())));
  }

  private void checkRefused(String call, @Nullable Throwable raised) {
    lab()
        .check(
            raised instanceof IllegalStateException,
            "after close(), " + call + (raised == null ? " worked." : " raised " + raised + "."),
            "close() is final: IllegalStateException.");
  }

  /**
   * Asks that 5 s after {@code close()} no connection is open, and no thread is left that was
   * started during this test. If it fails: the message names the threads.
   *
   * @throws Exception if the executor breaks the clause
   */
  @Test
  public void required_E5_closeFreesConnectionsAndThreads() throws Exception {
    SshHost host = lab().host();
    HeldCommand held = lab().hold(HELD);
    Executor executor = lab().executor(host);
    InFlight<ExecResult> call = lab().begin(executor, HELD);
    lab().close(executor);
    lab().checkConnectionsClosed();
    lab()
        .check(
            call.ends(lab().bound(ExecutorLab.SOON)),
            "5 s after close() a call of execute still waited for its command.",
            "close() ends what runs.");
    lab()
        .check(
            lab().soon(() -> lab().threads().left().isEmpty()),
            "5 s after close() these threads live: " + lab().threads().left() + ".",
            "end them in close(); a pool that executors share must empty itself.");
  }

  /**
   * Asks that an interrupt ends the call within a second, sends KILL to the command and closes its
   * channel, and that the exception has a message. If it fails: what does execute wait in?
   *
   * @throws Exception if the executor breaks the clause
   */
  @Test
  public void required_E5_anInterruptKillsTheCommand() throws Exception {
    SshHost host = lab().host();
    HeldCommand held = lab().hold(HELD);
    Executor executor = lab().executor(host);
    InFlight<ExecResult> call = lab().begin(executor, HELD);
    call.interrupt();
    boolean ended = call.ends(lab().bound(ExecutorLab.AT_ONCE));
    boolean killed =
        ended && lab().soon(() -> held.signals().contains("KILL") && held.isAbandoned());
    List<String> signals = held.signals();
    boolean abandoned = held.isAbandoned();
    held.release();
    lab()
        .check(
            ended && call.raised() instanceof InterruptedException,
            "an interrupted call "
                + (ended ? "ended with " + call.raised() + "." : "went on for a second."),
            "execute answers with InterruptedException, at once.");
    lab()
        .check(
            killed,
            "after the interrupt the command was sent "
                + signals
                + ", and its channel was "
                + (abandoned ? "closed." : "not closed."),
            "send KILL, then close the channel.");
    String message = call.raised().getMessage();
    lab()
        .check(
            message != null && !message.isBlank(),
            "the InterruptedException has no message.",
            "it says that the command may still run.");
  }
}
