package io.github.clouddriver.testkit;

import org.jspecify.annotations.Nullable;

/**
 * What the executor's parts of the kit have in common. A part can be run alone: a test class
 * extends it and overrides {@link #subject()}; {@link ExecutorKit} runs all of them.
 *
 * <p>The servers are instances of a {@code MemoryCloud}, which needs Apache MINA SSHD at test time.
 */
public abstract class ExecutorContract extends KitTest {
  private @Nullable ExecutorLab lab;

  /** For the parts of the kit. */
  ExecutorContract() {}

  /**
   * The executor to be tested.
   *
   * @return the same object during one test
   */
  protected abstract ExecutorUnderTest subject();

  @Override
  final Bench begin(KitRun run, Clause clause, SetThreads threads) {
    lab = new ExecutorLab(subject(), run, clause, threads);
    return lab;
  }

  /** What a test works with. */
  final ExecutorLab lab() {
    if (lab == null) {
      throw new IllegalStateException("no test is running");
    }
    return lab;
  }
}
