package io.github.clouddriver.ssh;

import io.github.clouddriver.exec.ExecutorException;
import io.github.clouddriver.exec.Phase;
import io.github.clouddriver.exec.SshSigner;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to get a connection that may be used for a target: to be allowed to keep the one
 * there is, or to make a new one. It runs on a thread of its own, phase by phase, each with a
 * deadline, and ends exactly once, on time: at a deadline, or when it is given up, it closes its
 * socket, interrupts its thread, and no longer cares what that thread is doing.
 */
final class Connecting {

  /** Who hears of the end; called once in all, without any lock held. */
  interface Listener {
    void connected(SshConnection connection);

    void failed(ExecutorException why);
  }

  private final Endpoint endpoint;
  private final List<SshSigner> signers;
  private final Timeouts timeouts;
  private final TrustedKeys trustedKeys;
  private final @Nullable Lease kept;
  private final Listener listener;
  private final BiConsumer<String, Runnable> workers;

  /** Guards what follows; never held while doing anything that may block. */
  private final Object lock = new Object();

  private Phase phase = Phase.CONNECT;

  /** That of the phase; null before the first one. */
  private @Nullable Deadline current;

  private @Nullable Alarm alarm;
  private @Nullable Thread runner;
  private @Nullable Socket socket;
  private @Nullable SshConnection connection;
  private boolean over;

  /**
   * An attempt that has not begun.
   *
   * @param kept a connection to the same login that was verified for another target, to be kept if
   *     this one accepts its host key; null if there is none
   * @param workers starts its threads, as {@link Workers#run} does
   */
  Connecting(
      Endpoint endpoint,
      List<SshSigner> signers,
      Timeouts timeouts,
      TrustedKeys trustedKeys,
      @Nullable Lease kept,
      Listener listener,
      BiConsumer<String, Runnable> workers) {
    this.endpoint = endpoint;
    this.signers = signers;
    this.timeouts = timeouts;
    this.trustedKeys = trustedKeys;
    this.kept = kept;
    this.listener = listener;
    this.workers = workers;
  }

  /** Begins, or fails at once. Does not block. */
  void start() {
    try {
      workers.accept("connect " + endpoint, this::run);
    } catch (RuntimeException | Error e) {
      end(failure(reached(), "no thread to connect on: " + Printable.message(e), e));
    }
  }

  /** Ends the attempt, if it has not ended. Does not block. */
  void giveUp(String why) {
    end(failure(reached(), why, null));
  }

  private void run() {
    synchronized (lock) {
      if (over) {
        return;
      }
      runner = Thread.currentThread();
    }
    try {
      SshConnection ready = keep();
      succeed(ready != null ? ready : connect());
    } catch (ExecutorException e) {
      end(e);
    } catch (InterruptedException e) {
      end(failure(reached(), "connecting was interrupted", e));
    } catch (Throwable t) {
      // Those who wait must hear of it, whatever it is.
      end(failure(reached(), "connecting failed: " + Printable.message(t), t));
    } finally {
      synchronized (lock) {
        runner = null;
      }
    }
  }

  private Phase reached() {
    synchronized (lock) {
      return phase;
    }
  }

  // The phases, on the attempt's own thread.

  /** The connection there is, if the target accepts its key; null if there has to be a new one. */
  private @Nullable SshConnection keep() throws ExecutorException, InterruptedException {
    if (kept == null) {
      return null;
    }
    SshConnection open = kept.connection();
    try {
      PublicKey key = open.hostKey();
      if (!verify(key)) {
        verifyOver(kept, key);
      }
      trustedKeys.add(endpoint.target(), key);
      return open.isAlive() ? open : null;
    } catch (IOException e) {
      // The target does not accept it, for whatever reason; that of a new connection is what
      // counts.
      return null;
    }
  }

  private SshConnection connect() throws ExecutorException, InterruptedException {
    SshConnection made = dial();
    PublicKey key = exchangeKeys(made);
    boolean trusted = verify(key);
    logIn(made);
    if (!trusted) {
      verifyOver(Lease.of(made), key);
    }
    trustedKeys.add(endpoint.target(), key);
    return made;
  }

  private SshConnection dial() throws ExecutorException {
    Deadline deadline = begin(Phase.CONNECT, timeouts.connect());
    try {
      Socket dialled = Dialer.dial(endpoint, deadline, this::own);
      SshConnection made = SshConnection.over(dialled, endpoint, timeouts);
      synchronized (lock) {
        if (!over) {
          connection = made;
          return made;
        }
      }
      made.fail("connecting was given up");
      throw failure(Phase.CONNECT, "connecting was given up", null);
    } catch (IOException e) {
      throw e instanceof ExecutorException known
          ? known
          : failure(Phase.CONNECT, "cannot connect: " + Printable.message(e), e);
    }
  }

