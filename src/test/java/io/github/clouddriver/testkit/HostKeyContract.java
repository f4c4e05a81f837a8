package io.github.clouddriver.testkit;

import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.error.HostKeyMismatchException;
import io.github.clouddriver.error.NotImplementedException;
import io.github.clouddriver.exec.ExecResult;
import io.github.clouddriver.exec.Executor;
import io.github.clouddriver.exec.ExecutorException;
import io.github.clouddriver.exec.Phase;
import io.github.clouddriver.exec.RemoteConnection;
import io.github.clouddriver.exec.RemoteStream;
import io.github.clouddriver.exec.SshPublicKeys;
import io.github.clouddriver.memory.ShellExit;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What an executor promises of host keys: clauses E2 and T5. */
public abstract class HostKeyContract extends ExecutorContract {
  private static final int CAPTURE = 64 << 10;
  private static final Duration SHORT = Duration.ofSeconds(1);

  /** For the test class of an executor's author. */
  protected HostKeyContract() {}

  /** What a test does over a login that is not trusted yet. */
  @FunctionalInterface
  private interface Use<T> {
    T of(RemoteConnection connection) throws IOException, InterruptedException;
  }

  /**
   * Asks that nothing runs, and nobody logs in, where the target refuses the key, or its check
   * fails. If it fails: does every exception of {@code verifyHostKey} end the call?
   *
   * @throws Exception if the executor breaks the clause
   */
  @Test
  public void required_E2_nothingRunsWhereTheKeyIsRefused() throws Exception {
    List<CloudException> answers =
        List.of(
            new HostKeyMismatchException("the kit refuses the key"),
            new CloudException("the kit could not check the key"));
    for (CloudException answer : answers) {
      SshHost host = lab().host();
      Executor executor = lab().executor();
      executor.setTarget(
          host.target(
              (key, connection) -> {
                throw answer;
              }));
      Throwable raised = lab().raisedBy(() -> executor.execute("true", null));
      checkNothingRan(host, "the target answered with " + answer);
      ExecutorException failure = lab().failure("after the target raised " + answer, raised);
      checkCause(failure, answer.getClass());
      lab()
          .check(
              lab().signer().signatures() == 0,
              "the executor logged in where the key was refused.",
              "ask before authentication.");
    }
  }

  /**
   * Asks that the target is asked before authentication, without a connection, about the key that
   * the server shows, and once if it decides. If it fails: in what order are key exchange,
   * verification and login?
   *
   * @throws Exception if the executor breaks the clause
   */
  @Test
  public void required_E2_theTargetIsAskedBeforeTheLogin() throws Exception {
    SshHost host = lab().host();
    int[] signatures = {-1};
    KitTarget target =
        host.target(
            (key, connection) -> {
              if (signatures[0] < 0) {
                signatures[0] = lab().signer().signatures();
              }
              KitTarget.only(host.hostKey()).verify(key, connection);
            });
    Executor executor = lab().executor();
    executor.setTarget(target);
    ExecResult ignored = lab().run(executor, "true");
    List<KitTarget.Question> questions = target.questions();
    lab()
        .check(
            questions.size() == 1 && !questions.get(0).overLogin() && signatures[0] == 0,
            "the target was asked "
                + questions.size()
                + " times, "
                + (questions.isEmpty() || questions.get(0).overLogin() ? "first with" : "without")
                + " a connection, after "
                + signatures[0]
                + " signatures for a login.",
            "ask verifyHostKey(key, null) between key exchange and login; its answer counts.");
    lab()
        .check(
            SshPublicKeys.same(questions.get(0).key(), host.hostKey()),
            "the target was asked about another key than the server's.",
            "hand on the key that the server proved to own.");
  }

  /**
   * Asks that a target which cannot tell is asked again, with the login. If it fails: what becomes
   * of a {@code NotImplementedException}?
   *
   * @throws Exception if the executor breaks the clause
   */
  @Test
  public void required_E2_whatCannotTellIsAskedAgainWithTheLogin() throws Exception {
    SshHost host = lab().host();
    KitTarget target = host.target(KitTarget.overLogin(connection -> {}));
    Executor executor = lab().executor();
    executor.setTarget(target);
    Throwable raised = lab().raisedBy(() -> executor.execute("true", null));
    List<Boolean> overLogin =
        target.questions().stream().map(KitTarget.Question::overLogin).toList();
    lab()
        .check(
            raised == null && overLogin.equals(List.of(false, true)),
            "a target that can tell over the login only was asked "
                + overLogin
                + " (true: with the login); "
                + (raised == null ? "execute returned." : "execute raised " + raised + "."),
            "NotImplementedException without a connection means: ask again with one.");
  }

