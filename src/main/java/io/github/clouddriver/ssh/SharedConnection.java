package io.github.clouddriver.ssh;

import io.github.clouddriver.exec.ExecutorException;
import io.github.clouddriver.exec.Phase;
import io.github.clouddriver.exec.SshSigner;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The one connection that an executor's commands share, and its succession (E3, E4, E7). Safe for
 * use by any thread.
 *
 * <p>At any time there is at most one <em>current</em> connection, which new commands use, and at
 * most one <em>newest attempt</em> to get the next one. A command whose endpoint the current
 * connection serves uses it; otherwise it joins the newest attempt if that is for the same endpoint
 * and with the same signers, or else begins one, which is the newest from then on. An attempt's
 * connection goes to those who joined it, and becomes current if the attempt is still the newest. A
 * connection that is no longer current is retired: it is closed when the last of its users has
 * left. One that breaks is noticed by those who use it, and by the next command.
 *
 * <p>One lock guards all of this. It is never held across I/O, a call to a target, or the start of
 * a thread.
 */
final class SharedConnection {
  private static final String CLOSED = "the executor was closed";

  private final Timeouts timeouts;
  private final DebugLog log;
  private final BiConsumer<String, Runnable> workers;
  private final TrustedKeys trustedKeys = new TrustedKeys();

  /** Guards all that follows, and the fields of {@link Slot} and {@link Attempt}. */
  private final Object lock = new Object();

  private final Set<Slot> open = new HashSet<>();

  /** Connections that nobody uses any more, to be closed by whoever gives back the lock. */
  private final Deque<Slot> unused = new ArrayDeque<>();

  private final Set<Attempt> attempts = new HashSet<>();
  private @Nullable Slot current;
  private @Nullable Attempt newest;
  private boolean closed;

  /** An unused one; its threads are started by {@code workers}, as {@link Workers#run} does. */
  SharedConnection(Timeouts timeouts, DebugLog log, BiConsumer<String, Runnable> workers) {
    this.timeouts = timeouts;
    this.log = log;
    this.workers = workers;
  }

  /** An open connection, which endpoint it serves, how many use it, and whether new ones may. */
  private final class Slot implements Lease {
    final SshConnection connection;
    Endpoint endpoint;
    int users;
    boolean retired;

    Slot(SshConnection connection, Endpoint endpoint) {
      this.connection = connection;
      this.endpoint = endpoint;
    }

    @Override
    public SshConnection connection() {
      return connection;
    }

    @Override
    public Lease share() {
      synchronized (lock) {
        users++;
      }
      return this;
    }

    @Override
    public void release() {
      synchronized (lock) {
        leave();
      }
      closeUnused();
    }

    /** Under the lock. */
    void leave() {
      users--;
      closeIfUnused(this);
    }
  }

  /** An attempt, and those who wait for it, each of whom becomes a user of its connection. */
  private final class Attempt implements Connecting.Listener {
    final Endpoint endpoint;
    final List<SshSigner> signers;
    final @Nullable Slot kept;
    final Connecting work;
    final CompletableFuture<Void> ended = new CompletableFuture<>();
    int waiting;
    @Nullable Slot result;
    @Nullable ExecutorException failure;

    Attempt(Endpoint endpoint, List<SshSigner> signers, @Nullable Slot kept) {
      this.endpoint = endpoint;
      this.signers = signers;
      this.kept = kept;
      work = new Connecting(endpoint, signers, timeouts, trustedKeys, kept, this, workers);
    }

    /** Whether a command with this endpoint and these signers may wait for it. */
    @SuppressWarnings("ReferenceEquality") // the list as it was set; no call to signers
    boolean isFor(Endpoint other, List<SshSigner> otherSigners) {
      return signers == otherSigners && endpoint.isSame(other);
    }

    @Override
    public void connected(SshConnection connection) {
      try {
        adopt(connection);
      } catch (Throwable t) {
        // Those who wait must hear of it, whatever it is.
        connection.fail("connecting failed: " + Printable.message(t));
        failed(
            new ExecutorException(
                endpoint + ": connecting failed: " + Printable.message(t),
                Phase.CONNECT,
                false,
                t));
      } finally {
        ended.complete(null);
      }
    }

    private void adopt(SshConnection connection) {
      boolean isNew;
      boolean tooLate;
      synchronized (lock) {
        Slot slot = kept != null && kept.connection == connection ? kept : null;
        isNew = slot == null;
        if (slot == null) {
          slot = new Slot(connection, endpoint);
          slot.retired = true;
          open.add(slot);
        }
        slot.users += waiting;
        result = slot;
        if (leaveAsNewest()) {
          if (current != slot) {
            retireCurrent();
            slot.retired = false;
            current = slot;
          }
          slot.endpoint = endpoint;
        }
        tooLate = closed;
        closeIfUnused(slot);
      }
      closeUnused();
      if (tooLate) {
        connection.fail(CLOSED);
      } else if (isNew) {
        KeepAlive.start(connection);
        log.write("connected to {}", endpoint);
      }
    }

    @Override
    public void failed(ExecutorException why) {
      try {
        synchronized (lock) {
          failure = why;
          if (leaveAsNewest()) {
            retireCurrent();
          }
        }
      } finally {
        ended.complete(null);
      }
      closeUnused();
      log.write("not connected to {}: {}", endpoint, Objects.requireNonNull(why.getMessage()));
    }

