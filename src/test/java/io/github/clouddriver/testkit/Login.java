package io.github.clouddriver.testkit;

import io.github.clouddriver.Instance;
import io.github.clouddriver.InstanceSet;
import io.github.clouddriver.exec.ExecResult;
import io.github.clouddriver.exec.Executor;
import io.github.clouddriver.exec.SshSigner;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Runs commands on the kit's instances, with the kit's key. */
final class Login {
  private Login() {}

  /**
   * Runs a command as soon as the instance lets somebody in; excuses the test where nobody can log
   * in to what the kit creates.
   */
  static ExecResult run(Lab lab, InstanceSet set, Instance made, String command) throws Exception {
    AtomicReference<@Nullable IOException> last = new AtomicReference<>();
    AtomicReference<@Nullable ExecResult> result = new AtomicReference<>();
    try (Executor executor =
        lab.subject()
            .executor()
            .orElseThrow(() -> Lab.excuse("executor() is empty: nobody can log in"))) {
      executor.setSigners(SshSigner.of(Keys.pair()));
      lab.pace()
          .settles(
              () -> {
                executor.setTarget(lab.find(set, made.id()).orElse(made));
                try {
                  result.set(executor.execute(command, null));
                } catch (IOException e) {
                  last.set(e);
                }
                return result.get() != null;
              });
    }
    ExecResult ended = result.get();
    if (ended == null) {
      throw lab.breach(
          "nobody could log in to " + made + " within " + lab.pace().settle() + ": " + last + ".",
          "does the key reach the instance, and does it boot within settleTimeout()?",
          last.get());
    }
    return ended;
  }
}
