package io.github.clouddriver.testkitcheck;

import io.github.clouddriver.exec.ExecResult;
import io.github.clouddriver.exec.Executor;
import io.github.clouddriver.exec.ExecutorException;
import io.github.clouddriver.exec.ExecutorTarget;
import io.github.clouddriver.exec.HostPort;
import io.github.clouddriver.exec.Phase;
import io.github.clouddriver.exec.RemoteCommand;
import io.github.clouddriver.exec.SshSigner;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Executors that are wrong about the connection that commands share. */
final class BrokenConnections {
  private BrokenConnections() {}

  /** Gives up for good when a connection is lost under a command. */
  @Breaks("E4")
  static final class NeverReconnects extends BrokenExecutor {
    @Override
    Executor broken(Duration limit) {
      return new Decorator(limit) {
        private volatile @Nullable ExecutorException lost;

        @Override
        public ExecResult execute(RemoteCommand command) throws IOException, InterruptedException {
          ExecutorException before = lost;
          if (before != null) {
            throw before;
          }
          try {
            return super.execute(command);
          } catch (ExecutorException e) {
            if (isLoss(e)) {
              lost = e;
            }
            throw e;
          }
        }
      };
    }
  }

  /** Whether this was a connection, and not a deadline or a channel. */
  private static boolean isLoss(ExecutorException e) {
    // A connection can break before the client has read that the command starts.
    return e.commandMayHaveStarted() && e.getCause() != null;
  }

  /** Asks a target for its address once. */
  @Breaks("E4")
  static final class RemembersTheAddress extends BrokenExecutor {
    @Override
    Executor broken(Duration limit) {
      return new BrokenHostKeys.OfOtherTargets(right(limit)) {
        @Override
        ExecutorTarget other(ExecutorTarget target) {
          return new BrokenHostKeys.Target(target) {
            private volatile Optional<HostPort> known = Optional.empty();

            @Override
            public Optional<HostPort> address() {
              if (known.isEmpty()) {
                known = super.address();
              }
              return known;
            }
          };
        }
      };
    }
  }

  /** Tries again, whatever may have happened. */
  @Breaks("E4")
  static final class RunsACommandAgainAfterALoss extends BrokenExecutor {
    @Override
    Executor broken(Duration limit) {
      return new Decorator(limit) {
        private volatile boolean closed;

        @Override
        public ExecResult execute(RemoteCommand command) throws IOException, InterruptedException {
          try {
            return super.execute(command);
          } catch (ExecutorException e) {
            if (closed || !isLoss(e)) {
              throw e;
            }
            return super.execute(command);
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

  /** Makes a connection for each of the calls at the same time. */
  @Breaks("E7")
  static final class ConnectsForEveryCall extends BrokenExecutor {
    @Override
    Executor broken(Duration limit) {
      Queue<Executor> idle = new ConcurrentLinkedQueue<>();
      Set<Executor> all = ConcurrentHashMap.newKeySet();
      return new Decorator(limit) {
        private volatile SshSigner[] keys = {};

        @Override
        public void setSigners(SshSigner... signers) {
          super.setSigners(signers);
          keys = signers;
        }

        @Override
        public ExecResult execute(RemoteCommand command) throws IOException, InterruptedException {
          ExecutorTarget target = target();
          super.setSigners(keys); // fails where this is closed
          Executor own = idle.poll();
          if (own == null) {
            own = right(limit);
            all.add(own);
          }
          own.setSigners(keys);
          if (target != null) {
            own.setTarget(target);
          }
          try {
            return own.execute(command);
          } finally {
            idle.add(own);
          }
        }

        @Override
        public void close() {
          super.close();
          all.forEach(Executor::close);
        }
      };
    }
  }

  /** Takes one command for all that a server can run. */
  @Breaks("E7")
  static final class GivesUpWithoutAChannel extends BrokenExecutor {
    @Override
    Executor broken(Duration limit) {
      Map<ExecutorTarget, AtomicInteger> running = new ConcurrentHashMap<>();
      return new Decorator(limit) {
        @Override
        public ExecResult execute(RemoteCommand command) throws IOException, InterruptedException {
          ExecutorTarget target = target();
          if (target == null) {
            return super.execute(command);
          }
          AtomicInteger here = running.computeIfAbsent(target, any -> new AtomicInteger());
          try {
            if (here.incrementAndGet() > 1) {
              throw new ExecutorException("no channel is free", Phase.CHANNEL, false, null);
            }
            return super.execute(command);
          } finally {
            here.decrementAndGet();
          }
        }
      };
    }
  }
}
