package io.github.clouddriver.memory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/**
 * What an in-memory instance does for a command. Called on a thread of its own for each command,
 * several at once; the thread is interrupted when the client closes the channel or its connection
 * ends, or the cloud is closed.
 */
@FunctionalInterface
public interface ShellScript {

  /**
   * Runs the command.
   *
   * @param call the command and its streams
   * @return how it ended
   * @throws IOException if a stream failed; the client is then never told how the command ended
   * @throws InterruptedException if nobody waits for the command any more
   */
  ShellExit run(ShellCall call) throws IOException, InterruptedException;

  /**
   * Writes to standard output and ends well.
   *
   * @param stdout the text, sent as UTF-8; no line end is added
   * @return a script
   */
  static ShellScript reply(String stdout) {
    return reply(0, stdout, "");
  }

  /**
   * Writes to both outputs and ends with a status.
   *
   * @param status 0 to 255
   * @param stdout the text, sent as UTF-8; no line end is added
   * @param stderr the same for standard error
   * @return a script
   * @throws IllegalArgumentException if no process has such a status
   */
  static ShellScript reply(int status, String stdout, String stderr) {
    ShellExit exit = ShellExit.status(status);
    return call -> {
      call.stdout().write(stdout.getBytes(StandardCharsets.UTF_8));
      call.stderr().write(stderr.getBytes(StandardCharsets.UTF_8));
      return exit;
    };
  }

  /**
   * Writes nothing and ends.
   *
   * @param exit how
   * @return a script
   */
  static ShellScript exit(ShellExit exit) {
    return call -> exit;
  }

  /**
   * Writes nothing and never ends by itself.
   *
   * @return a script that ends when the client closes the channel or sends a signal
   */
  static ShellScript hang() {
    return call -> {
      CountDownLatch signalled = new CountDownLatch(1);
      String[] name = new String[1];
      call.onSignal(
          each -> {
            name[0] = each;
            signalled.countDown();
          });
      signalled.await();
      return ShellExit.signal(name[0]);
    };
  }
}
