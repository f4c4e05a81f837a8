package io.github.clouddriver.testkitcheck;

import io.github.clouddriver.exec.ExecResult;
import io.github.clouddriver.exec.Executor;
import io.github.clouddriver.exec.ExecutorException;
import io.github.clouddriver.exec.ExecutorTarget;
import io.github.clouddriver.exec.Phase;
import io.github.clouddriver.exec.RemoteCommand;
import io.github.clouddriver.exec.SshSigner;
import java.io.IOException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;

/** Executors that are wrong about the end of calls, and their own. */
final class BrokenEnds {
  private BrokenEnds() {}

  /** Waits as long as it takes. */
  @Breaks({"E5", "E7"}) // the wait for a channel is one of them
  static final class KnowsNoDeadlines extends BrokenExecutor {
    @Override
    Executor broken(Duration limit) {
      return new Decorator(builder(Duration.ofHours(1)).hostKeyTimeout(limit).build()) {
        @Override
        public ExecResult execute(RemoteCommand command) throws IOException, InterruptedException {
          return super.execute(copy(command).deadline(null).build());
        }
      };
    }
  }

  /** Raises something else than what happened. */
  abstract static class OfAnotherFailure extends BrokenExecutor {
    abstract ExecutorException other(ExecutorException failure);

    @Override
    final Executor broken(Duration limit) {
      return new Decorator(limit) {
        @Override
        public ExecResult execute(RemoteCommand command) throws IOException, InterruptedException {
          try {
            return super.execute(command);
          } catch (ExecutorException e) {
            throw other(e);
          }
        }
      };
    }
  }

  /** Takes every failure to connect for one to log in. */
  @Breaks("E5")
  static final class TellsTheWrongPhase extends OfAnotherFailure {
    @Override
    ExecutorException other(ExecutorException e) {
      return e.phase() == Phase.CONNECT
          ? new ExecutorException("cannot log in", Phase.AUTHENTICATION, false, e)
          : e;
    }
  }

  /** Claims that a lost command never started. */
  @Breaks("E5")
  static final class SaysThatNothingStarted extends OfAnotherFailure {
    @Override
    ExecutorException other(ExecutorException e) {
      return e.commandMayHaveStarted()
          ? new ExecutorException("the connection was lost", e.phase(), false, e)
          : e;
    }
  }

  /** Closes the connection when the last command has ended, and not before. */
  @Breaks("E5")
  static final class LeavesCommandsRunningAfterClose extends BrokenExecutor {
    private final Queue<Executor> made = new ConcurrentLinkedQueue<>();

    @AfterEach
    void reallyClose() {
      made.forEach(Executor::close);
    }

    @Override
    Executor broken(Duration limit) {
      AtomicInteger running = new AtomicInteger();
      Decorator patient =
          new Decorator(limit) {
            @Override
            public ExecResult execute(RemoteCommand command)
                throws IOException, InterruptedException {
              running.incrementAndGet();
              try {
                return super.execute(command);
              } finally {
                running.decrementAndGet();
              }
            }

            @Override
            public void close() {
              if (running.get() == 0) {
                super.close();
              }
            }
          };
      made.add(patient.right);
      return patient;
    }
  }

  /** Connects again after its end. */
  @Breaks("E5")
  static final class WorksAfterClose extends BrokenExecutor {
    @Override
    Executor broken(Duration limit) {
      return new Decorator(limit) {
        private volatile SshSigner[] keys = {};
        private volatile boolean closed;

        @Override
        public void setSigners(SshSigner... signers) {
          keys = signers;
          if (!closed) {
            super.setSigners(signers);
          }
        }

        @Override
        public ExecResult execute(RemoteCommand command) throws IOException, InterruptedException {
          ExecutorTarget target = target();
          if (!closed || target == null) {
            return super.execute(command);
          }
          try (Executor another = right(limit)) {
            another.setSigners(keys);
            another.setTarget(target);
            return another.execute(command);
          }
        }

        @Override
        public void close() {
          closed = true;
          super.close();
        }
      };
    }
  }

  /** Takes a second close for a mistake. */
  @Breaks("E5")
  static final class ClosesOnlyOnce extends BrokenExecutor {
    @Override
    Executor broken(Duration limit) {
      AtomicBoolean closed = new AtomicBoolean();
      return new Decorator(limit) {
        @Override
        public void close() {
          if (closed.getAndSet(true)) {
            throw new IllegalStateException("closed already");
          }
          super.close();
        }
      };
    }
  }

  /** Leaves a thread behind. */
  @Breaks("E5")
  static final class LeaksAThread extends BrokenExecutor {
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void endThreads() {
      end.countDown();
    }

    @Override
    Executor broken(Duration limit) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  end.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              },
              "leaked");
      thread.setDaemon(true);
      thread.start();
      return right(limit);
    }
  }

  /** Runs each command in a thread of its own, which is not interrupted with the caller. */
  abstract static class OfAnotherThread extends BrokenExecutor {
    abstract ExecResult interrupted(FutureTask<ExecResult> call)
        throws InterruptedException, ExecutionException;

    @Override
    final Executor broken(Duration limit) {
      return new Decorator(limit) {
        @Override
        public ExecResult execute(RemoteCommand command) throws IOException, InterruptedException {
          FutureTask<ExecResult> call = new FutureTask<>(() -> super.execute(command));
          Thread thread = new Thread(call, "a broken executor's");
          thread.setDaemon(true);
          thread.start();
          try {
            return result(call);
          } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
              throw failure;
            }
            throw (RuntimeException) e.getCause();
          }
        }
      };
    }

    private ExecResult result(FutureTask<ExecResult> call)
        throws InterruptedException, ExecutionException {
      try {
        return call.get();
      } catch (InterruptedException e) {
        return interrupted(call);
      }
    }
  }

  /** Goes on waiting. */
  @Breaks("E5")
  static final class IgnoresInterrupts extends OfAnotherThread {
    @Override
    ExecResult interrupted(FutureTask<ExecResult> call)
        throws InterruptedException, ExecutionException {
      return call.get();
    }
  }

  /** Leaves the command alone that nobody waits for any more. */
  @Breaks("E5")
  static final class KillsNothing extends OfAnotherThread {
    @Override
    ExecResult interrupted(FutureTask<ExecResult> call) throws InterruptedException {
      throw new InterruptedException("interrupted; the command may still run");
    }
  }

  /** Does not say what an interrupt means for the command. */
  @Breaks("E5")
  static final class InterruptsWithoutAWord extends BrokenExecutor {
    @Override
    Executor broken(Duration limit) {
      return new Decorator(limit) {
        @Override
        public ExecResult execute(RemoteCommand command) throws IOException, InterruptedException {
          try {
            return super.execute(command);
          } catch (InterruptedException e) {
            throw (InterruptedException) new InterruptedException().initCause(e);
          }
        }
      };
    }
  }
}