    /** Tells whether this was the newest attempt, which it no longer is; under the lock. */
    private boolean leaveAsNewest() {
      if (attempts.remove(this) && kept != null) {
        kept.leave();
      }
      if (newest != this) {
        return false;
      }
      newest = null;
      return true;
    }
  }

  /**
   * Gets the connection for an endpoint, waiting for it if it has to be made or verified.
   *
   * @return a lease, which the caller gives back
   * @throws ExecutorException if there is none to be had
   * @throws InterruptedException if the caller was interrupted; nothing was started
   */
  Lease acquire(Endpoint endpoint, List<SshSigner> signers)
      throws ExecutorException, InterruptedException {
    Attempt attempt;
    boolean isNew;
    synchronized (lock) {
      if (closed) {
        throw new ExecutorException(endpoint + ": " + CLOSED, Phase.CONNECT, false, null);
      }
      if (current != null && current.connection.isAlive() && current.endpoint.isSame(endpoint)) {
        return current.share();
      }
      Attempt latest = newest;
      isNew = latest == null || !latest.isFor(endpoint, signers);
      attempt = latest == null || isNew ? next(endpoint, signers) : latest;
      attempt.waiting++;
    }
    if (isNew) {
      closeUnused();
      attempt.work.start(); // which ends it if there is no thread to be had
    }
    try {
      attempt.ended.get();
    } catch (InterruptedException e) {
      leave(attempt);
      throw new InterruptedException(
          "interrupted while connecting; the command was not started on " + endpoint);
    } catch (ExecutionException e) {
      throw new IllegalStateException("an attempt ends in no other way than by itself", e);
    }
    return resultOf(attempt);
  }

  /** An attempt, which is the newest from now on, still to be started; under the lock. */
  private Attempt next(Endpoint endpoint, List<SshSigner> signers) {
    Slot kept = null;
    if (current != null) {
      if (current.connection.isAlive() && current.endpoint.isSameLogin(endpoint)) {
        kept = current;
        kept.users++;
      } else {
        retireCurrent();
      }
    }
    Attempt attempt = new Attempt(endpoint, signers, kept);
    attempts.add(attempt);
    newest = attempt;
    return attempt;
  }

  /** What an ended attempt has brought; the caller is a user of it already. */
  private Lease resultOf(Attempt attempt) throws ExecutorException {
    synchronized (lock) {
      if (attempt.result != null) {
        return attempt.result;
      }
      ExecutorException why = Objects.requireNonNull(attempt.failure);
      // A new exception for each of those who waited.
      throw new ExecutorException(
          Objects.requireNonNull(why.getMessage()), // whole: what is too long in it is cut already
          why.phase(),
          why.commandMayHaveStarted(),
          why.getCause());
    }
  }

  private void leave(Attempt attempt) {
    synchronized (lock) {
      if (attempt.result != null) {
        attempt.result.leave();
      } else {
        attempt.waiting--;
      }
    }
    closeUnused();
  }

  /** Lets nobody new use a lease's connection. */
  void retire(Lease lease) {
    synchronized (lock) {
      if (current == lease) {
        retireCurrent();
      }
    }
    closeUnused();
  }

  /** Under the lock. */
  private void retireCurrent() {
    Slot slot = current;
    if (slot != null) {
      current = null;
      slot.retired = true;
      closeIfUnused(slot);
    }
  }

  /** Under the lock; closing itself comes when it is given back, {@link #closeUnused}. */
  private void closeIfUnused(Slot slot) {
    if (slot.retired && slot.users == 0 && open.remove(slot)) {
      unused.add(slot);
    }
  }

  /** Closes what nobody uses any more; without the lock. Does not block. */
  private void closeUnused() {
    List<Slot> slots;
    synchronized (lock) {
      slots = new ArrayList<>(unused);
      unused.clear();
    }
    slots.forEach(slot -> shutDown(slot, "the connection was not needed any more", () -> {}));
  }

  /** Closes a connection on a thread that may block, or at once if there is none to be had. */
  private void shutDown(Slot slot, String why, Runnable then) {
    try {
      workers.accept(
          "close " + slot.connection.endpoint(),
          () -> {
            try {
              slot.connection.shutDown(why);
            } finally {
              then.run();
            }
          });
    } catch (RuntimeException | Error e) {
      slot.connection.fail(why);
      then.run();
    }
  }

  /**
   * Tells whether calls are still taken.
   *
   * @throws IllegalStateException if this is closed
   */
  void checkOpen() {
    synchronized (lock) {
      if (closed) {
        throw new IllegalStateException("the executor is closed");
      }
    }
  }

  /**
   * Ends everything: running commands, attempts to connect, connections. Blocks until the servers
   * have been told, but no longer than twice what a goodbye may take: each may take it, and comes
   * late where threads are slow to start.
   */
  void close() {
    List<Slot> slots;
    List<Attempt> connecting;
    synchronized (lock) {
      closed = true;
      slots = new ArrayList<>(open);
      connecting = new ArrayList<>(attempts);
      current = null;
      newest = null;
      open.clear();
    }
    connecting.forEach(attempt -> attempt.work.giveUp(CLOSED));
    CountDownLatch told = new CountDownLatch(slots.size());
    slots.forEach(slot -> shutDown(slot, CLOSED, told::countDown));
    try {
      told.await(2 * Deadline.nanos(timeouts.goodbye()), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    slots.forEach(slot -> slot.connection.fail(CLOSED));
  }
}
