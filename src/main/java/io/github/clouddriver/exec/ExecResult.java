package io.github.clouddriver.exec;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * How a remote command ended and what it wrote (clauses E1, E8, E9). Immutable.
 *
 * <p>It has an exit status or a signal. What went to a sink of the caller's is not in here.
 */
public final class ExecResult {
  private static final int SHOWN_STDERR = 512;

  private final OptionalInt exitStatus;
  private final @Nullable String exitSignal;
  private final byte[] stdout;
  private final byte[] stderr;
  private final long stdoutCut;
  private final long stderrCut;

  private ExecResult(Builder builder) {
    exitStatus = builder.exitStatus;
    exitSignal = builder.exitSignal;
    stdout = builder.stdout;
    stderr = builder.stderr;
    stdoutCut = builder.stdoutCut;
    stderrCut = builder.stderrCut;
  }

  /**
   * Begins a result, for implementations of {@link Executor} and for tests.
   *
   * @return a builder with exit status 0 and no output
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The command's exit status.
   *
   * @return 0 for success; empty if a signal ended the command
   */
  public OptionalInt exitStatus() {
    return exitStatus;
  }

  /**
   * The signal that ended the command.
   *
   * @return a name without SIG, such as {@code KILL}; empty if the command exited by itself
   */
  public Optional<String> exitSignal() {
    return Optional.ofNullable(exitSignal);
  }

  /**
   * Whether the command exited with status 0.
   *
   * @return false for another status or a signal
   */
  public boolean succeeded() {
    return exitStatus.orElse(-1) == 0;
  }

  /**
   * The captured stdout, byte for byte.
   *
   * @return a new copy
   */
  public byte[] stdout() {
    return stdout.clone();
  }

  /**
   * The captured stdout as UTF-8 text, where malformed bytes become the replacement character.
   *
   * @return the text
   */
  public String stdoutText() {
    return stdoutText(StandardCharsets.UTF_8);
  }

  /**
   * The captured stdout as text.
   *
   * @param charset how the command wrote it
   * @return the text, where malformed bytes become the replacement character
   */
  public String stdoutText(Charset charset) {
    return new String(stdout, charset);
  }

  /**
   * How much of stdout was written beyond the limit of the capture and dropped (clause E9).
   *
   * @return a number of bytes; 0 if all of it is here
   */
  public long stdoutCut() {
    return stdoutCut;
  }

  /**
   * The captured stderr, byte for byte.
   *
   * @return a new copy
   */
  public byte[] stderr() {
    return stderr.clone();
  }

  /**
   * The captured stderr as UTF-8 text, where malformed bytes become the replacement character.
   *
   * @return the text
   */
  public String stderrText() {
    return stderrText(StandardCharsets.UTF_8);
  }

  /**
   * The captured stderr as text.
   *
   * @param charset how the command wrote it
   * @return the text, where malformed bytes become the replacement character
   */
  public String stderrText(Charset charset) {
    return new String(stderr, charset);
  }

  /**
   * How much of stderr was written beyond the limit of the capture and dropped (clause E9).
   *
   * @return a number of bytes; 0 if all of it is here
   */
  public long stderrCut() {
    return stderrCut;
  }

  /**
   * This result, if the command succeeded.
   *
   * @return this
   * @throws CommandFailedException if the command did not exit with status 0; its message has the
   *     end of the captured stderr, and how much was cut after it
   */
  public ExecResult orThrow() throws CommandFailedException {
    if (succeeded()) {
      return this;
    }
    String shown = stderrText().strip();
    if (shown.length() > SHOWN_STDERR) {
      shown = "…" + shown.substring(shown.length() - SHOWN_STDERR);
    }
    if (stderrCut > 0) {
      shown += "… (" + stderrCut + " bytes more)";
    }
    throw new CommandFailedException(
        "the command " + ending() + (shown.isEmpty() ? "" : "; stderr: " + shown));
  }

  private String ending() {
    return exitSignal == null
        ? "exited with status " + exitStatus.getAsInt()
        : "was ended by signal " + exitSignal;
  }

  /**
   * How the command ended and how much it wrote, not what it wrote.
   *
   * @return a description for logs
   */
  @Override
  public String toString() {
    return "ExecResult["
        + ending()
        + ", stdout "
        + (stdout.length + stdoutCut)
        + " bytes, stderr "
        + (stderr.length + stderrCut)
        + " bytes]";
  }

  /** Collects the parts of an {@link ExecResult}. Not safe for use by several threads. */
  public static final class Builder {
    private OptionalInt exitStatus = OptionalInt.of(0);
    private @Nullable String exitSignal;
    private byte[] stdout = {};
    private byte[] stderr = {};
    private long stdoutCut;
    private long stderrCut;

    private Builder() {}

    /**
     * The command exited by itself.
     *
     * @param status its exit status
     * @return this
     */
    public Builder exitStatus(int status) {
      exitStatus = OptionalInt.of(status);
      exitSignal = null;
      return this;
    }

    /**
     * A signal ended the command.
     *
     * @param signal its name without SIG, such as {@code KILL}
     * @return this
     * @throws IllegalArgumentException if the name is empty
     */
    public Builder exitSignal(String signal) {
      if (Objects.requireNonNull(signal, "signal").isEmpty()) {
        throw new IllegalArgumentException("the name of the signal is empty");
      }
      exitStatus = OptionalInt.empty();
      exitSignal = signal;
      return this;
    }

    /**
     * What was captured of stdout.
     *
     * @param bytes the captured bytes, copied
     * @param cut how many more were dropped
     * @return this
     * @throws IllegalArgumentException if {@code cut} is negative
     */
    public Builder stdout(byte[] bytes, long cut) {
      stdout = bytes.clone();
      stdoutCut = notNegative(cut);
      return this;
    }

    /**
     * What was captured of stderr.
     *
     * @param bytes the captured bytes, copied
     * @param cut how many more were dropped
     * @return this
     * @throws IllegalArgumentException if {@code cut} is negative
     */
    public Builder stderr(byte[] bytes, long cut) {
      stderr = bytes.clone();
      stderrCut = notNegative(cut);
      return this;
    }

    private static long notNegative(long cut) {
      if (cut < 0) {
        throw new IllegalArgumentException("the number of dropped bytes, " + cut + ", is negative");
      }
      return cut;
    }

    /**
     * Makes the result.
     *
     * @return an immutable result
     */
    public ExecResult build() {
      return new ExecResult(this);
    }
  }
}
