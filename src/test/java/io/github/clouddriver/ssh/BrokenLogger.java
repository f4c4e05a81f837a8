package io.github.clouddriver.ssh;

import static org.mockito.Mockito.mock;

import org.slf4j.Logger;

/** A logger that throws whatever it is told. */
final class BrokenLogger {
  private BrokenLogger() {}

  static Logger make() {
    return mock(
        Logger.class,
        call -> {
          throw new IllegalStateException("the logger is broken");
        });
  }
}
