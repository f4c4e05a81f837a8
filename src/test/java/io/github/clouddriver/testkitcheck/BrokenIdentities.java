package io.github.clouddriver.testkitcheck;

import io.github.clouddriver.CreateRequest;
import io.github.clouddriver.ForwardingInstance;
import io.github.clouddriver.Instance;
import io.github.clouddriver.InstanceId;
import io.github.clouddriver.InstanceSet;
import io.github.clouddriver.InstanceTags;
import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.testkit.ProviderView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Drivers that mix up instances: wrong ids, wrong ends. */
final class BrokenIdentities {
  private BrokenIdentities() {}

  /** An instance under another id. */
  private static final class Renamed extends ForwardingInstance {
    private final InstanceId id;

    Renamed(Instance instance, InstanceId id) {
      super(instance);
      this.id = id;
    }

    @Override
    public InstanceId id() {
      return id;
    }

    @Override
    public String toString() {
      return id.toString();
    }
  }

  /** Gives a new instance the id of one that is gone. */
  @Breaks("I1")
  static final class UsesIdsAgain extends BrokenDriver {
    /** Guarded by itself: what is shown, and the provider's id of the latest that has it. */
    private final Map<InstanceId, InstanceId> realIds = new LinkedHashMap<>();

    private InstanceId idFor(InstanceId real) {
      synchronized (realIds) {
        Set<InstanceId> existing = existing();
        for (Map.Entry<InstanceId, InstanceId> each : realIds.entrySet()) {
          if (each.getValue().equals(real)) {
            return each.getKey();
          }
        }
        for (Map.Entry<InstanceId, InstanceId> each : realIds.entrySet()) {
          if (!existing.contains(each.getValue())) {
            each.setValue(real);
            return each.getKey();
          }
        }
        realIds.put(real, real);
        return real;
      }
    }

    @Override
    Instance broken(Instance instance) {
      return new Renamed(instance, idFor(instance.id()));
    }

    @Override
    public Optional<ProviderView> provider() {
      return super.provider()
          .map(
              view ->
                  new ForwardingView(view) {
                    @Override
                    public Optional<List<byte[]>> initCommands(InstanceId shown) throws Exception {
                      synchronized (realIds) {
                        return super.initCommands(realIds.getOrDefault(shown, shown));
                      }
                    }
                  });
    }
  }

  /** Counts its starts, and has the count in its ids. */
  @Breaks("I1")
  static final class ChangesIdsWithARestart extends BrokenDriver {
    private final AtomicInteger starts = new AtomicInteger();

    @Override
    InstanceSet broken(InstanceSet set) {
      int start = starts.incrementAndGet();
      return new OfBroken(set) {
        private Instance renamed(Instance instance) {
          return start == 1
              ? instance
              : new Renamed(instance, InstanceId.of(instance.id() + "-" + start));
        }

        @Override
        public Instance create(CreateRequest request) throws CloudException, InterruptedException {
          return renamed(super.create(request));
        }

        @Override
        public List<Instance> instances(InstanceTags filter)
            throws CloudException, InterruptedException {
          return super.instances(filter).stream().map(this::renamed).toList();
        }
      };
    }
  }

  /** Says in its text what it is. */
  @Breaks("I2")
  static final class HasALongerText extends BrokenDriver {
    @Override
    Instance broken(Instance instance) {
      return new ForwardingInstance(instance) {
        @Override
        public String toString() {
          return "instance " + super.toString();
        }
      };
    }
  }

  /** Destroys by the position at which an instance was made, which a later one may have. */
  @Breaks("I5")
  static final class DestroysByPosition extends BrokenDriver {
    /** Guarded by itself. */
    private final Map<Integer, Instance> positions = new LinkedHashMap<>();

    private int free(Instance made) {
      synchronized (positions) {
        Set<InstanceId> existing = existing();
        int position = 0;
        while (positions.containsKey(position) && existing.contains(positions.get(position).id())) {
          position++;
        }
        positions.put(position, made);
        return position;
      }
    }

    private Instance at(int position) {
      synchronized (positions) {
        return positions.get(position);
      }
    }

    @Override
    InstanceSet broken(InstanceSet set) {
      return new OfBroken(set) {
        @Override
        public Instance create(CreateRequest request) throws CloudException, InterruptedException {
          Instance made = set.create(request);
          int position = free(made);
          return new ForwardingInstance(made) {
            @Override
            public void destroy() throws CloudException, InterruptedException {
              at(position).destroy();
            }
          };
        }
      };
    }
  }

  /** Takes a second destroy for a mistake. */
  @Breaks("I5")
  static final class DestroysOnlyOnce extends BrokenDriver {
    private final Set<InstanceId> destroyed = ConcurrentHashMap.newKeySet();

    @Override
    Instance broken(Instance instance) {
      return new ForwardingInstance(instance) {
        @Override
        public void destroy() throws CloudException, InterruptedException {
          if (destroyed.contains(id())) {
            throw new CloudException("destroyed already");
          }
          super.destroy();
          destroyed.add(id());
        }
      };
    }
  }

  /** Takes what is gone for a mistake. */
  @Breaks("I5")
  static final class CannotDestroyWhatIsGone extends BrokenDriver {
    @Override
    Instance broken(Instance instance) {
      return new ForwardingInstance(instance) {
        @Override
        public void destroy() throws CloudException, InterruptedException {
          super.destroy();
          if (cloud().instances().stream().noneMatch(each -> each.id().equals(id()))) {
            throw new CloudException("there is no instance " + this);
          }
        }
      };
    }
  }

  /** Has a disk for each instance, which stays. */
  @Breaks("I5")
  static final class KeepsDisks extends BrokenCreates.CreateDriver {
    private final Disks disks = new Disks();

    @Override
    Instance create(InstanceSet right, CreateRequest request)
        throws CloudException, InterruptedException {
      Instance made = right.create(request);
      disks.add(request, made.id());
      return made;
    }

    @Override
    public Optional<ProviderView> provider() {
      return super.provider().map(disks::with);
    }
  }
}
