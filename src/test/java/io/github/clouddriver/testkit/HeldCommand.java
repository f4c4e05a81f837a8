package io.github.clouddriver.testkit;

import io.github.clouddriver.memory.ShellCall;
import io.github.clouddriver.memory.ShellExit;
import io.github.clouddriver.memory.ShellScript;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A command that writes one byte and then runs until the test releases it, whatever signal it is
 * sent. Thread-safe.
 */
final class HeldCommand implements ShellScript {
  private final CountDownLatch released = new CountDownLatch(1);
  private final AtomicInteger running = new AtomicInteger();
  private final List<String> signals = new CopyOnWriteArrayList<>();
  private volatile boolean abandoned;

  void release() {
    released.countDown();
  }

  /** How many of it run now. */
  int running() {
    return running.get();
  }

  /** The signals that it was sent. */
  List<String> signals() {
    return signals;
  }

  /** Whether a channel that it ran on was closed before its end. */
  boolean isAbandoned() {
    return abandoned;
  }

  @Override
  public ShellExit run(ShellCall call) throws IOException, InterruptedException {
    running.incrementAndGet();
    call.onSignal(signals::add);
    try {
      call.stdout().write('.');
      released.await();
    } catch (InterruptedException e) {
      abandoned = true;
      throw e;
    } finally {
      running.decrementAndGet();
    }
    return ShellExit.OK;
  }
}
