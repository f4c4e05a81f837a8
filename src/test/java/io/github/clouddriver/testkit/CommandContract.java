package io.github.clouddriver.testkit;

import io.github.clouddriver.exec.ExecResult;
import io.github.clouddriver.exec.Executor;
import io.github.clouddriver.exec.ExecutorException;
import io.github.clouddriver.exec.NoAddressException;
import io.github.clouddriver.exec.RemoteCommand;
import io.github.clouddriver.memory.ShellExit;
import io.github.clouddriver.memory.ShellScript;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What an executor promises of one command and its streams: clauses E1, E6, E8 and E9. */
public abstract class CommandContract extends ExecutorContract {
  private static final String COMMAND = "kit-command";
  private static final int LARGE = 10 << 20;

  /** For the test class of an executor's author. */
  protected CommandContract() {}

  /**
   * Asks that stdout and stderr come apart and byte for byte, whatever the bytes. If it fails: is
   * output taken for text, or the last packet forgotten?
   *
   * @throws Exception if the executor breaks the clause
   */
  @Test
  public void required_E1_outputsComeApartAndByteForByte() throws Exception {
    byte[] out = bytes(100_001, 1);
    byte[] err = bytes(70_001, 2);
    SshHost host = lab().host();
    lab()
        .on(
            COMMAND,
            call -> {
              int half = err.length / 2;
              call.stdout().write(out, 0, half);
              call.stderr().write(err, 0, half);
              call.stdout().write(out, half, out.length - half);
              call.stderr().write(err, half, err.length - half);
              return ShellExit.OK;
            });
    ExecResult result = lab().run(lab().executor(host), COMMAND);
    checkSame("stdout", out, result.stdout());
    checkSame("stderr", err, result.stderr());
  }

  /**
   * Asks that the remote shell gets the command as it is. If it fails: is the text quoted, trimmed,
   * or sent in another encoding than UTF-8?
   *
   * @throws Exception if the executor breaks the clause
   */
  @Test
  public void required_E1_theCommandArrivesAsItIs() throws Exception {
    String command = " echo 'a \"b\"' $HOME `date` \\ \n\n# \u00e4\u6f22\ud83d\ude42 ";
    lab().on(command, ShellScript.exit(ShellExit.OK));
    SshHost host = lab().host();
    Throwable raised = lab().raisedBy(() -> lab().executor(host).execute(command, null));
    List<byte[]> runs = lab().runBytes(host);
    lab()
        .check(
            runs.size() == 1,
            "the server was sent " + runs.size() + " commands instead of one; raised: " + raised,
            "a call of execute is one exec request.");
    checkSame("the command", command.getBytes(StandardCharsets.UTF_8), runs.get(0));
  }

  /**
   * Asks that the signal which ended a command is told, and no exit status. If it fails: is
   * exit-signal read (RFC 4254, 6.10)?
   *
   * @throws Exception if the executor breaks the clause
   */
  @Test
  public void required_E1_theSignalIsTold() throws Exception {
    lab().on(COMMAND, ShellScript.exit(ShellExit.signal("TERM")));
    ExecResult result = lab().run(lab().executor(lab().host()), COMMAND);
    lab()
        .check(
            result.exitSignal().equals(Optional.of("TERM")) && result.exitStatus().isEmpty(),
            "a command that TERM ended has the exit status "
                + result.exitStatus()
                + " and the signal "
                + result.exitSignal()
                + ".",
            "the server sends exit-signal instead of exit-status.");
  }

  /**
   * Asks that 10 MiB of stdin arrive byte for byte. If it fails: is the window of the channel
   * respected, and EOF sent after the last byte?
   *
   * @throws Exception if the executor breaks the clause
   */
  @Test
  public void required_E1_aLargeStdinArrives() throws Exception {
    byte[] sent = bytes(LARGE + 1, 3);
    checkSame("stdin", sent, received(new ByteArrayInputStream(sent)));
  }

  /**
   * Asks that a command without stdin, or with an empty one, reads its end at once. If it fails: is
   * EOF sent also when there is nothing to send?
   *
   * @throws Exception if the executor breaks the clause
   */
  @Test
  public void required_E1_stdinMayBeAbsentOrEmpty() throws Exception {
    checkSame("stdin, which was absent,", new byte[0], received(null));
    checkSame("stdin", new byte[0], received(InputStream.nullInputStream()));
  }

