package io.github.clouddriver.testkitcheck;

import io.github.clouddriver.exec.ExecResult;
import io.github.clouddriver.exec.Executor;
import io.github.clouddriver.exec.ExecutorException;
import io.github.clouddriver.exec.Phase;
import io.github.clouddriver.exec.RemoteCommand;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;

/** Executors that are wrong about commands, their streams and their results. */
final class BrokenCommands {
  private BrokenCommands() {}

  /** Another result than the command's. */
  abstract static class OfAnotherResult extends BrokenExecutor {
    abstract ExecResult other(ExecResult result);

    @Override
    final Executor broken(Duration limit) {
      return new Decorator(limit) {
        @Override
        public ExecResult execute(RemoteCommand command) throws IOException, InterruptedException {
          return other(super.execute(command));
        }
      };
    }
  }

  /** Another command than the caller's. */
  abstract static class OfAnotherCommand extends BrokenExecutor {
    abstract RemoteCommand other(RemoteCommand command) throws IOException;

    @Override
    final Executor broken(Duration limit) {
      return new Decorator(limit) {
        @Override
        public ExecResult execute(RemoteCommand command) throws IOException, InterruptedException {
          return super.execute(other(command));
        }
      };
    }
  }

  /** Reads both outputs into one buffer. */
  @Breaks("E1")
  static final class MixesOutputs extends OfAnotherResult {
    @Override
    ExecResult other(ExecResult result) {
      if (result.stdoutCut() > 0 || result.stderrCut() > 0) {
        return result;
      }
      ByteArrayOutputStream both = new ByteArrayOutputStream();
      both.writeBytes(result.stdout());
      both.writeBytes(result.stderr());
      return copy(result).stdout(both.toByteArray(), 0).stderr(new byte[0], 0).build();
    }
  }

  /** Stops reading one byte before the end. */
  @Breaks("E1")
  static final class DropsTheLastByteOfStdout extends OfAnotherResult {
    @Override
    ExecResult other(ExecResult result) {
      byte[] out = result.stdout();
      return out.length == 0 || result.stdoutCut() > 0
          ? result
          : copy(result).stdout(Arrays.copyOf(out, out.length - 1), 0).build();
    }
  }

  /** Makes a status of a signal, as a shell does. */
  @Breaks("E1")
  static final class TellsASignalAsAStatus extends OfAnotherResult {
    @Override
    ExecResult other(ExecResult result) {
      return result.exitSignal().isEmpty() ? result : copy(result).exitStatus(128 + 15).build();
    }
  }

  /** Sends everything as ASCII. */
  @Breaks("E1")
  static final class SendsCommandsAsAscii extends OfAnotherCommand {
    @Override
    RemoteCommand other(RemoteCommand command) {
      byte[] ascii = command.text().getBytes(StandardCharsets.US_ASCII);
      return copy(command, new String(ascii, StandardCharsets.US_ASCII)).build();
    }
  }

  /** Sends all but the last byte. */
  @Breaks("E1")
  static final class DropsTheLastByteOfStdin extends OfAnotherCommand {
    @Override
    RemoteCommand other(RemoteCommand command) throws IOException {
      if (command.stdin().isEmpty()) {
        return command;
      }
      byte[] all = command.stdin().get().readAllBytes();
      return copy(command)
          .stdin(new ByteArrayInputStream(all, 0, Math.max(0, all.length - 1)))
          .build();
    }
  }

  /** Sends no EOF where there is no stdin. */
  @Breaks("E1")
  static final class LeavesStdinOpen extends BrokenExecutor {
    @Override
    Executor broken(Duration limit) {
      return new Decorator(limit) {
        private final CountDownLatch closed = new CountDownLatch(1);

        @Override
        public ExecResult execute(RemoteCommand command) throws IOException, InterruptedException {
          InputStream endless =
              new InputStream() {
                @Override
                public int read() throws IOException {
                  try {
                    closed.await();
                    return -1;
                  } catch (InterruptedException e) {
                    throw new IOException(e);
                  }
                }
              };
          return super.execute(
              command.stdin().isPresent() ? command : copy(command).stdin(endless).build());
        }

        @Override
        public void close() {
          closed.countDown();
          super.close();
        }
      };
    }
  }

