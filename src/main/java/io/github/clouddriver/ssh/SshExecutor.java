package io.github.clouddriver.ssh;

import io.github.clouddriver.exec.ExecResult;
import io.github.clouddriver.exec.Executor;
import io.github.clouddriver.exec.ExecutorException;
import io.github.clouddriver.exec.ExecutorTarget;
import io.github.clouddriver.exec.HostPort;
import io.github.clouddriver.exec.NoAddressException;
import io.github.clouddriver.exec.Phase;
import io.github.clouddriver.exec.RemoteCommand;
import io.github.clouddriver.exec.RunningCommand;
import io.github.clouddriver.exec.SshSigner;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.helpers.NOPLogger;

/**
 * Runs commands over SSH (clauses E1 to E9). Safe for use by any number of threads.
 *
 * <pre>{@code
 * try (SshExecutor executor = SshExecutor.builder().build()) {
 *   executor.setSigners(SshSigner.of(keyPair));
 *   executor.setTarget(instance);
 *   ExecResult result = executor.execute("uptime", null);
 * }
 * }</pre>
 *
 * <p>All commands share one connection, each on a channel of its own. The connection is made by the
 * first command that needs it; others that come meanwhile wait for the same attempt and share its
 * result. While nothing is going on the server is asked for a sign of life, and a connection that
 * gives none is given up. A connection that turns out to be broken before the server was asked to
 * start a command is replaced within the same call, once; a command that may have started is never
 * started again.
 *
 * <p><strong>Host keys.</strong> Between the key exchange and the login the target is asked whether
 * the host key is its own; if it cannot tell, it is asked again with the login, which nobody else
 * may use until then. The answer holds for that target object and that key, also for later
 * connections. A server that changes its key in the midst of a connection loses it. RSA, ECDSA and
 * Ed25519 host keys are accepted, and handed to the target as keys of the Java runtime's own
 * providers; certificates, DSA and SHA-1 signatures are not.
 *
 * <p><strong>Deadlines.</strong> Each phase has its own, set by the {@link Builder}, so a call that
 * has to connect may take as long as all of them together. A server without a free channel for a
 * command is asked again until the command's own deadline has passed once; the command's run is
 * counted from its start. Whoever breaks in on a call finds it waiting; only a call that is just
 * then writing to a server that takes no data notices an interrupt late, at the deadline for
 * opening a channel at worst.
 *
 * <p><strong>Streams.</strong> A command's stdin and sinks are used by threads of this package, of
 * which there is one for each stream that is just then being read or written. A stdin whose read
 * does not return does not keep the call from ending with the command, but it keeps that thread
 * until it does; what it reads then is lost.
 *
 * <p><strong>The end of a command</strong> is the end of its output, as in any SSH client: a
 * process that it leaves behind with its stdout open keeps the call waiting until the deadline. The
 * call's result is known when the server has closed the channel, and not before.
 *
 * <p><strong>Security providers.</strong> The first connection of the process appends the provider
 * {@code BC} to the Java runtime's list, unless that is in it: the {@linkplain
 * io.github.clouddriver.ssh package} tells how to have it otherwise.
 *
 * <p>The target and the signers are volatile fields, read once by each call. Everything else that
 * changes is the shared connection's, guarded by one lock that is never held across I/O; so the
 * setters never wait for a call.
 */
public final class SshExecutor implements Executor {
  private final SharedConnection shared;
  private final int defaultPort;
  private final DebugLog log;
  private volatile List<SshSigner> signers = List.of();
  private volatile @Nullable ExecutorTarget target;

  private SshExecutor(Builder builder) {
    this.log = new DebugLog(builder.logger);
    this.defaultPort = builder.defaultPort;
    this.shared = new SharedConnection(builder.timeouts(), log, Workers::run);
  }

  /**
   * Begins an executor.
   *
   * @return a builder with the defaults that its methods tell
   */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public void setSigners(SshSigner... signers) {
    List<SshSigner> copy = List.of(signers);
    shared.checkOpen();
    this.signers = copy;
  }