  private byte[] received(@Nullable InputStream stdin) throws Exception {
    AtomicReference<byte[]> received = new AtomicReference<>();
    SshHost host = lab().host();
    lab()
        .on(
            COMMAND,
            call -> {
              received.set(call.stdin().readAllBytes());
              return ShellExit.OK;
            });
    ExecResult result =
        lab()
            .run(
                lab().executor(host),
                RemoteCommand.builder(COMMAND)
                    .stdin(stdin)
                    .deadline(lab().bound(Duration.ofSeconds(5)))
                    .build());
    byte[] bytes = received.get();
    if (bytes == null) {
      throw lab()
          .breach(
              "execute returned " + result.exitStatus() + " before the command had read its stdin.",
              "the end of stdin is not the end of the command.",
              null);
    }
    return bytes;
  }

  /**
   * Asks for {@code NoAddressException} at once, and that the address is asked for again by the
   * next call. If it fails: does execute wait for an address, or remember that there was none?
   *
   * @throws Exception if the executor breaks the clause
   */
  @Test
  public void required_E6_noAddressIsToldAtOnce() throws Exception {
    SshHost host = lab().host();
    KitTarget target = host.target();
    target.address(Optional.empty());
    Executor executor = lab().executor();
    executor.setTarget(target);
    InFlight<ExecResult> call = lab().start(() -> executor.execute("true", null));
    boolean ended = call.ends(lab().bound(ExecutorLab.AT_ONCE));
    lab()
        .check(
            ended && call.raised() instanceof NoAddressException,
            "for a target without an address, execute "
                + (ended ? "ended with " + call.raised() : "did not end within a second")
                + ".",
            "raise NoAddressException; the caller tries again later.");
    target.address(Optional.of(host.wire().address()));
    Throwable raised = lab().raisedBy(() -> executor.execute("true", null));
    lab()
        .check(
            raised == null,
            "once the target had an address, execute raised " + raised + ".",
            "ask the target for its address at every command.");
  }

  /**
   * Asks for {@code IllegalStateException} where no target was set. If it fails: is that taken for
   * a failure of the network?
   *
   * @throws Exception if the executor breaks the clause
   */
  @Test
  public void required_E6_noTargetIsToldAtOnce() throws Exception {
    Throwable raised = lab().raisedBy(() -> lab().executor().execute("true", null));
    lab()
        .check(
            raised instanceof IllegalStateException,
            "without a target, execute "
                + (raised == null ? "returned." : "raised " + raised + "."),
            "raise IllegalStateException: it is the caller's mistake.");
  }

  /**
   * Asks that a stdin is still open after a command that worked, and one that was never started. If
   * it fails: is it closed at its end, or together with the channel?
   *
   * @throws Exception if the executor breaks the clause
   */
  @Test
  public void required_E6_stdinIsNotClosed() throws Exception {
    AtomicBoolean closed = new AtomicBoolean();
    InputStream stdin =
        new ByteArrayInputStream(new byte[100]) {
          @Override
          public void close() {
            closed.set(true);
          }
        };
    SshHost host = lab().host();
    Executor executor = lab().executor(host);
    ExecResult ignored = lab().run(executor, RemoteCommand.builder("cat").stdin(stdin).build());
    lab().check(!closed.get(), "the caller's stdin was closed.", "it is the caller's to close.");
    KitTarget nowhere = host.target();
    nowhere.address(Optional.empty());
    executor.setTarget(nowhere);
    Throwable alsoIgnored = lab().raisedBy(() -> executor.execute("cat", stdin));
    lab()
        .check(
            !closed.get(),
            "the caller's stdin was closed by a call that raised " + alsoIgnored + ".",
            "it is the caller's to close.");
  }

  /**
   * Asks that any exit status is a result, told as it is. If it fails: does anything but 0 raise?
   *
   * @throws Exception if the executor breaks the clause
   */
  @Test
  public void required_E8_anyExitStatusIsAResult() throws Exception {
    Executor executor = lab().executor(lab().host());
    for (int status : new int[] {1, 127, 255}) {
      lab().on(COMMAND, ShellScript.exit(ShellExit.status(status)));
      ExecResult[] result = new ExecResult[1];
      Throwable raised = lab().raisedBy(() -> result[0] = executor.execute(COMMAND, null));
      lab()
          .check(
              raised == null && result[0].exitStatus().equals(OptionalInt.of(status)),
              "for a command with exit status "
                  + status
                  + ", execute "
                  + (raised == null
                      ? "told " + result[0].exitStatus() + "."
                      : "raised " + raised + "."),
              "the caller decides what a status means.");
    }
  }

