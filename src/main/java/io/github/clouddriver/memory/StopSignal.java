package io.github.clouddriver.memory;

import io.github.clouddriver.error.StoppedException;

/**
 * Whether one set has been stopped, by itself or by the end of its cloud; ends the waits of its
 * calls (clause S9). Thread-safe; once stopped it stays so.
 */
final class StopSignal {
  private final Signal signal = new Signal();
  private volatile boolean stopped;

  void stop() {
    stopped = true;
    signal.fire();
  }

  boolean isStopped() {
    return stopped;
  }

  /**
   * Refuses a remote call after the stop.
   *
   * @param call for the message, such as {@code create}
   * @throws StoppedException if the set is stopped
   */
  void check(String call) {
    if (stopped) {
      throw new StoppedException(call + " was called after the instance set had been stopped");
    }
  }

  /** Fired by the stop. */
  Signal signal() {
    return signal;
  }
}
