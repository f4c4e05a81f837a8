package io.github.clouddriver.testkitcheck;

import io.github.clouddriver.CreateRequest;
import io.github.clouddriver.Instance;
import io.github.clouddriver.InstanceSet;
import io.github.clouddriver.InstanceTags;
import io.github.clouddriver.error.CapacityException;
import io.github.clouddriver.error.CapacityScope;
import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.error.RateLimitException;
import java.time.Duration;
import java.util.List;

/** Drivers that classify wrongly. */
final class BrokenErrors {
  private BrokenErrors() {}

  /** Tells the time of the failure as the time of the next try. */
  @Breaks("X1")
  static final class RetriesInThePast extends BrokenDriver {
    @Override
    InstanceSet broken(InstanceSet set) {
      return new OfBroken(set) {
        @Override
        public List<Instance> instances(InstanceTags filter)
            throws CloudException, InterruptedException {
          try {
            return super.instances(filter);
          } catch (RateLimitException e) {
            throw new RateLimitException(
                "throttled", clock().instant().minus(Duration.ofSeconds(1)));
          }
        }
      };
    }
  }

  /** Takes a shortage in a quota group for one of the type too. */
  @Breaks("X3")
  static final class TellsBothScopes extends BrokenDriver {
    @Override
    InstanceSet broken(InstanceSet set) {
      return new OfBroken(set) {
        @Override
        public Instance create(CreateRequest request) throws CloudException, InterruptedException {
          try {
            return super.create(request);
          } catch (CapacityException e) {
            if (e.scope() != CapacityScope.QUOTA_GROUP) {
              throw e;
            }
            throw new BothScopes();
          }
        }
      };
    }
  }

  private static final class BothScopes extends CapacityException {
    private static final long serialVersionUID = 1L;

    BothScopes() {
      super("no room", CapacityScope.QUOTA_GROUP);
    }

    @Override
    public boolean isInstanceTypeSpecific() {
      return true;
    }
  }
}