  /**
   * Asks that a connection which is lost before the exit status is an exception, though output has
   * come. If it fails: is a closed channel taken for the end of the command?
   *
   * @throws Exception if the executor breaks the clause
   */
  @Test
  public void required_E8_aLostConnectionIsNoResult() throws Exception {
    SshHost host = lab().host();
    HeldCommand held = lab().hold(COMMAND);
    Executor executor = lab().executor(host);
    InFlight<ExecResult> call = lab().begin(executor, COMMAND);
    host.wire().cut();
    lab().endsAfterCut(call, host, COMMAND, held);
    ExecutorException ignored = lab().failure("after the connection was lost", call.raised());
  }

  /**
   * Asks that a channel which is closed without an exit status is an exception. If it fails: what
   * is the status before the server has told one?
   *
   * @throws Exception if the executor breaks the clause
   */
  @Test
  public void required_E8_aMissingStatusIsNoResult() throws Exception {
    SshHost host = lab().host();
    lab()
        .on(
            COMMAND,
            call -> {
              call.stdout().write(new byte[100]);
              return ShellExit.LOST;
            });
    Executor executor = lab().executor(host);
    ExecutorException ignored =
        lab()
            .failureOf(
                "after a channel was closed without an exit status",
                () -> executor.execute(COMMAND, null));
  }

  /**
   * Asks that a capture keeps the first bytes up to its limit, and counts the rest. If it fails: is
   * the limit applied to each stream, and what was dropped told?
   *
   * @throws Exception if the executor breaks the clause
   */
  @Test
  public void required_E9_captureIsBoundedAndTheCutIsTold() throws Exception {
    byte[] out = bytes(200_000, 4);
    byte[] err = bytes(1_500, 5);
    writes(out, err);
    Executor executor = lab().executor(lab().host());
    for (int limit : new int[] {0, 1_000}) {
      ExecResult result =
          lab().run(executor, RemoteCommand.builder(COMMAND).captureLimit(limit).build());
      checkSame("the capture of stdout", Arrays.copyOf(out, limit), result.stdout());
      checkSame("the capture of stderr", Arrays.copyOf(err, limit), result.stderr());
      lab()
          .check(
              result.stdoutCut() == out.length - limit && result.stderrCut() == err.length - limit,
              String.format(
                  "of %d and %d bytes, %d were captured each, and %d and %d were told to be cut.",
                  out.length, err.length, limit, result.stdoutCut(), result.stderrCut()),
              "count what is dropped: half an output must not look like a whole one.");
    }
  }

  /**
   * Asks that the caller's own sinks get everything, whatever the limit of captures, and are left
   * open. If it fails: is the capture limit applied to sinks?
   *
   * @throws Exception if the executor breaks the clause
   */
  @Test
  public void required_E9_sinksAreUnbounded() throws Exception {
    byte[] out = bytes(3 << 20, 6);
    byte[] err = bytes(5_000, 7);
    writes(out, err);
    AtomicBoolean closed = new AtomicBoolean();
    ByteArrayOutputStream outSink = sink(closed);
    ByteArrayOutputStream errSink = sink(closed);
    ExecResult result =
        lab()
            .run(
                lab().executor(lab().host()),
                RemoteCommand.builder(COMMAND)
                    .captureLimit(10)
                    .stdoutSink(outSink)
                    .stderrSink(errSink)
                    .build());
    checkSame("the sink of stdout", out, outSink.toByteArray());
    checkSame("the sink of stderr", err, errSink.toByteArray());
    lab()
        .check(
            result.stdout().length == 0 && result.stdoutCut() == 0 && result.stderrCut() == 0,
            "what went to a sink was captured, or told to be cut, too.",
            "a stream goes to its sink or is captured.");
    lab().check(!closed.get(), "a sink was closed.", "it is the caller's to close.");
  }

  private static ByteArrayOutputStream sink(AtomicBoolean closed) {
    return new ByteArrayOutputStream() {
      @Override
      public void close() {
        closed.set(true);
      }
    };
  }

  private void writes(byte[] out, byte[] err) throws Exception {
    lab()
        .on(
            COMMAND,
            call -> {
              write(call.stderr(), err);
              write(call.stdout(), out);
              return ShellExit.OK;
            });
  }

  private static void write(OutputStream to, byte[] bytes) throws java.io.IOException {
    to.write(bytes);
  }

  private static byte[] bytes(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private void checkSame(String what, byte[] expected, byte[] seen) {
    int at = Arrays.mismatch(expected, seen);
    lab()
        .check(
            at < 0,
            String.format(
                "%s has %d bytes instead of %d, and differs from byte %d on.",
                what, seen.length, expected.length, at),
            "bytes are passed on as they are, to the last one, stdout and stderr apart.");
  }
}
