package io.github.clouddriver.memory;

import io.github.clouddriver.CreateRequest;
import io.github.clouddriver.InstanceId;
import io.github.clouddriver.InstanceState;
import io.github.clouddriver.InstanceTags;
import io.github.clouddriver.Interruption;
import io.github.clouddriver.exec.HostPort;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * What the provider knows of one instance: what was asked for and what has happened since. Every
 * answer follows from that and an instant, so no thread lives for it.
 *
 * <p>Thread-safe: the monitor guards every field that changes. Nothing that waits is called under
 * it.
 */
final class Machine {

  /** An announced stop, told from an instant on; at its deadline the instance ends. */
  private record Notice(Instant from, Interruption told, boolean ends) {}

  private final InstanceId id;
  private final SetIdentity owner;
  private final CreateRequest request;
  private final Timing timing;
  private final Instant createdAt;
  private final Guest guest;
  private final Supplier<@Nullable InstanceSsh> service;
  private final Timeline<InstanceTags> tags;
  private final List<Notice> notices = new ArrayList<>();
  private @Nullable InstanceSsh ssh; // null where instances do not answer SSH
  private HostPort addressWithoutSsh; // what they have then
  private boolean loginsEnded;
  private @Nullable Instant initializedAt;
  private @Nullable Instant destroyedAt;
  private @Nullable Instant lostAt;

  /**
   * A machine that begins to boot.
   *
   * @param number counts the machines of the account, from 1
   * @param logger where the machine tells of its own troubles
   */
  Machine(
      InstanceId id,
      long number,
      SetIdentity owner,
      CreateRequest request,
      Timing timing,
      Instant createdAt,
      Hosting hosting,
      Logger logger) {
    this.id = id;
    this.owner = owner;
    this.request = request;
    this.timing = timing;
    this.createdAt = createdAt;
    this.tags = new Timeline<>(request.tags());
    this.addressWithoutSsh = addressThatNobodyListensOn(number);
    this.guest = hosting.guest(this, logger);
    this.service = () -> hosting.servers() == null ? null : hosting.service(this, guest, logger);
    this.ssh = service.get();
  }

  /** On this host, a different one for each machine, and a port that no service is given. */
  private static HostPort addressThatNobodyListensOn(long number) {
    long n = number + 1; // 127.0.0.1 is left to others
    String host = String.format(Locale.ROOT, "127.%d.%d.%d", n >> 16 & 255, n >> 8 & 255, n & 255);
    return HostPort.of(host, 1);
  }

  InstanceId id() {
    return id;
  }

  SetIdentity owner() {
    return owner;
  }

  CreateRequest request() {
    return request;
  }

  Instant createdAt() {
    return createdAt;
  }

  /** The inside of the instance. */
  Guest guest() {
    return guest;
  }

  /** The init command has come to its end, or there was none. */
  synchronized void initialized(Instant now) {
    initializedAt = now;
  }

  synchronized InstanceTags tags(Instant asOf) {
    return tags.at(asOf);
  }

  synchronized InstanceTags latestTags() {
    return tags.latest();
  }

  /** Replaces the tags, unless the instance is gone; forgets what no list can show any more. */
  synchronized boolean setTags(InstanceTags replacement, Instant now, Duration listBound) {
    if (isGone(now)) {
      return false;
    }
    tags.set(now, replacement);
    tags.forgetBefore(now.minus(listBound));
    return true;
  }

  /** Begins the shutdown, unless it has begun already. */
  synchronized void destroy(Instant now) {
    if (destroyedAt == null) {
      destroyedAt = now;
    }
  }

  /** Ends the instance at once and without a shutdown, as a process that takes it along does. */
  synchronized void lose(Instant now) {
    if (lostAt == null) {
      lostAt = now;
    }
  }

  /** Announces a stop; a {@code REBALANCE} is a warning that the instance survives. */
  synchronized void interrupt(Interruption.Kind kind, Instant from, Duration notice) {
    Instant deadline = from.plus(notice);
    notices.add(
        new Notice(from, Interruption.of(kind, deadline), kind != Interruption.Kind.REBALANCE));
  }

  synchronized Optional<Interruption> interruption(Instant asOf) {
    Interruption latest = null;
    for (Notice notice : notices) {
      if (!notice.from().isAfter(asOf)) {
        latest = notice.told();
      }
    }
    return isGone(asOf) ? Optional.empty() : Optional.ofNullable(latest);
  }

  synchronized InstanceState state(Instant asOf) {
    if (isEnding(asOf)) {
      return InstanceState.SHUTTING_DOWN;
    }
    boolean ready =
        initializedAt != null
            && !initializedAt.isAfter(asOf)
            && !createdAt.plus(timing.bootDelay()).isAfter(asOf);
    return ready ? InstanceState.RUNNING : InstanceState.BOOTING;
  }

  /** Begins the SSH service, if there is to be one; hold no lock. Again it does nothing. */
  void beginLogins() {
    InstanceSsh current;
    synchronized (this) {
      current = ssh;
    }
    if (current != null) {
      current.begin();
    }
  }

  synchronized Optional<HostPort> address(Instant asOf) {
    if (!hasAddress(asOf)) {
      return Optional.empty();
    }
    return ssh == null ? Optional.of(addressWithoutSsh) : ssh.address();
  }

  /** Gives the machine another address, and takes the one it had away; hold no lock. */
  void moveAddress() {
    InstanceSsh next = service.get();
    if (next != null) {
      next.begin();
    }
    InstanceSsh unneeded;
    InstanceSsh before;
    synchronized (this) {
      before = ssh;
      ssh = next;
      unneeded = loginsEnded ? next : null;
      addressWithoutSsh = HostPort.of(addressWithoutSsh.host(), addressWithoutSsh.portOr(0) + 1);
    }
    if (before != null) {
      before.close();
    }
    if (unneeded != null) {
      unneeded.close();
    }
  }

  private boolean hasAddress(Instant asOf) {
    return !createdAt.plus(timing.addressDelay()).isAfter(asOf) && !isGone(asOf);
  }

  /** Ends the SSH service with its connections; hold no lock. Doing so again does nothing. */
  void endLogins() {
    InstanceSsh current;
    synchronized (this) {
      loginsEnded = true;
      current = ssh;
    }
    if (current != null) {
      current.close();
    }
  }

  /** Whether a list as of that instant has the instance, shutting down or not. */
  synchronized boolean exists(Instant asOf) {
    return !createdAt.isAfter(asOf) && !isGone(asOf);
  }

  /** Whether the instance shuts down, or has done so. */
  synchronized boolean isEnding(Instant asOf) {
    Instant end = endsAt();
    return end != null && !end.isAfter(asOf);
  }

  synchronized boolean isGone(Instant asOf) {
    if (lostAt != null && !lostAt.isAfter(asOf)) {
      return true;
    }
    Instant end = endsAt();
    return end != null && !end.plus(timing.shutdownDelay()).isAfter(asOf);
  }

  /** When the shutdown begins; null while nothing is known to end the instance. */
  private @Nullable Instant endsAt() {
    Instant end = earlier(destroyedAt, lostAt);
    for (Notice notice : notices) {
      if (notice.ends()) {
        end = earlier(end, notice.told().deadline().orElseThrow());
      }
    }
    return end;
  }

  private static @Nullable Instant earlier(@Nullable Instant a, @Nullable Instant b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a.isBefore(b) ? a : b;
  }
}
