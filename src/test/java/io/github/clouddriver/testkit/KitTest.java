package io.github.clouddriver.testkit;

import org.junit.jupiter.api.extension.ExtendWith;

/** A class of tests that are named after clauses, whatever it is that they test. */
@ExtendWith(KitExtension.class)
abstract class KitTest {

  /** What one test works with. */
  interface Bench {

    /** Cleans up after the test; raises the first of what is left over. */
    void cleanUp() throws Exception;
  }

  /** Begins a test. */
  abstract Bench begin(KitRun run, Clause clause, SetThreads threads);
}
