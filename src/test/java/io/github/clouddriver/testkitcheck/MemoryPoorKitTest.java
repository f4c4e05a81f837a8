package io.github.clouddriver.testkitcheck;

import io.github.clouddriver.Capability;
import java.util.Set;

/** Nothing optional is claimed, so everything optional fails cleanly. */
class MemoryPoorKitTest extends MemoryKit {
  MemoryPoorKitTest() {
    super(builder -> builder.capabilities(Set.of(Capability.INIT_COMMAND)));
  }
}
