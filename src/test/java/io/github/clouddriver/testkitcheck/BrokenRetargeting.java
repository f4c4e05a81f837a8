package io.github.clouddriver.testkitcheck;

import io.github.clouddriver.exec.ExecResult;
import io.github.clouddriver.exec.Executor;
import io.github.clouddriver.exec.ExecutorTarget;
import io.github.clouddriver.exec.RemoteCommand;
import io.github.clouddriver.exec.SshSigner;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Executors that are wrong about new targets and signers. */
final class BrokenRetargeting {
  private BrokenRetargeting() {}

  /** Makes setters wait until nothing runs. */
  @Breaks("E3")
  static final class SettersWait extends BrokenExecutor {
    @Override
    Executor broken(Duration limit) {
      return new Decorator(limit) {
        private int running; // guarded by this

        private synchronized void awaitIdle() {
          while (running > 0) {
            try {
              wait();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
              return;
            }
          }
        }

        private synchronized void count(int more) {
          running += more;
          notifyAll();
        }

        @Override
        public void setSigners(SshSigner... signers) {
          awaitIdle();
          super.setSigners(signers);
        }

        @Override
        public void setTarget(ExecutorTarget target) {
          awaitIdle();
          super.setTarget(target);
        }

        @Override
        public ExecResult execute(RemoteCommand command) throws IOException, InterruptedException {
          count(1);
          try {
            return super.execute(command);
          } finally {
            count(-1);
          }
        }
      };
    }
  }

  /** Tells what is connected, not what was set. */
  @Breaks("E3")
  static final class TellsTheTargetOfTheConnection extends BrokenExecutor {
    @Override
    Executor broken(Duration limit) {
      return new Decorator(limit) {
        private volatile @Nullable ExecutorTarget connected;

        @Override
        public @Nullable ExecutorTarget target() {
          return connected;
        }

        @Override
        public ExecResult execute(RemoteCommand command) throws IOException, InterruptedException {
          connected = super.target();
          return super.execute(command);
        }
      };
    }
  }

  /** Never learns of other keys. */
  @Breaks("E3")
  static final class KeepsTheFirstSigners extends BrokenExecutor {
    @Override
    Executor broken(Duration limit) {
      return new Decorator(limit) {
        private SshSigner @Nullable [] first;

        @Override
        public void setSigners(SshSigner... signers) {
          first = first == null ? signers : first;
          super.setSigners(first);
        }
      };
    }
  }

  /** Drops the connection, and what runs on it, for every new target. */
  @Breaks("E3")
  static final class DropsTheConnectionForANewTarget extends BrokenExecutor {
    @Override
    Executor broken(Duration limit) {
      AtomicReference<Executor> now = new AtomicReference<>(right(limit));
      return new Decorator(now.get()) {
        private SshSigner[] keys = {};
        private volatile boolean closed;

        @Override
        public void setSigners(SshSigner... signers) {
          now.get().setSigners(signers);
          keys = signers;
        }

        @Override
        public void setTarget(ExecutorTarget target) {
          if (!closed) {
            Executor next = right(limit);
            next.setSigners(keys);
            now.getAndSet(next).close();
          }
          now.get().setTarget(target);
        }

        @Override
        public @Nullable ExecutorTarget target() {
          return now.get().target();
        }

        @Override
        public ExecResult execute(RemoteCommand command) throws IOException, InterruptedException {
          return now.get().execute(command);
        }

        @Override
        public void close() {
          closed = true;
          now.get().close();
        }
      };
    }
  }

  /** Logs in as the first target's user, whatever the target. */
  @Breaks("E3")
  static final class KeepsTheFirstUser extends BrokenExecutor {
    @Override
    Executor broken(Duration limit) {
      AtomicReference<@Nullable String> first = new AtomicReference<>();
      return new BrokenHostKeys.OfOtherTargets(right(limit)) {
        @Override
        ExecutorTarget other(ExecutorTarget target) {
          first.compareAndSet(null, target.remoteUser());
          return new BrokenHostKeys.Target(target) {
            @Override
            public String remoteUser() {
              String user = first.get();
              return user == null ? super.remoteUser() : user;
            }
          };
        }
      };
    }
  }
}
