package io.github.clouddriver.ssh;

import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that all executors share: for connecting, for the callers' streams, for goodbyes.
 * They are daemons, made as they are needed and gone after a short idle time, so nothing has to be
 * shut down. Safe for use by any thread.
 */
final class Workers {
  /** How the name of each of them begins. */
  static final String PREFIX = "cloud-driver-ssh";

  private static final int IDLE_SECONDS = 2;

  private static final ThreadPoolExecutor POOL =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          Workers::thread);

  private Workers() {}

  private static Thread thread(Runnable work) {
    // No inherited thread locals: the thread outlives the call that happened to need it first.
    Thread thread = new Thread(null, work, PREFIX, 0, false);
    thread.setDaemon(true);
    return thread;
  }

  /** Runs a task, which catches what it throws, on a thread whose name says what it does. */
  static void run(String what, Runnable task) {
    POOL.execute(
        () -> {
          Thread thread = Thread.currentThread();
          thread.setName(PREFIX + " " + what);
          try {
            task.run();
          } finally {
            thread.setName(PREFIX);
          }
        });
  }
}
