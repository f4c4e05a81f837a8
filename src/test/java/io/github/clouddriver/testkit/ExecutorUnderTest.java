package io.github.clouddriver.testkit;

import io.github.clouddriver.exec.Executor;
import java.time.Duration;

/** The executor that the kit tests. A new object is made for each test. */
public interface ExecutorUnderTest {

  /**
   * A new executor, without a target and without signers. It connects to SSH servers on the
   * loopback address, and sends a command without an environment as it is.
   *
   * @param limit the deadline of each phase before a command's run: connecting, key exchange,
   *     verification of the host key, login, opening a channel (clause E5)
   * @return any executor; the kit closes it
   */
  Executor executor(Duration limit);
}
