package io.github.clouddriver.testkit;

import io.github.clouddriver.exec.ExecResult;
import io.github.clouddriver.exec.Executor;
import io.github.clouddriver.exec.ExecutorTarget;
import io.github.clouddriver.exec.SshSigner;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What an executor promises of new targets and signers: clause E3. */
public abstract class RetargetContract extends ExecutorContract {
  private static final String HELD = "kit-held";

  /** For the test class of an executor's author. */
  protected RetargetContract() {}

  /**
   * Asks that setters return at once while a command runs, and while a connection is being made. If
   * it fails: which lock does execute hold?
   *
   * @throws Exception if the executor breaks the clause
   */
  @Test
  public void required_E3_settersDoNotWait() throws Exception {
    SshHost host = lab().host();
    HeldCommand held = lab().hold(HELD);
    Executor executor = lab().executor(host);
    InFlight<ExecResult> running = lab().begin(executor, HELD);
    checkSetters(executor, host);
    held.release();
    checkEnds(running);

    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    Executor connecting = lab().executor();
    connecting.setTarget(
        host.target(
            (key, connection) -> {
              asked.countDown();
              answer.await();
            }));
    InFlight<ExecResult> waiting = lab().start(() -> connecting.execute("true", null));
    lab().asked(asked, waiting);
    checkSetters(connecting, host);
    answer.countDown();
    checkEnds(waiting);
  }

  private void checkEnds(InFlight<ExecResult> call) throws InterruptedException {
    lab()
        .check(
            call.ends(lab().bound(ExecutorLab.SOON)),
            "execute did not end after the setters had been called.",
            "who waits for what?");
  }

  private void checkSetters(Executor executor, SshHost host) throws InterruptedException {
    lab().atOnce("target()", executor::target);
    lab().atOnce("setSigners", () -> executor.setSigners(lab().signer()));
    lab().atOnce("setTarget", () -> executor.setTarget(host.target()));
  }

  /**
   * Asks that {@code target()} is what was set last, or null. If it fails: is it what is connected?
   *
   * @throws Exception if the executor breaks the clause
   */
  @Test
  public void required_E3_targetTellsTheLastOne() throws Exception {
    SshHost host = lab().host();
    Executor executor = lab().executor();
    checkTarget(executor, null);
    KitTarget first = host.target();
    executor.setTarget(first);
    checkTarget(executor, first);
    ExecResult ignored = lab().run(executor, "true");
    KitTarget second = host.target();
    executor.setTarget(second);
    checkTarget(executor, second);
  }

  private void checkTarget(Executor executor, @Nullable KitTarget set) {
    ExecutorTarget told = executor.target();
    lab()
        .check(
            told == set,
            "target() is " + told + ", not the one that was set last, " + set + ".",
            "it tells what the next command will run on, without waiting.");
  }

  /**
   * Asks that new signers count from the next connection on, and leave an open one alone. If it
   * fails: are they copied into the connection, or is that closed?
   *
   * @throws Exception if the executor breaks the clause
   */
  @Test
  public void required_E3_newSignersCountFromTheNextConnection() throws Exception {
    SshSigner stranger = SshSigner.of(Keys.newPair());
    SshHost host = lab().host();
    Executor executor = lab().executor(host);
    executor.setSigners(stranger);
    lab()
        .check(
            lab().raisedBy(() -> executor.execute("true", null)) != null,
            "a login succeeded with a key that the server does not let in.",
            "which signers were used?");
    executor.setSigners(lab().signer());
    checkRuns(executor, "after setSigners with the right key");
    executor.setSigners(stranger);
    checkRuns(executor, "on a connection that was open before setSigners");
    host.wire().cut();
    lab()
        .check(
            lab().raisedBy(() -> executor.execute("true", null)) != null,
            "a new connection was made with signers that had been replaced.",
            "the signers are read when a connection is made.");
  }