  @Override
  public void setTarget(ExecutorTarget target) {
    Objects.requireNonNull(target, "target");
    shared.checkOpen();
    this.target = target;
  }

  @Override
  public @Nullable ExecutorTarget target() {
    return target;
  }

  @Override
  public ExecResult execute(RemoteCommand command) throws IOException, InterruptedException {
    return onConnection(command, CommandRun::run);
  }

  /**
   * Starts a command and returns as soon as the server has said so, for a caller that wants to
   * signal it, or to wait for it later or elsewhere. Blocks until then, connecting first if need
   * be, each phase within its own deadline, as {@link #execute(RemoteCommand)} does.
   *
   * <p>The command holds a channel, and the connection, until its end: whoever has no more use for
   * it closes the handle.
   *
   * @param command what to run; its deadline holds whether somebody waits or not
   * @return the handle, which outlives a change of the target, but not this executor
   * @throws NoAddressException if the target has no address (clause E6); the caller tries later
   * @throws ExecutorException if a phase failed or its deadline passed (clause E5); the caller
   *     looks at {@link ExecutorException#commandMayHaveStarted()} before it tries again (E4)
   * @throws IOException never anything but an {@code ExecutorException}
   * @throws InterruptedException if the calling thread was interrupted; its message says whether
   *     the command may have started and so may still run (E5)
   * @throws IllegalStateException if no target was set (E6), or the executor is closed (E5)
   */
  public RunningCommand start(RemoteCommand command) throws IOException, InterruptedException {
    return onConnection(command, CommandRun::start);
  }

  /** What a command's run is used for, once there is a connection for it. */
  private interface Use<T> {
    T of(CommandRun run) throws ExecutorException, NeverStartedException, InterruptedException;
  }

