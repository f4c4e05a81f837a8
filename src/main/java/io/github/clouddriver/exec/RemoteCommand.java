package io.github.clouddriver.exec;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A shell command with what belongs to it. Immutable, but for the streams that it names; one with a
 * stdin or with sinks is meant to be run once.
 */
public final class RemoteCommand {

  /** How much of each output stream is captured unless the caller says otherwise: 16 MiB. */
  public static final int DEFAULT_CAPTURE_LIMIT = 16 << 20;

  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private final String text;
  private final @Nullable InputStream stdin;
  private final Map<String, String> environment;
  private final @Nullable OutputStream stdoutSink;
  private final @Nullable OutputStream stderrSink;
  private final @Nullable Duration deadline;
  private final int captureLimit;

  private RemoteCommand(Builder builder) {
    text = builder.text;
    stdin = builder.stdin;
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(builder.environment));
    stdoutSink = builder.stdoutSink;
    stderrSink = builder.stderrSink;
    deadline = builder.deadline;
    captureLimit = builder.captureLimit;
  }

  /**
   * Begins a command.
   *
   * @param text the command for the remote user's shell, sent as UTF-8
   * @return a builder
   * @throws IllegalArgumentException if the text is empty, or holds a NUL character or half of a
   *     surrogate pair
   */
  public static Builder builder(String text) {
    return new Builder(text);
  }

  /**
   * The command for the remote user's shell.
   *
   * @return not empty
   */
  public String text() {
    return text;
  }

  /**
   * What the command reads. The executor reads it to its end, or until the command has ended, and
   * never closes it (clause E6).
   *
   * @return empty if the command reads nothing
   */
  public Optional<InputStream> stdin() {
    return Optional.ofNullable(stdin);
  }

  /**
   * The variables to add to the command's environment.
   *
   * @return an unmodifiable map in the order of addition
   */
  public Map<String, String> environment() {
    return environment;
  }

  /**
   * Where stdout goes instead of being captured. Written to by one thread at a time, without a
   * bound on the amount (clause E9), flushed at the end, never closed.
   *
   * <p>A call that returns has written all of it. One that throws does not wait for the sink, which
   * may never take anything: a last write, or flush, may then still be under way for as long as the
   * sink itself takes over it.
   *
   * @return empty if stdout is captured
   */
  public Optional<OutputStream> stdoutSink() {
    return Optional.ofNullable(stdoutSink);
  }

  /**
   * Where stderr goes instead of being captured, as {@link #stdoutSink()}. The same object may
   * serve both only if it is itself safe to use from two threads.
   *
   * @return empty if stderr is captured
   */
  public Optional<OutputStream> stderrSink() {
    return Optional.ofNullable(stderrSink);
  }

  /**
   * How long the command may take from its start to its end (clause E5). Before that the call waits
   * as long, at most, for a channel on a server that has none free (E7).
   *
   * @return empty for the executor's own default
   */
  public Optional<Duration> deadline() {
    return Optional.ofNullable(deadline);
  }

  /**
   * How many bytes of each captured output stream are kept (clause E9); what comes after them is
   * read, counted and dropped.
   *
   * @return a number of bytes, 0 or more
   */
  public int captureLimit() {
    return captureLimit;
  }

  /**
   * The command's length only, since a command may hold a secret.
   *
   * @return a description for logs
   */
  @Override
  public String toString() {
    return "RemoteCommand[" + text.length() + " characters]";
  }

  /** Collects the parts of a {@link RemoteCommand}. Not safe for use by several threads. */
  public static final class Builder {
    private final String text;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private @Nullable InputStream stdin;
    private @Nullable OutputStream stdoutSink;
    private @Nullable OutputStream stderrSink;
    private @Nullable Duration deadline;
    private int captureLimit = DEFAULT_CAPTURE_LIMIT;

    private Builder(String text) {
      Objects.requireNonNull(text, "text");
      if (text.isEmpty()) {
        throw new IllegalArgumentException("the command is empty");
      }
      this.text = sendable("the command", text);
    }

    /** Refuses what would reach the server as other text; it may be secret and is not shown. */
    private static String sendable(String what, String text) {
      if (text.indexOf('\0') >= 0) {
        throw new IllegalArgumentException(what + " holds a NUL character");
      }
      if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
        throw new IllegalArgumentException(what + " holds half of a surrogate pair");
      }
      return text;
    }

    /**
     * Sets what the command reads.
     *
     * @param stdin a stream, never closed by the executor; null for nothing
     * @return this
     */
    public Builder stdin(@Nullable InputStream stdin) {
      this.stdin = stdin;
      return this;
    }

    /**
     * Adds a variable to the command's environment, whatever the server's own configuration allows.
     * It is set by the remote shell, and so other users of the instance may see it in the list of
     * processes: a secret belongs into stdin.
     *
     * @param name letters, digits and underscores, not beginning with a digit
     * @param value any text without a NUL character and without half of a surrogate pair
     * @return this
     * @throws IllegalArgumentException if the name or the value is none
     */
    public Builder environment(String name, String value) {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(value, "value");
      if (!VARIABLE.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "an environment variable's name is made of letters, digits and underscores and does not"
                + " begin with a digit; got one of "
                + name.length()
                + " characters");
      }
      environment.put(name, sendable("the value of " + name, value));
      return this;
    }

    /**
     * Adds variables to the command's environment, each as {@link #environment(String, String)}.
     *
     * @param variables names and values
     * @return this
     * @throws IllegalArgumentException if a name or a value is none
     */
    public Builder environment(Map<String, String> variables) {
      variables.forEach(this::environment);
      return this;
    }

    /**
     * Streams stdout to a sink of the caller's instead of capturing it, as {@link
     * RemoteCommand#stdoutSink()} says.
     *
     * @param sink never closed by the executor, and possibly still in a last write after a call
     *     that throws; null to capture
     * @return this
     */
    public Builder stdoutSink(@Nullable OutputStream sink) {
      this.stdoutSink = sink;
      return this;
    }

    /**
     * Streams stderr to a sink of the caller's instead of capturing it, as {@link
     * RemoteCommand#stderrSink()} says.
     *
     * @param sink never closed by the executor, and possibly still in a last write after a call
     *     that throws; null to capture
     * @return this
     */
    public Builder stderrSink(@Nullable OutputStream sink) {
      this.stderrSink = sink;
      return this;
    }

    /**
     * Limits how long the command may take.
     *
     * @param deadline a positive length of time; null for the executor's own default
     * @return this
     * @throws IllegalArgumentException if it is zero or negative
     */
    public Builder deadline(@Nullable Duration deadline) {
      if (deadline != null && (deadline.isZero() || deadline.isNegative())) {
        throw new IllegalArgumentException("the deadline " + deadline + " is not positive");
      }
      this.deadline = deadline;
      return this;
    }

    /**
     * Limits how much of each captured stream is kept.
     *
     * @param bytes 0 or more
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public Builder captureLimit(int bytes) {
      if (bytes < 0) {
        throw new IllegalArgumentException("the capture limit " + bytes + " is negative");
      }
      this.captureLimit = bytes;
      return this;
    }

    /**
     * Makes the command.
     *
     * @return an immutable command
     */
    public RemoteCommand build() {
      return new RemoteCommand(this);
    }
  }
}