  private PublicKey exchangeKeys(SshConnection made) throws ExecutorException {
    begin(Phase.KEY_EXCHANGE, timeouts.keyExchange());
    try {
      return made.exchangeKeys();
    } catch (IOException e) {
      throw failure(
          Phase.KEY_EXCHANGE, "cannot agree on keys with the server: " + Printable.message(e), e);
    }
  }

  private void logIn(SshConnection made) throws ExecutorException, InterruptedException {
    begin(Phase.AUTHENTICATION, timeouts.authentication());
    if (signers.isEmpty()) {
      throw failure(Phase.AUTHENTICATION, "there is no key to log in with", null);
    }
    try {
      made.logIn(signers);
    } catch (IOException | GeneralSecurityException e) {
      throw failure(Phase.AUTHENTICATION, "cannot log in: " + Printable.message(e), e);
    }
  }

  /** Tells whether the key is known to be the target's; if not, the login has to show it. */
  private boolean verify(PublicKey key) throws ExecutorException, InterruptedException {
    if (trustedKeys.contains(endpoint.target(), key)) {
      return true;
    }
    begin(Phase.HOST_KEY, timeouts.hostKey());
    return Verification.accepts(endpoint, key, null);
  }

  private void verifyOver(Lease lease, PublicKey key)
      throws ExecutorException, InterruptedException {
    LoginConnection lent = new LoginConnection(lease, begin(Phase.HOST_KEY, timeouts.hostKey()));
    try {
      Verification.accepts(endpoint, key, lent);
    } finally {
      lent.revoke();
    }
  }

  // Deadlines and the end.

  /** Begins a phase, whose deadline takes the place of the last one's. */
  private Deadline begin(Phase next, Duration limit) throws ExecutorException {
    Deadline deadline = Deadline.in(limit);
    Alarm before;
    synchronized (lock) {
      if (over) {
        throw failure(phase, "connecting was given up", null);
      }
      before = alarm;
      phase = next;
      current = deadline;
      alarm =
          Alarm.after(
              Deadline.nanos(limit),
              "give up connecting " + endpoint,
              () -> tookTooLong(next, deadline),
              workers);
    }
    if (before != null) {
      before.cancel();
    }
    return deadline;
  }

  /** Ends the attempt, unless that phase was over when the alarm's thread got round to it. */
  @SuppressWarnings("ReferenceEquality") // that very deadline, not another of the same length
  private void tookTooLong(Phase at, Deadline deadline) {
    synchronized (lock) {
      if (current != deadline) {
        return;
      }
    }
    end(failure(at, words(at) + " took longer than " + deadline.limit(), null));
  }

  private static String words(Phase phase) {
    return switch (phase) {
      case CONNECT -> "connecting";
      case KEY_EXCHANGE -> "the key exchange";
      case HOST_KEY -> "the verification of the host key";
      case AUTHENTICATION -> "the login";
      default -> phase.name();
    };
  }

  private void own(Socket next) {
    boolean tooLate;
    synchronized (lock) {
      socket = next;
      tooLate = over;
    }
    if (tooLate) {
      close(next);
    }
  }

  private void succeed(SshConnection ready) {
    synchronized (lock) {
      if (over) {
        return; // Whoever ended it has closed the connection.
      }
      over = true;
      cancel(alarm);
    }
    listener.connected(ready);
  }

  private void end(ExecutorException why) {
    Socket opened;
    SshConnection made;
    synchronized (lock) {
      if (over) {
        return;
      }
      over = true;
      cancel(alarm);
      opened = socket;
      made = connection;
      if (runner != null && !runner.equals(Thread.currentThread())) {
        runner.interrupt();
      }
    }
    if (made != null) {
      made.fail("connecting was given up");
    } else if (opened != null) {
      close(opened);
    }
    listener.failed(why);
  }

  private static void cancel(@Nullable Alarm alarm) {
    if (alarm != null) {
      alarm.cancel();
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed all the same.
    }
  }

  private ExecutorException failure(Phase at, String why, @Nullable Throwable cause) {
    return new ExecutorException(
        endpoint + ": " + why + "; the command was not started", at, false, Printable.cause(cause));
  }
}