  private <T> T onConnection(RemoteCommand command, Use<T> use)
      throws ExecutorException, InterruptedException {
    Objects.requireNonNull(command, "command");
    shared.checkOpen();
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted; the command was not started");
    }
    boolean reconnected = false;
    while (true) {
      Endpoint endpoint = endpoint();
      Lease lease = shared.acquire(endpoint, signers);
      try {
        return use.of(new CommandRun(lease, command));
      } catch (NeverStartedException e) {
        shared.retire(lease);
        if (reconnected) {
          throw e.inPhase(Phase.CHANNEL);
        }
        log.write("connecting to {} once more: {}", endpoint, Printable.message(e));
        reconnected = true;
      } finally {
        lease.release();
      }
    }
  }

  private Endpoint endpoint() throws NoAddressException {
    ExecutorTarget asked = target;
    if (asked == null) {
      throw new IllegalStateException("no target was set");
    }
    Optional<HostPort> address = asked.address();
    if (address.isEmpty()) {
      // Not its own description, which could hold a secret: it may be anybody's object.
      throw new NoAddressException(
          "the target (user "
              + asked.remoteUser()
              + ") has no address yet; the command was not started");
    }
    return new Endpoint(
        asked, address.get().host(), address.get().portOr(defaultPort), asked.remoteUser());
  }

  /**
   * {@inheritDoc}
   *
   * <p>Sends KILL to the commands that are running, as far as the connection still carries it, and
   * waits for that no longer than two seconds.
   */
  @Override
  public void close() {
    shared.close();
  }

  /** Collects an executor's settings. Not safe for use by several threads. */
  public static final class Builder {
    private static final int SSH_PORT = 22;

    private Duration connectTimeout = Duration.ofSeconds(15);
    private Duration keyExchangeTimeout = Duration.ofSeconds(15);
    private Duration hostKeyTimeout = Duration.ofSeconds(60);
    private Duration authenticationTimeout = Duration.ofSeconds(30);
    private Duration channelTimeout = Duration.ofSeconds(30);
    private Duration commandTimeout = Duration.ofHours(1);
    private Duration keepAliveInterval = Duration.ofSeconds(15);
    private Duration goodbyeTimeout = Duration.ofSeconds(1);
    private int defaultPort = SSH_PORT;
    private Logger logger = NOPLogger.NOP_LOGGER;

    private Builder() {}

    /**
     * How long it may take to resolve the host name, to connect and to exchange version banners.
     *
     * @param timeout a positive length of time; 15 s unless it is set
     * @return this
     * @throws IllegalArgumentException if it is zero or negative
     */
    public Builder connectTimeout(Duration timeout) {
      connectTimeout = positive(timeout);
      return this;
    }

    /**
     * How long it may take to agree on keys and ciphers.
     *
     * @param timeout a positive length of time; 15 s unless it is set
     * @return this
     * @throws IllegalArgumentException if it is zero or negative
     */
    public Builder keyExchangeTimeout(Duration timeout) {
      keyExchangeTimeout = positive(timeout);
      return this;
    }

    /**
     * How long the target may take to verify a host key, each time it is asked: without a
     * connection, and with one.
     *
     * @param timeout a positive length of time; 60 s unless it is set
     * @return this
     * @throws IllegalArgumentException if it is zero or negative
     */
    public Builder hostKeyTimeout(Duration timeout) {
      hostKeyTimeout = positive(timeout);
      return this;
    }

    /**
     * How long the login may take, signing included.
     *
     * @param timeout a positive length of time; 30 s unless it is set
     * @return this
     * @throws IllegalArgumentException if it is zero or negative
     */
    public Builder authenticationTimeout(Duration timeout) {
      authenticationTimeout = positive(timeout);
      return this;
    }

    /**
     * How long the server may take to open a channel, to say that it starts a command, and to take
     * data at all: one that takes none for so long is given up.
     *
     * @param timeout a positive length of time; 30 s unless it is set
     * @return this
     * @throws IllegalArgumentException if it is zero or negative
     */
    public Builder channelTimeout(Duration timeout) {
      channelTimeout = positive(timeout);
      return this;
    }

    /**
     * How long a command may take that does not say so itself, from its start to its end; and,
     * before that, how long to wait for a channel if the server has none free.
     *
     * @param timeout a positive length of time; one hour unless it is set
     * @return this
     * @throws IllegalArgumentException if it is zero or negative
     */
    public Builder commandTimeout(Duration timeout) {
      commandTimeout = positive(timeout);
      return this;
    }

    /**
     * How often the server is asked for a sign of life. A connection that gave none for three times
     * as long is given up, and with it the commands that run on it.
     *
     * @param interval a positive length of time; 15 s unless it is set
     * @return this
     * @throws IllegalArgumentException if it is zero or negative
     */
    public Builder keepAliveInterval(Duration interval) {
      keepAliveInterval = positive(interval);
      return this;
    }

    /**
     * The port of a target whose address has none.
     *
     * @param port 1 to 65535; 22 unless it is set
     * @return this
     * @throws IllegalArgumentException if it is none
     */
    public Builder defaultPort(int port) {
      if (port < 1 || port > 65_535) {
        throw new IllegalArgumentException("port " + port + " is not from 1 to 65535");
      }
      defaultPort = port;
      return this;
    }

    /**
     * Where the executor tells of its connections, at the level of debugging only: what matters to
     * a caller is thrown.
     *
     * @param logger any logger; nothing is logged unless it is set
     * @return this
     */
    public Builder logger(Logger logger) {
      this.logger = Objects.requireNonNull(logger, "logger");
      return this;
    }

    /** How long a server may take to be told of the end; a close waits twice as long. */
    Builder goodbyeTimeout(Duration timeout) {
      goodbyeTimeout = positive(timeout);
      return this;
    }

    private static Duration positive(Duration length) {
      if (length.isZero() || length.isNegative()) {
        throw new IllegalArgumentException("the time " + length + " is not positive");
      }
      return length;
    }

    private Timeouts timeouts() {
      return new Timeouts(
          connectTimeout,
          keyExchangeTimeout,
          hostKeyTimeout,
          authenticationTimeout,
          channelTimeout,
          commandTimeout,
          keepAliveInterval,
          goodbyeTimeout);
    }

    /**
     * Makes the executor, which opens no connection before its first command.
     *
     * @return an executor without a target and without signers
     */
    public SshExecutor build() {
      return new SshExecutor(this);
    }
  }
}
