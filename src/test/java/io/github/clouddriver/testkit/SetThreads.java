package io.github.clouddriver.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The threads that were started during one test. Its methods run in a thread group of their own,
 * which every thread inherits that a driver starts in them. Thread-safe.
 */
final class SetThreads {

  /** Threads of the JDK itself, started once and for all by whoever comes first. */
  private static final List<String> OF_THE_JDK =
      List.of(
          "CompletableFutureDelayScheduler",
          "ForkJoinPool",
          "process reaper",
          "Common-Cleaner",
          "Cleaner-",
          "Keep-Alive-");

  private final ThreadGroup group;
  private final Set<Thread> own = ConcurrentHashMap.newKeySet();

  SetThreads(String test) {
    group = new ThreadGroup("contract kit: " + test);
  }

  /** A thread of the kit itself. */
  Thread start(String name, Runnable work) {
    Thread thread = new Thread(group, work, name);
    thread.setDaemon(true);
    own.add(thread);
    thread.start();
    return thread;
  }

  /** Whether the calling thread belongs to the test. */
  boolean areRunning() {
    return group.parentOf(Thread.currentThread().getThreadGroup());
  }

  /** What lives and is neither the kit's, nor the JDK's, nor the provider's. */
  List<Thread> ofTheDriver(DriverUnderTest subject) {
    return left().stream().filter(thread -> !subject.belongsToProvider(thread)).toList();
  }

  /** What lives and is neither the kit's nor the JDK's. */
  List<Thread> left() {
    Thread[] all = new Thread[group.activeCount() + 64];
    int count = group.enumerate(all, true);
    List<Thread> left = new ArrayList<>();
    for (Thread thread : Arrays.asList(all).subList(0, count)) {
      if (thread.isAlive()
          && !own.contains(thread)
          && OF_THE_JDK.stream().noneMatch(thread.getName()::startsWith)) {
        left.add(thread);
      }
    }
    return left;
  }
}