  /** Closes what it has read. */
  @Breaks("E6")
  static final class ClosesStdin extends BrokenExecutor {
    @Override
    Executor broken(Duration limit) {
      return new Decorator(limit) {
        @Override
        public ExecResult execute(RemoteCommand command) throws IOException, InterruptedException {
          try {
            return super.execute(command);
          } finally {
            if (command.stdin().isPresent()) {
              command.stdin().get().close();
            }
          }
        }
      };
    }
  }

  /** Tells a missing address like any failure to connect. */
  @Breaks("E6")
  static final class CannotTellThatThereIsNoAddress extends BrokenExecutor {
    @Override
    Executor broken(Duration limit) {
      return new Decorator(limit) {
        @Override
        public ExecResult execute(RemoteCommand command) throws IOException, InterruptedException {
          var target = target();
          if (target != null && target.address().isEmpty()) {
            throw new ExecutorException("cannot connect to null", Phase.CONNECT, false, null);
          }
          return super.execute(command);
        }
      };
    }
  }

  /** Tells a missing target like any failure to connect. */
  @Breaks("E6")
  static final class CannotTellThatThereIsNoTarget extends BrokenExecutor {
    @Override
    Executor broken(Duration limit) {
      return new Decorator(limit) {
        @Override
        public ExecResult execute(RemoteCommand command) throws IOException, InterruptedException {
          if (target() == null) {
            throw new ExecutorException("cannot connect to null", Phase.CONNECT, false, null);
          }
          return super.execute(command);
        }
      };
    }
  }

  /** Takes another status than 0 for a failure. */
  @Breaks("E8")
  static final class RaisesForAStatus extends BrokenExecutor {
    @Override
    Executor broken(Duration limit) {
      return new Decorator(limit) {
        @Override
        public ExecResult execute(RemoteCommand command) throws IOException, InterruptedException {
          ExecResult result = super.execute(command);
          return result.exitSignal().isPresent() ? result : result.orThrow();
        }
      };
    }
  }

  /** Takes the end of the channel for the end of the command. */
  @Breaks("E8")
  static final class TakesALossForSuccess extends BrokenExecutor {
    @Override
    Executor broken(Duration limit) {
      return new Decorator(limit) {
        private volatile boolean closed;

        @Override
        public ExecResult execute(RemoteCommand command) throws IOException, InterruptedException {
          try {
            return super.execute(command);
          } catch (ExecutorException e) {
            if (e.phase() != Phase.COMMAND || command.deadline().isPresent() || closed) {
              throw e;
            }
            return ExecResult.builder().build();
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

  /** Keeps whatever comes. */
  @Breaks("E9")
  static final class CapturesWithoutABound extends OfAnotherCommand {
    @Override
    RemoteCommand other(RemoteCommand command) {
      return copy(command).captureLimit(Integer.MAX_VALUE).build();
    }
  }

  /** Drops what is too much, without a word. */
  @Breaks("E9")
  static final class DoesNotTellTheCut extends OfAnotherResult {
    @Override
    ExecResult other(ExecResult result) {
      return copy(result).stdout(result.stdout(), 0).stderr(result.stderr(), 0).build();
    }
  }

  /** Applies the limit of captures to sinks. */
  @Breaks("E9")
  static final class BoundsSinks extends OfAnotherCommand {
    @Override
    RemoteCommand other(RemoteCommand command) {
      UnaryOperator<OutputStream> bounded =
          sink ->
              new FilterOutputStream(sink) {
                private int left = command.captureLimit();

                @Override
                public void write(int b) throws IOException {
                  if (left-- > 0) {
                    super.write(b);
                  }
                }
              };
      return copy(command)
          .stdoutSink(command.stdoutSink().map(bounded).orElse(null))
          .stderrSink(command.stderrSink().map(bounded).orElse(null))
          .build();
    }
  }
}