  /**
   * Asks that nothing runs where the target cannot tell at all. If it fails: does "not implemented"
   * count as a yes?
   *
   * @throws Exception if the executor breaks the clause
   */
  @Test
  public void required_E2_nothingRunsWhereNobodyCanTell() throws Exception {
    SshHost host = lab().host();
    Executor executor = lab().executor();
    executor.setTarget(
        host.target(
            (key, connection) -> {
              throw new NotImplementedException("the kit's target cannot tell");
            }));
    Throwable raised = lab().raisedBy(() -> executor.execute("true", null));
    checkNothingRan(host, "the target answered \"not implemented\" both times");
    checkCause(
        lab().failure("where the target cannot tell", raised), NotImplementedException.class);
  }

  /**
   * Asks that no command uses a login while its key is being verified over it. If it fails: when do
   * calls that come meanwhile get the connection?
   *
   * @throws Exception if the executor breaks the clause
   */
  @Test
  public void required_E2_nobodyElseUsesAnUnverifiedLogin() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    SshHost host = lab().host();
    Executor executor = lab().executor();
    executor.setTarget(
        host.target(
            KitTarget.overLogin(
                connection -> {
                  asked.countDown();
                  answer.await();
                })));
    InFlight<ExecResult> first = lab().start(() -> executor.execute("true", null));
    if (!lab().soon(() -> asked.getCount() == 0 || first.isDone()) || first.isDone()) {
      answer.countDown();
      throw lab()
          .breach(
              "a target that can tell over the login only was not asked with a connection.",
              "NotImplementedException without a connection means: ask again with one.",
              null);
    }
    InFlight<ExecResult> second = lab().start(() -> executor.execute("true", null));
    boolean untouched = lab().staysTrue(() -> lab().runs(host).isEmpty());
    answer.countDown();
    lab()
        .check(
            untouched,
            "a command ran on a login whose host key was still being verified.",
            "until then nobody but the verification uses the connection.");
    lab()
        .check(
            first.ends(lab().bound(ExecutorLab.SOON)) && second.ends(lab().bound(ExecutorLab.SOON)),
            "a call of execute did not end though the key was accepted.",
            "who wakes those who wait for the verification?");
  }

  /**
   * Asks that another host key at the same address is verified, and nothing runs if it is refused.
   * If it fails: is the answer for the first key remembered for any?
   *
   * @throws Exception if the executor breaks the clause
   */
  @Test
  public void required_E2_anotherKeyIsVerifiedAgain() throws Exception {
    SshHost host = lab().host();
    SshHost impostor = lab().host();
    KitTarget target = host.target();
    Executor executor = lab().executor();
    executor.setTarget(target);
    ExecResult ignored = lab().run(executor, "true");
    host.wire().leadTo(impostor);
    host.wire().cut();
    Throwable raised = lab().raisedBy(() -> executor.execute("true", null));
    checkNothingRan(impostor, "the address leads to another server with another host key");
    if (!target.wasAskedFor(impostor.hostKey())) {
      throw new Breach(
          "E4",
          "after the connection broke, execute raised " + raised + " and did not connect again.",
          "a broken connection is replaced by the next call.",
          raised);
    }
    checkCause(
        lab().failure("after the target refused the new key", raised),
        HostKeyMismatchException.class);
  }

  /**
   * Asks that another target is asked about the key that the last one accepted. If it fails: are
   * keys remembered without the target that accepted them?
   *
   * @throws Exception if the executor breaks the clause
   */
  @Test
  public void required_E2_anotherTargetIsAskedAgain() throws Exception {
    SshHost host = lab().host();
    Executor executor = lab().executor(host);
    ExecResult ignored = lab().run(executor, "true");
    int before = lab().runs(host).size();
    KitTarget other = host.target(KitTarget.none());
    executor.setTarget(other);
    Throwable raised = lab().raisedBy(() -> executor.execute("true", null));
    lab()
        .check(
            lab().runs(host).size() == before && other.wasAskedFor(host.hostKey()),
            "a command ran for a new target that "
                + (other.questions().isEmpty() ? "was not asked." : "refused the host key."),
            "instances of one image may share a host key: ask every target.");
    checkCause(
        lab().failure("after the new target refused the key", raised),
        HostKeyMismatchException.class);
  }

  private void checkNothingRan(SshHost host, String where) {
    lab()
        .check(
            lab().runs(host).isEmpty(),
            "a command ran though " + where + ".",
            "no command runs before the target has accepted the host key.");
  }

  private void checkCause(ExecutorException failure, Class<? extends Exception> kind) {
    Throwable cause = failure;
    while (cause != null && !kind.isInstance(cause)) {
      cause = cause.getCause();
    }
    lab()
        .check(
            cause != null && failure.phase() == Phase.HOST_KEY && !failure.commandMayHaveStarted(),
            "the target raised "
                + kind.getSimpleName()
                + "; execute raised "
                + failure
                + " in phase "
                + failure.phase()
                + (cause == null ? " without it as cause." : "."),
            "the phase is HOST_KEY, nothing has started, and the target's exception is the cause.");
  }

  /**
   * Asks that the login runs commands for the target, with up to 64 KiB captured and the rest told.
   * If it fails: compare it with what {@code execute} does for anybody.
   *
   * @throws Exception if the executor breaks the clause
   */
  @Test
  public void required_T5_theLoginRunsCommands() throws Exception {
    lab()
        .on(
            "kit-prove",
            call -> {
              call.stderr().write(call.stdin().readAllBytes());
              call.stdout().write(new byte[CAPTURE + 1_000]);
              return ShellExit.status(3);
            });
    ExecResult result =
        overLogin(
            connection ->
                connection.execute("kit-prove", new ByteArrayInputStream(new byte[] {1, 2})));
    lab()
        .check(
            result.exitStatus().orElse(-1) == 3 && result.stderr().length == 2,
            "a command of the target's ended with "
                + result.exitStatus()
                + " and "
                + result.stderr().length
                + " bytes of stderr instead of 3 and 2.",
            "the target gets status, streams and all.");
    lab()
        .check(
            result.stdout().length == CAPTURE && result.stdoutCut() == 1_000,
            String.format(
                "of %d bytes, the target got %d and was told that %d were cut.",
                CAPTURE + 1_000, result.stdout().length, result.stdoutCut()),
            "the capture is 64 KiB, and what is cut is told.");
  }

  /**
   * Asks that the login reaches an address from the instance. If it fails: is a direct-tcpip
   * channel opened (RFC 4254, 7.2)?
   *
   * @throws Exception if the executor breaks the clause
   */
  @Test
  public void required_T5_theLoginReachesAddresses() throws Exception {
    try (ServerSocket metadata = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      InFlight<Integer> echo =
          lab()
              .start(
                  () -> {
                    try (Socket client = metadata.accept()) {
                      int question = client.getInputStream().read();
                      client.getOutputStream().write(question + 1);
                      return question;
                    }
                  });
      int answer =
          overLogin(
              connection -> {
                try (RemoteStream stream = connection.open("127.0.0.1", metadata.getLocalPort())) {
                  stream.output().write(41);
                  stream.output().flush();
                  return stream.input().read();
                }
              });
      lab()
          .check(
              answer == 42 && echo.result() == 41,
              "the target sent 41 to an address of the instance and got " + answer + ", not 42.",
              "RemoteConnection.open is a TCP connection from the instance.");
    }
  }

  /** What a target gets from a login; an exception there is a breach. */
  private <T> T overLogin(Use<T> use) throws Exception {
    AtomicReference<T> got = new AtomicReference<>();
    AtomicReference<Exception> raised = new AtomicReference<>();
    SshHost host = lab().host();
    Executor executor = lab().executor();
    executor.setTarget(
        host.target(
            KitTarget.overLogin(
                connection -> {
                  try {
                    got.set(use.of(connection));
                  } catch (IOException | RuntimeException e) {
                    raised.set(e);
                    throw new CloudException("the kit could not use the login", e);
                  }
                })));
    Throwable outcome = lab().raisedBy(() -> executor.execute("true", null));
    T result = got.get();
    if (raised.get() != null) {
      throw lab()
          .breach(
              "the login that the target got raised " + raised.get() + ".",
              "nothing was broken; the target may run commands and reach addresses.",
              raised.get());
    }
    if (result == null) {
      throw new Breach(
          "E2",
          "a target that can tell over the login only got none; execute ended with "
              + outcome
              + ".",
          "NotImplementedException without a connection means: ask again with one.",
          outcome);
    }
    return result;
  }

  /**
   * Asks that a verification which does not end is ended at its deadline. If it fails: do the
   * connection's commands know the deadline?
   *
   * @throws Exception if the executor breaks the clause
   */
  @Test
  public void required_T5_theVerificationHasADeadline() throws Exception {
    HeldCommand held = lab().hold("kit-hang");
    CountDownLatch asked = new CountDownLatch(1);
    SshHost host = lab().host();
    Executor executor = lab().executor(SHORT);
    executor.setTarget(
        host.target(
            KitTarget.overLogin(
                connection -> {
                  asked.countDown();
                  try {
                    ExecResult ignored = connection.execute("kit-hang", null);
                  } catch (IOException e) {
                    throw new CloudException("the kit's command did not end", e);
                  }
                })));
    InFlight<ExecResult> call = lab().start(() -> executor.execute("true", null));
    lab().asked(asked, call);
    boolean ended = call.ends(lab().bound(SHORT.plus(ExecutorLab.SOON)));
    held.release();
    lab()
        .check(
            ended,
            "5 s after its deadline a verification was still going on.",
            "the deadline ends the target's commands, and the call.");
    ExecutorException failure = lab().failure("after the verification's deadline", call.raised());
    lab()
        .check(
            failure.phase() == Phase.HOST_KEY && !failure.commandMayHaveStarted(),
            "the verification's deadline was told as phase " + failure.phase() + ".",
            "the phase is HOST_KEY, and the caller's command has not started.");
  }
}
