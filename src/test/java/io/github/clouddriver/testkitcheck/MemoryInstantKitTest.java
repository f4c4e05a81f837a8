package io.github.clouddriver.testkitcheck;

import java.util.function.UnaryOperator;

/** Whatever the in-memory cloud does, it does at once. */
class MemoryInstantKitTest extends MemoryKit {
  MemoryInstantKitTest() {
    super(UnaryOperator.identity());
  }
}
