package io.github.clouddriver.ssh;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Notices that a connection takes no data at all: that somebody is writing, and that nobody's
 * packet got away for as long as the limit. It looks {@value #LOOKS} times within the limit, and
 * only while there is something to look at, so that a packet costs no timer of its own. Safe for
 * use by any thread.
 */
final class WriteWatch {
  static final int LOOKS = 4;

  private final long interval;
  private final String what;
  private final Runnable stuck;
  private final AtomicInteger writing = new AtomicInteger();
  private final AtomicLong written = new AtomicLong();

  /** Whether a look is due; whoever makes it true sets the alarm for it. */
  private final AtomicBoolean looking = new AtomicBoolean();

  private volatile boolean stopped;
  private volatile @Nullable Alarm alarm;

  // Of the looks, of which there is one at a time.
  private long writtenBefore;
  private int inVain;

  /**
   * A watch over nobody yet.
   *
   * @param stuck called, once, when the limit has passed; may be called up to a quarter of it late
   */
  WriteWatch(long limitNanos, String what, Runnable stuck) {
    this.interval = Math.max(1, limitNanos / LOOKS);
    this.what = what;
    this.stuck = stuck;
  }

  /** A thread is about to write a packet, and calls {@link #end} whatever becomes of it. */
  void begin() {
    writing.incrementAndGet();
    if (!looking.get() && looking.compareAndSet(false, true)) {
      writtenBefore = written.get();
      inVain = 0;
      lookLater();
    }
  }

  void end() {
    written.incrementAndGet();
    writing.decrementAndGet();
  }

  private void lookLater() {
    Alarm next = Alarm.after(interval, what, this::look);
    alarm = next;
    if (stopped) {
      next.cancel();
    }
  }

  /** Of these there is one at a time. */
  void look() {
    if (writing.get() == 0) {
      looking.set(false);
      // Somebody who began in between saw that a look was due, and relied on it.
      if (writing.get() == 0 || !looking.compareAndSet(false, true)) {
        return;
      }
    }
    long now = written.get();
    inVain = now == writtenBefore ? inVain + 1 : 0;
    writtenBefore = now;
    if (inVain == LOOKS) {
      stuck.run();
    } else {
      lookLater();
    }
  }

  /** Looks no more. */
  void stop() {
    stopped = true;
    Alarm next = alarm;
    if (next != null) {
      next.cancel();
    }
  }
}
