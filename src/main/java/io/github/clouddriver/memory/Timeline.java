package io.github.clouddriver.memory;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * A value that changes over time and can be asked for as of any instant. Guarded by its owner's
 * lock.
 */
final class Timeline<T> {
  private record Change<T>(Instant at, T value) {}

  private final Deque<Change<T>> changes = new ArrayDeque<>();

  /** The value has held for ever. */
  Timeline(T first) {
    changes.add(new Change<>(Instant.MIN, first));
  }

  /** Changes the value; a time before the last change counts as the time of that change. */
  void set(Instant at, T value) {
    Instant last = changes.getLast().at();
    changes.addLast(new Change<>(at.isBefore(last) ? last : at, value));
  }

  T latest() {
    return changes.getLast().value();
  }

  /** The value as of an instant: of changes at that very instant the last one made. */
  T at(Instant instant) {
    for (Iterator<Change<T>> latestFirst = changes.descendingIterator(); latestFirst.hasNext(); ) {
      Change<T> change = latestFirst.next();
      if (!change.at().isAfter(instant)) {
        return change.value();
      }
    }
    return changes.getFirst().value();
  }

  /** Forgets what only matters to instants before this one. */
  void forgetBefore(Instant instant) {
    Change<T> first = changes.removeFirst();
    while (!changes.isEmpty() && !changes.getFirst().at().isAfter(instant)) {
      first = changes.removeFirst();
    }
    changes.addFirst(first);
  }
}
