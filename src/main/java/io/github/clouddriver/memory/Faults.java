package io.github.clouddriver.memory;

import io.github.clouddriver.InstanceId;
import io.github.clouddriver.error.CloudException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What is scripted to go wrong in one {@link MemoryCloud}; its calls come here before they do
 * anything.
 *
 * <pre>{@code
 * cloud.faults().add(Operation.CREATE, Fault.quota(), Fault.capacity(CapacityScope.ALL));
 * // the first create raises a quota error, the second a capacity error, the third works
 * }</pre>
 *
 * <p>A call takes the oldest queued fault of its operation; without one, the standing fault;
 * without that, whatever the random plan draws. Calls of all the cloud's sets count alike. Safe for
 * use by several threads; no method blocks.
 */
public final class Faults {
  private final CloudTime time;
  private final AtomicLong requests = new AtomicLong();

  /** Guards everything below. Held for look-ups only: a fault that waits is waited out without. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Map<Operation, Queue<Fault>> queued = new EnumMap<>(Operation.class);
  private final Map<Operation, Fault> standing = new EnumMap<>(Operation.class);
  private RandomPlan plan = RandomPlan.NONE;
  private final Map<InstanceId, Integer> hiddenFromLists = new HashMap<>();
  private final Map<InstanceId, SshFault> brokenSsh = new HashMap<>();

  Faults(CloudTime time) {
    this.time = Objects.requireNonNull(time, "time");
  }

  /**
   * Queues faults: each hits one call of the operation, in this order, after those queued before.
   *
   * @param operation which calls
   * @param faults what happens to them
   * @throws IllegalArgumentException if one of them is not for that operation; then none is queued
   */
  public void add(Operation operation, Fault... faults) {
    for (Fault fault : faults) {
      checkSuits(fault, operation);
    }
    lock.lock();
    try {
      Collections.addAll(queued.computeIfAbsent(operation, any -> new ArrayDeque<>()), faults);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Makes a fault hit every call of the operation that no queued fault hits, until {@link #clear};
   * replaces an earlier one. {@link Fault#none} exempts the operation from the random plan.
   *
   * @param operation which calls
   * @param fault what happens to them
   * @throws IllegalArgumentException if it is not for that operation
   */
  public void always(Operation operation, Fault fault) {
    checkSuits(fault, operation);
    lock.lock();
    try {
      standing.put(operation, fault);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Makes faults hit at random, for soak runs; replaces an earlier plan, and without chances ends
   * it.
   *
   * <p>The same seed and chances always hit the same calls: whether the n-th call of an operation
   * under the plan is hit, and by what, depends on nothing else. Print the seed when a test fails.
   *
   * @param seed any number
   * @param chances how often what happens to which calls; those of one operation add up to no more
   *     than 1
   * @throws IllegalArgumentException if they add up to more
   */
  public void random(long seed, FaultChance... chances) {
    RandomPlan replacement = new RandomPlan(seed, List.of(chances));
    lock.lock();
    try {
      plan = replacement;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Breaks SSH to one instance, for every new connection until {@link #repairSsh} or {@link
   * #clear}; replaces an earlier breakage. {@link Fault#breakSsh} does the same to an instance that
   * is yet to be created.
   *
   * @param instance which one
   * @param how in what way
   */
  public void breakSsh(InstanceId instance, SshFault how) {
    Objects.requireNonNull(instance, "instance");
    Objects.requireNonNull(how, "how");
    lock.lock();
    try {
      brokenSsh.put(instance, how);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Makes SSH to one instance work again; does nothing if it does.
   *
   * @param instance which one
   */
  public void repairSsh(InstanceId instance) {
    lock.lock();
    try {
      brokenSsh.remove(instance);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Removes everything that is scripted and repairs what lasts: instances dropped from lists appear
   * again, broken SSH works. Calls that are already held or delayed stay so.
   */
  public void clear() {
    lock.lock();
    try {
      queued.clear();
      standing.clear();
      plan = RandomPlan.NONE;
      hiddenFromLists.clear();
      brokenSsh.clear();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The queued faults that no call has met yet; a test that expects each to have happened asserts
   * that there are none.
   *
   * @return an unmodifiable snapshot without empty queues, oldest fault first
   */
  public Map<Operation, List<Fault>> pending() {
    Map<Operation, List<Fault>> snapshot = new EnumMap<>(Operation.class);
    lock.lock();
    try {
      queued.forEach(
          (operation, faults) -> {
            if (!faults.isEmpty()) {
              snapshot.put(operation, List.copyOf(new ArrayList<>(faults)));
            }
          });
    } finally {
      lock.unlock();
    }
    return Collections.unmodifiableMap(snapshot);
  }

  @Override
  public String toString() {
    return "Faults" + pending();
  }

  /** What the account does between the way there and the way back. */
  @FunctionalInterface
  interface Commit<T> {
    T run() throws CloudException;
  }

  /** A new call to the provider, with the fault that is to hit it. */
  FaultCall begin(Operation operation, StopSignal stop) {
    return new FaultCall(operation, next(operation), this, time, stop, newRequestId());
  }

  /** The provider's id of a call that has just come in. */
  String newRequestId() {
    return String.format("req-%08x", requests.incrementAndGet());
  }

  /** A whole call that needs nothing but a commit between the way there and the way back. */
  <T> T around(Operation operation, StopSignal stop, Commit<T> commit)
      throws CloudException, InterruptedException {
    FaultCall call = begin(operation, stop);
    call.beforeCommit();
    T result = commit.run();
    call.afterCommit();
    return result;
  }

  /** How SSH is broken for a connection to that instance that has just come in. */
  Optional<SshFault> sshFault(InstanceId id) {
    if (next(Operation.SSH) instanceof Effect.BreakSsh broken) {
      return Optional.of(broken.how());
    }
    lock.lock();
    try {
      return Optional.ofNullable(brokenSsh.get(id));
    } finally {
      lock.unlock();
    }
  }

  void hide(InstanceId id, int lists) {
    lock.lock();
    try {
      hiddenFromLists.put(id, lists);
    } finally {
      lock.unlock();
    }
  }

  /** Whether a list must leave out this instance; counts. */
  boolean hides(InstanceId id) {
    lock.lock();
    try {
      Integer lists = hiddenFromLists.get(id);
      if (lists == null) {
        return false;
      }
      hiddenFromLists.computeIfPresent(id, (any, left) -> left == 1 ? null : left - 1);
      return true;
    } finally {
      lock.unlock();
    }
  }

  static void checkSuits(Fault fault, Operation operation) {
    if (!Effect.suits(Objects.requireNonNull(fault, "fault"), operation)) {
      throw new IllegalArgumentException(
          "\""
              + fault
              + "\" cannot happen to "
              + operation
              + "; it is for "
              + Effect.suitable(fault));
    }
  }

  private Fault next(Operation operation) {
    lock.lock();
    try {
      Queue<Fault> queue = queued.get(operation);
      Fault first = queue == null ? null : queue.poll();
      if (first != null) {
        return first;
      }
      Fault always = standing.get(operation);
      return always != null ? always : plan.draw(operation);
    } finally {
      lock.unlock();
    }
  }
}
