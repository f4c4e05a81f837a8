package io.github.clouddriver.testkit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What all parts of the kit have in common. A part can be run alone: a test class extends it and
 * overrides {@link #subject()}; {@link DriverKit} runs all of them.
 */
@ExtendWith(KitExtension.class)
public abstract class ContractTest {
  private @Nullable Lab lab;

  /** For the parts of the kit. */
  ContractTest() {}

  /**
   * The driver to be tested.
   *
   * @return the same object during one test
   */
  protected abstract DriverUnderTest subject();

  /** Begins a test. */
  final void use(Lab newLab) {
    lab = newLab;
  }

  /** What a test works with. */
  final Lab lab() {
    if (lab == null) {
      throw new IllegalStateException("no test is running");
    }
    return lab;
  }
}
