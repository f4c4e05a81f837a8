package io.github.clouddriver.ssh;

import java.time.Duration;

/** A point of the monotonic clock after which nobody waits any more. Immutable. */
final class Deadline {
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private final Duration limit;
  private final long end;

  private Deadline(Duration limit) {
    this.limit = limit;
    this.end = System.nanoTime() + nanos(limit);
  }

  static Deadline in(Duration limit) {
    return new Deadline(limit);
  }

  /**
   * A length of time that a timer can handle: a century stands for anything longer, zero for
   * anything less.
   */
  static long nanos(Duration limit) {
    if (limit.isNegative()) {
      return 0;
    }
    return (limit.compareTo(LONGEST) > 0 ? LONGEST : limit).toNanos();
  }

  /** Zero once it has passed. */
  long remainingNanos() {
    return Math.max(0, end - System.nanoTime());
  }

  boolean isOver() {
    return remainingNanos() == 0;
  }

  /** The length of time that was set, for messages. */
  String limit() {
    return words(limit);
  }

  static String words(Duration limit) {
    return limit.toNanosPart() == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
  }
}
