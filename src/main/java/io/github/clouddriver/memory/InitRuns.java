package io.github.clouddriver.memory;

import io.github.clouddriver.error.OutcomeUnknownException;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Runs init commands, one thread each while it lasts, so that a scripted shell that blocks holds up
 * nobody who is stopped or interrupted (clauses S3, S9, S12). Thread-safe; holds no lock.
 */
final class InitRuns {
  private final String name;
  private final Set<Thread> running = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  InitRuns(String name) {
    this.name = name;
  }

  /** What a thread is made for. */
  @FunctionalInterface
  interface Command {
    void run() throws InterruptedException;
  }

  /** One init command on its way; the thread writes the end, the create reads it. */
  private static final class Run {
    private final Signal changed = new Signal();
    private volatile boolean ended;
    private volatile @Nullable Throwable failure;
  }

  /**
   * Runs a command and waits for its end. Where the wait is cut short the command goes on.
   *
   * @param machine for the name of the thread
   * @param command raises nothing but what is wrong with the script of a test
   */
  void run(String machine, Command command, StopSignal stop)
      throws OutcomeUnknownException, InterruptedException {
    Run run = new Run();
    Thread thread =
        new Thread(
            () -> {
              try {
                command.run();
              } catch (InterruptedException | RuntimeException | Error e) {
                run.failure = e;
              } finally {
                running.remove(Thread.currentThread());
                run.ended = true;
                run.changed.fire();
              }
            },
            name + "-init-" + machine);
    thread.setDaemon(true);
    running.add(thread);
    thread.start();
    if (closed) {
      thread.interrupt(); // a close that came before the thread was listed did not see it
    }
    Signal.await(
        () -> run.ended || stop.isStopped() ? 0 : Signal.UNTIL_FIRED, run.changed, stop.signal());
    Throwable failure = run.failure;
    if (!run.ended || failure instanceof InterruptedException) {
      throw new OutcomeUnknownException("CREATE: stopped while the init command ran", failure);
    }
    if (failure != null) {
      // Not an IllegalStateException, after which nothing would have been created (clause S10).
      throw new CompletionException("the scripted shell failed on an init command", failure);
    }
  }

  /** Interrupts the commands that are running. */
  void close() {
    closed = true;
    running.forEach(Thread::interrupt);
  }
}
