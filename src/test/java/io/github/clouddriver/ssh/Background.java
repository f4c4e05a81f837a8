package io.github.clouddriver.ssh;

import io.github.clouddriver.exec.ExecResult;
import io.github.clouddriver.exec.RemoteCommand;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** A call on a thread of its own, which the test can interrupt. */
final class Background {
  final CompletableFuture<ExecResult> result = new CompletableFuture<>();
  final Thread thread;

  private Background(Callable<ExecResult> call) {
    thread =
        new Thread(
            () -> {
              try {
                result.complete(call.call());
              } catch (Throwable t) {
                result.completeExceptionally(t);
              }
            },
            "background call");
    thread.setDaemon(true);
    thread.start();
  }

  static Background run(Callable<ExecResult> call) {
    return new Background(call);
  }

  static Background execute(SshExecutor executor, String text) {
    return new Background(() -> executor.execute(text, null));
  }

  static Background execute(SshExecutor executor, RemoteCommand command) {
    return new Background(() -> executor.execute(command));
  }

  /** What the call throws; waits for its end. */
  Throwable thrown() {
    return result.handle((done, failure) -> failure).join();
  }
}
