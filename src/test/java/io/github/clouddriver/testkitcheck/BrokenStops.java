package io.github.clouddriver.testkitcheck;

import io.github.clouddriver.InstanceSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;

/** Drivers that do not stop as they should. */
final class BrokenStops {
  private BrokenStops() {}

  /** Leaves a thread behind. */
  @Breaks("S9")
  static final class LeaksAThread extends BrokenDriver {
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void endThreads() {
      end.countDown();
    }

    @Override
    InstanceSet broken(InstanceSet set) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  end.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              },
              "leaked");
      thread.setDaemon(true);
      thread.start();
      return new OfBroken(set);
    }
  }

  /** Takes a second stop for a mistake. */
  @Breaks("S9")
  static final class StopsOnlyOnce extends BrokenDriver {
    @Override
    InstanceSet broken(InstanceSet set) {
      return new OfBroken(set) {
        private final AtomicBoolean stopped = new AtomicBoolean();

        @Override
        public void stop() {
          if (stopped.getAndSet(true)) {
            throw new IllegalStateException("stopped already");
          }
          super.stop();
        }
      };
    }
  }
}
