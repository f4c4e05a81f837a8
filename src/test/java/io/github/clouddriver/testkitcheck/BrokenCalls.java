package io.github.clouddriver.testkitcheck;

import io.github.clouddriver.CreateRequest;
import io.github.clouddriver.Instance;
import io.github.clouddriver.InstanceQuotaGroup;
import io.github.clouddriver.InstanceSet;
import io.github.clouddriver.InstanceTags;
import io.github.clouddriver.InstanceType;
import io.github.clouddriver.error.CloudException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Drivers that are wrong about quota groups, threads and interrupts. */
final class BrokenCalls {
  private BrokenCalls() {}

  /** A driver with something wrong about its quota groups. */
  abstract static class Grouping extends BrokenDriver {
    @Override
    InstanceSet broken(InstanceSet set) {
      return new OfBroken(set) {
        private final String random = UUID.randomUUID().toString();

        @Override
        public InstanceQuotaGroup instanceQuotaGroup(InstanceType type) {
          return group(set, random, type);
        }
      };
    }

    abstract InstanceQuotaGroup group(InstanceSet right, String random, InstanceType type);
  }

  /** Has quota groups of its own in each process. */
  @Breaks("S7")
  static final class MakesGroupsUp extends Grouping {
    @Override
    InstanceQuotaGroup group(InstanceSet right, String random, InstanceType type) {
      return InstanceQuotaGroup.of(right.instanceQuotaGroup(type) + "-" + random);
    }
  }

  /** Has one group for what the provider counts apart. */
  @Breaks("S7")
  static final class GroupsSpotWithOnDemand extends Grouping {
    @Override
    InstanceQuotaGroup group(InstanceSet right, String random, InstanceType type) {
      return right.instanceQuotaGroup(type.toBuilder().preemptible(false).build());
    }
  }

  /** Has a group for each type, though the provider counts them together. */
  @Breaks("S7")
  static final class GroupsEachTypeAlone extends Grouping {
    @Override
    InstanceQuotaGroup group(InstanceSet right, String random, InstanceType type) {
      return InstanceQuotaGroup.of(type.providerType() + right.instanceQuotaGroup(type));
    }
  }

  /** Has null for a group. */
  @Breaks("S7")
  static final class HasNoGroups extends Grouping {
    @Override
    @SuppressWarnings("NullAway") // which is the point
    InstanceQuotaGroup group(InstanceSet right, String random, InstanceType type) {
      return null;
    }
  }

  /** Asks the provider for the group; so it cannot answer after the stop either. */
  @Breaks({"S7", "S9"})
  static final class FetchesGroups extends Grouping {
    @Override
    InstanceQuotaGroup group(InstanceSet right, String random, InstanceType type) {
      try {
        right.instances(InstanceTags.empty());
      } catch (CloudException | InterruptedException e) {
        throw new IllegalArgumentException("no groups", e);
      }
      return right.instanceQuotaGroup(type);
    }
  }

  /**
   * A driver whose creates share something. Each looks for another one for a moment, so that two
   * threads do meet.
   */
  abstract static class Sharing extends BrokenDriver {
    private static final long MOMENT = 20;

    private final Semaphore others = new Semaphore(0);

    @Override
    InstanceSet broken(InstanceSet set) {
      return new OfBroken(set) {
        @Override
        public Instance create(CreateRequest request) throws CloudException, InterruptedException {
          begin(request);
          others.release();
          if (others.tryAcquire(2, MOMENT, TimeUnit.MILLISECONDS)) {
            others.release(2);
          } else {
            others.tryAcquire();
          }
          return super.create(end(request));
        }
      };
    }

    abstract void begin(CreateRequest request) throws CloudException;

    abstract CreateRequest end(CreateRequest request);
  }

  /** Keeps the request where other threads find it. */
  @Breaks("S8")
  static final class MixesUpRequests extends Sharing {
    private final AtomicReference<CreateRequest> current = new AtomicReference<>();

    @Override
    void begin(CreateRequest request) {
      current.set(request);
    }

    @Override
    CreateRequest end(CreateRequest request) {
      return current.get();
    }
  }

  /** Fails where another thread is at work. */
  @Breaks("S8")
  static final class AllowsOneCallAtATime extends Sharing {
    private final AtomicReference<CreateRequest> current = new AtomicReference<>();

    @Override
    void begin(CreateRequest request) throws CloudException {
      if (!current.compareAndSet(null, request)) {
        throw new CloudException("the connection is in use");
      }
    }

    @Override
    CreateRequest end(CreateRequest request) {
      current.set(null);
      return request;
    }
  }

  /** Makes a failure of an interrupt. */
  @Breaks("S12")
  static final class WrapsInterrupts extends BrokenDriver {
    @Override
    InstanceSet broken(InstanceSet set) {
      return new OfBroken(set) {
        @Override
        public List<Instance> instances(InstanceTags filter) throws CloudException {
          try {
            return super.instances(filter);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CloudException("interrupted", e);
          }
        }
      };
    }
  }

  /** Tries again after an interrupt. */
  @Breaks("S12")
  static final class IgnoresInterrupts extends BrokenDriver {
    @Override
    InstanceSet broken(InstanceSet set) {
      return new OfBroken(set) {
        @Override
        public List<Instance> instances(InstanceTags filter) throws CloudException {
          while (true) {
            try {
              return super.instances(filter);
            } catch (InterruptedException e) {
              continue;
            }
          }
        }
      };
    }
  }
}
