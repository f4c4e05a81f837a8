package io.github.clouddriver.testkitcheck;

import io.github.clouddriver.InstanceId;
import io.github.clouddriver.Interruption;
import io.github.clouddriver.error.CapacityScope;
import io.github.clouddriver.memory.Fault;
import io.github.clouddriver.memory.Hold;
import io.github.clouddriver.memory.MemoryCloud;
import io.github.clouddriver.memory.Operation;
import io.github.clouddriver.testkit.ProviderFaults;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The kit's faults, scripted in the in-memory cloud. */
final class MemoryFaults implements ProviderFaults {
  private static final Duration WHERE_NOTHING_IS_SAID = Duration.ofSeconds(1);

  private final MemoryCloud cloud;
  private final int pageSize;
  private final List<Hold> holds = new CopyOnWriteArrayList<>();

  MemoryFaults(MemoryCloud cloud, int pageSize) {
    this.cloud = cloud;
    this.pageSize = pageSize;
  }

  private boolean next(Call call, Fault fault) {
    cloud.faults().add(Operation.valueOf(call.name()), fault);
    return true;
  }

  @Override
  public boolean throttle(Call call, @Nullable Duration retryAfter) {
    return next(call, Fault.rateLimit(retryAfter == null ? WHERE_NOTHING_IS_SAID : retryAfter));
  }

  @Override
  public boolean exhaustQuota() {
    return next(Call.CREATE, Fault.quota());
  }

  @Override
  public boolean exhaustCapacity(CapacityScope scope) {
    return next(Call.CREATE, Fault.capacity(scope));
  }

  @Override
  public boolean fail(Call call) {
    return next(call, Fault.error("the provider failed, as it was told to"));
  }

  @Override
  public boolean loseResponse(Call call) {
    return next(call, Fault.outcomeUnknownAfterCommit());
  }

  @Override
  public OptionalInt pageSize() {
    return OptionalInt.of(pageSize);
  }

  @Override
  public boolean failPage(int page) {
    return next(Call.LIST, Fault.failPage(page, Fault.error("a page failed, as it was told to")));
  }

  @Override
  public Optional<Hang> hang(Call call) {
    Hold hold = Fault.hold();
    holds.add(hold);
    next(call, hold);
    return Optional.of(new MemoryHang(hold));
  }

  @Override
  public boolean interrupt(InstanceId instance, Interruption.Kind kind, Duration notice) {
    cloud.interrupt(instance, kind, notice);
    return true;
  }

  @Override
  public void clear() {
    cloud.faults().clear();
    holds.forEach(Hold::release);
    holds.clear();
  }

  private record MemoryHang(Hold hold) implements Hang {

    @Override
    public boolean reached() {
      try {
        hold.awaitReached(Duration.ofMillis(1));
        return true;
      } catch (IllegalStateException e) {
        return false;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    @Override
    public void release() {
      hold.release();
    }
  }
}
