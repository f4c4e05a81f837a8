package io.github.clouddriver.ssh;

import io.github.clouddriver.exec.ExecutorException;
import io.github.clouddriver.exec.Phase;
import io.github.clouddriver.exec.SshSigner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * The one connection that an executor's commands share, and its succession (E3, E4, E7). Safe for
 * use by any thread.
 *
 * <p>At any time there is at most one <em>current</em> connection, which new commands use, and at
 * most one <em>newest attempt</em> to get the next one. A command whose endpoint the current
 * connection serves uses it; otherwise it joins the newest attempt if that is for the same
 * endpoint, or else begins one, which is the newest from then on. An attempt's connection goes to
 * those who joined it, and becomes current if the attempt is still the newest. A connection that is
 * no longer current is retired: it is closed when the last of its users has left. One that breaks
 * is noticed by those who use it, and by the next command.
 *
 * <p>One lock guards all of this. It is never held across I/O or a call to a target.
 */
final class SharedConnection implements Connecting.Listener {
  private static final String CLOSED = "the executor was closed";
  private static final int CLOSE_SECONDS = 2;

  private final Timeouts timeouts;
  private final Logger log;
  private final TrustedKeys trustedKeys = new TrustedKeys();

  /** Guards all that follows, and the fields of {@link Slot} and {@link Joined}. */
  private final Object lock = new Object();

  private final Set<Slot> open = new HashSet<>();
  private final Map<Connecting, Joined> attempts = new HashMap<>();
  private @Nullable Slot current;
  private @Nullable Connecting newest;
  private boolean closed;

  SharedConnection(Timeouts timeouts, Logger log) {
    this.timeouts = timeouts;
    this.log = log;
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
        users--;
        closeIfUnused(this);
      }
    }
  }

  /** Those who wait for one attempt, each of whom becomes a user of its connection. */
  private static final class Joined {
    final CompletableFuture<Lease> outcome = new CompletableFuture<>();
    final @Nullable Slot kept;
    int waiting;
    @Nullable Slot result;

    Joined(@Nullable Slot kept) {
      this.kept = kept;
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
    Joined joined;
    synchronized (lock) {
      if (closed) {
        throw new ExecutorException(endpoint + ": " + CLOSED, Phase.CONNECT, false, null);
      }
      if (current != null && current.connection.isAlive() && current.endpoint.isSame(endpoint)) {
        return current.share();
      }
      joined = newest != null && newest.endpoint().isSame(endpoint) ? attempts.get(newest) : null;
      if (joined == null) {
        joined = begin(endpoint, signers);
      }
      joined.waiting++;
    }
    try {
      return joined.outcome.get();
    } catch (InterruptedException e) {
      leave(joined);
      throw new InterruptedException(
          "interrupted while connecting; the command was not started on " + endpoint);
    } catch (ExecutionException e) {
      // A new exception for each of those who waited.
      ExecutorException why = (ExecutorException) e.getCause();
      throw new ExecutorException(
          Printable.message(why), why.phase(), why.commandMayHaveStarted(), why.getCause());
    }
  }

  /** Begins an attempt, which is the newest from now on; under the lock. */
  private Joined begin(Endpoint endpoint, List<SshSigner> signers) {
    Slot kept = null;
    if (current != null) {
      if (current.connection.isAlive() && current.endpoint.isSameLogin(endpoint)) {
        kept = current;
        kept.users++;
      } else {
        retireCurrent();
      }
    }
    Joined joined = new Joined(kept);
    newest = new Connecting(endpoint, signers, timeouts, trustedKeys, kept, this);
    attempts.put(newest, joined);
    newest.start();
    return joined;
  }

  private void leave(Joined joined) {
    synchronized (lock) {
      if (joined.result == null) {
        joined.waiting--;
      } else {
        joined.result.release();
      }
    }
  }

  @Override
  public void connected(Connecting attempt, SshConnection connection) {
    Joined joined;
    Slot slot;
    boolean tooLate;
    synchronized (lock) {
      joined = attempts.remove(attempt);
      slot = joined.kept != null && joined.kept.connection == connection ? joined.kept : null;
      if (slot == null) {
        slot = new Slot(connection, attempt.endpoint());
        open.add(slot);
        slot.retired = true;
      }
      slot.users += joined.waiting;
      joined.result = slot;
      tooLate = closed;
      if (newest == attempt) {
        newest = null;
        if (current != slot) {
          retireCurrent();
          slot.retired = false;
          current = slot;
        }
        slot.endpoint = attempt.endpoint();
      }
      giveBackKept(joined);
      closeIfUnused(slot);
    }
    if (tooLate) {
      connection.fail(CLOSED);
    } else if (slot != joined.kept) {
      log.debug("connected to {}", attempt.endpoint());
      KeepAlive.start(connection);
    }
    joined.outcome.complete(slot);
  }

  @Override
  public void failed(Connecting attempt, ExecutorException why) {
    Joined joined;
    synchronized (lock) {
      joined = attempts.remove(attempt);
      if (newest == attempt) {
        newest = null;
        retireCurrent();
      }
      giveBackKept(joined);
    }
    log.debug("not connected to {}: {}", attempt.endpoint(), why.getMessage());
    joined.outcome.completeExceptionally(why);
  }

  /** Under the lock. */
  private static void giveBackKept(Joined joined) {
    if (joined.kept != null) {
      joined.kept.release();
    }
  }

  /** Lets nobody new use a lease's connection. */
  void retire(Lease lease) {
    synchronized (lock) {
      if (current == lease) {
        retireCurrent();
      }
    }
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

  /** Under the lock; closing itself is left to a thread that may block. */
  private void closeIfUnused(Slot slot) {
    if (slot.retired && slot.users == 0 && open.remove(slot)) {
      Workers.run(
          "close " + slot.connection.endpoint(),
          () -> slot.connection.shutDown("the connection was not needed any more"));
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
   * have been told, but not for long.
   */
  void close() {
    List<Slot> slots;
    List<Connecting> connecting;
    synchronized (lock) {
      closed = true;
      slots = new ArrayList<>(open);
      connecting = new ArrayList<>(attempts.keySet());
      current = null;
      newest = null;
      open.clear();
    }
    connecting.forEach(attempt -> attempt.giveUp(CLOSED));
    CountDownLatch told = new CountDownLatch(slots.size());
    for (Slot slot : slots) {
      Workers.run(
          "close " + slot.connection.endpoint(),
          () -> {
            try {
              slot.connection.shutDown(CLOSED);
            } finally {
              told.countDown();
            }
          });
    }
    try {
      told.await(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    slots.forEach(slot -> slot.connection.fail(CLOSED));
  }
}
