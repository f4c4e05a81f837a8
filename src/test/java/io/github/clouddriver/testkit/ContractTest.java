package io.github.clouddriver.testkit;

import org.jspecify.annotations.Nullable;

/**
 * What all parts of the kit have in common. A part can be run alone: a test class extends it and
 * overrides {@link #subject()}; {@link DriverKit} runs all of them.
 */
public abstract class ContractTest extends KitTest {
  private @Nullable Lab lab;

  /** For the parts of the kit. */
  ContractTest() {}

  /**
   * The driver to be tested.
   *
   * @return the same object during one test
   */
  protected abstract DriverUnderTest subject();

  @Override
  final Bench begin(KitRun run, Clause clause, SetThreads threads) {
    lab = new Lab(subject(), run, clause, threads);
    return lab;
  }

  /** What a test works with. */
  final Lab lab() {
    if (lab == null) {
      throw new IllegalStateException("no test is running");
    }
    return lab;
  }
}
