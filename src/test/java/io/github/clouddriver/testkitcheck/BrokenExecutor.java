package io.github.clouddriver.testkitcheck;

import io.github.clouddriver.exec.ExecResult;
import io.github.clouddriver.exec.Executor;
import io.github.clouddriver.exec.ExecutorTarget;
import io.github.clouddriver.exec.RemoteCommand;
import io.github.clouddriver.exec.SshSigner;
import io.github.clouddriver.ssh.SshExecutor;
import io.github.clouddriver.testkit.ExecutorKit;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The kit on an executor that is wrong on purpose: {@link SshExecutor} with a decorator around it,
 * or around its targets, that breaks what {@link Breaks} names.
 */
abstract class BrokenExecutor extends ExecutorKit {

  @Override
  public final Executor executor(Duration limit) {
    return broken(limit);
  }

  /** An executor with something wrong. */
  abstract Executor broken(Duration limit);

  /** All deadlines but that of commands. */
  static SshExecutor.Builder builder(Duration limit) {
    return SshExecutor.builder()
        .connectTimeout(limit)
        .keyExchangeTimeout(limit)
        .hostKeyTimeout(limit)
        .authenticationTimeout(limit)
        .channelTimeout(limit);
  }

  static SshExecutor right(Duration limit) {
    return builder(limit).build();
  }

  /** Passes everything on. */
  static class Decorator implements Executor {
    final Executor right;

    Decorator(Duration limit) {
      this(right(limit));
    }

    Decorator(Executor right) {
      this.right = right;
    }

    @Override
    public void setSigners(SshSigner... signers) {
      right.setSigners(signers);
    }

    @Override
    public void setTarget(ExecutorTarget target) {
      right.setTarget(target);
    }

    @Override
    public @Nullable ExecutorTarget target() {
      return right.target();
    }

    @Override
    public ExecResult execute(RemoteCommand command) throws IOException, InterruptedException {
      return right.execute(command);
    }

    @Override
    public void close() {
      right.close();
    }
  }

  /** A copy of a command, to be changed. */
  static RemoteCommand.Builder copy(RemoteCommand command) {
    return copy(command, command.text());
  }

  static RemoteCommand.Builder copy(RemoteCommand command, String text) {
    return RemoteCommand.builder(text)
        .stdin(command.stdin().orElse(null))
        .environment(command.environment())
        .stdoutSink(command.stdoutSink().orElse(null))
        .stderrSink(command.stderrSink().orElse(null))
        .deadline(command.deadline().orElse(null))
        .captureLimit(command.captureLimit());
  }

  /** A copy of a result, to be changed. */
  static ExecResult.Builder copy(ExecResult result) {
    ExecResult.Builder copy =
        ExecResult.builder()
            .stdout(result.stdout(), result.stdoutCut())
            .stderr(result.stderr(), result.stderrCut());
    result.exitStatus().ifPresent(copy::exitStatus);
    result.exitSignal().ifPresent(copy::exitSignal);
    return copy;
  }
}