  private void checkRuns(Executor executor, String when) throws InterruptedException {
    InFlight<ExecResult> call = lab().start(() -> executor.execute("true", null));
    boolean ended = call.ends(lab().bound(ExecutorLab.SOON));
    Throwable raised = ended ? call.raised() : null;
    if (!ended || raised != null) {
      throw lab()
          .breach(
              when + ", execute " + (ended ? "raised " + raised + "." : "did not end within 5 s."),
              "signers count from the next connection on, targets from the next command on.",
              raised);
    }
  }

  /**
   * Asks that the next command after {@code setTarget} runs on the new target, while one that runs
   * on the old one ends there. If it fails: is the old connection closed under its commands?
   *
   * @throws Exception if the executor breaks the clause
   */
  @Test
  public void required_E3_aNewTargetCountsFromTheNextCommand() throws Exception {
    SshHost old = lab().host();
    SshHost next = lab().host();
    HeldCommand held = lab().hold(HELD);
    Executor executor = lab().executor(old);
    InFlight<ExecResult> running = lab().begin(executor, HELD);
    lab().atOnce("setTarget", () -> executor.setTarget(next.target()));
    checkRuns(executor, "for a new target");
    lab()
        .check(
            lab().runs(next).size() == 1,
            "the command after setTarget did not run on the new target.",
            "the target is read by every call of execute.");
    checkEndsWell(running, held);
  }

  private void checkEndsWell(InFlight<ExecResult> running, HeldCommand held) throws Exception {
    held.release();
    lab()
        .check(
            running.ends(lab().bound(ExecutorLab.SOON)) && running.raised() == null,
            "a command that ran on the old target "
                + (running.isDone() ? "raised " + running.raised() + "." : "did not end."),
            "close the old connection when its last command has ended.");
  }

  /**
   * Asks that the connection is kept where address and user are the same and the new target accepts
   * the key. If it fails: is there a reconnect for every setTarget? Dispatchers call it after each
   * list.
   *
   * @throws Exception if the executor breaks the clause
   */
  @Test
  public void required_E3_theConnectionIsKeptForTheSamePlace() throws Exception {
    SshHost host = lab().host();
    Executor executor = lab().executor(host);
    for (int i = 0; i < 3; i++) {
      executor.setTarget(host.target());
      checkRuns(executor, "for a new target at the same place");
    }
    lab()
        .check(
            host.wire().made() == 1,
            "there were "
                + host.wire().made()
                + " connections for targets with the same address, user and host key.",
            "keep the connection if the new target accepts its host key.");
  }

  /**
   * Asks that a new connection is made where the new target refuses the key of the open one. If it
   * fails: does the refusal end the call, or is the target not asked?
   *
   * @throws Exception if the executor breaks the clause
   */
  @Test
  public void required_E3_aConnectionThatIsRefusedIsReplaced() throws Exception {
    SshHost old = lab().host();
    SshHost next = lab().host();
    HeldCommand held = lab().hold(HELD);
    Executor executor = lab().executor(old);
    InFlight<ExecResult> running = lab().begin(executor, HELD);
    old.wire().leadTo(next); // the address now belongs to another instance
    lab().atOnce("setTarget", () -> executor.setTarget(old.target(KitTarget.only(next.hostKey()))));
    checkRuns(executor, "for a new target at the same address with another host key");
    lab()
        .check(
            lab().runs(next).size() == 1,
            "the command ran on a connection whose host key the new target refuses.",
            "ask the new target; if it refuses, connect again.");
    checkEndsWell(running, held);
  }

  /**
   * Asks that another user at the same address is another login. If it fails: is the connection
   * kept by address alone?
   *
   * @throws Exception if the executor breaks the clause
   */
  @Test
  public void required_E3_anotherUserIsAnotherLogin() throws Exception {
    SshHost host = lab().host();
    Executor executor = lab().executor(host);
    ExecResult ignored = lab().run(executor, "true");
    int before = lab().runs(host).size();
    executor.setTarget(
        new KitTarget(host.wire().address(), "kit-" + host.user(), KitTarget.only(host.hostKey())));
    Throwable raised = lab().raisedBy(() -> executor.execute("true", null));
    lab()
        .check(
            raised != null && lab().runs(host).size() == before,
            "a command for another user ran as " + host.user() + ".",
            "the connection is kept only if address and user are the same.");
  }
}
