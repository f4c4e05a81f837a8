package io.github.clouddriver.testkitcheck;

import io.github.clouddriver.CreateRequest;
import io.github.clouddriver.ForwardingInstance;
import io.github.clouddriver.Instance;
import io.github.clouddriver.InstanceSet;
import io.github.clouddriver.InstanceTags;
import io.github.clouddriver.error.CapacityException;
import io.github.clouddriver.error.CapacityScope;
import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.error.QuotaException;
import io.github.clouddriver.error.RateLimitError;
import io.github.clouddriver.error.RateLimitException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

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

  /** A driver that raises something else than it should; here, the same. */
  abstract static class Raising extends BrokenDriver {
    @Override
    InstanceSet broken(InstanceSet set) {
      return new OfBroken(set) {
        @Override
        public Instance create(CreateRequest request) throws CloudException, InterruptedException {
          try {
            return super.create(request);
          } catch (CloudException e) {
            throw ofCreate(e);
          }
        }

        @Override
        public List<Instance> instances(InstanceTags filter)
            throws CloudException, InterruptedException {
          try {
            List<Instance> rows = super.instances(filter);
            success();
            return rows;
          } catch (CloudException e) {
            throw ofList(e);
          }
        }
      };
    }

    @Override
    Instance broken(Instance instance) {
      return new ForwardingInstance(instance) {
        @Override
        public void setTags(InstanceTags tags) throws CloudException, InterruptedException {
          try {
            super.setTags(tags);
          } catch (CloudException e) {
            throw ofSetTags(e);
          }
        }

        @Override
        public void destroy() throws CloudException, InterruptedException {
          try {
            super.destroy();
          } catch (CloudException e) {
            throw ofDestroy(e);
          }
        }
      };
    }

    CloudException ofCreate(CloudException right) {
      return right;
    }

    CloudException ofList(CloudException right) {
      return right;
    }

    CloudException ofSetTags(CloudException right) {
      return right;
    }

    CloudException ofDestroy(CloudException right) {
      return right;
    }

    void success() {}
  }

  /** Has its own idea of when to try again. */
  @Breaks("X1")
  static final class IgnoresWhatTheProviderAsks extends Raising {
    @Override
    CloudException ofList(CloudException right) {
      return right instanceof RateLimitException
          ? new RateLimitException("throttled", clock().instant().plus(Duration.ofSeconds(5)))
          : right;
    }
  }

  /** Waits longer each time, and never less again. */
  @Breaks("X1")
  static final class NeverResetsTheDelay extends Raising {
    private final AtomicInteger failures = new AtomicInteger();

    @Override
    CloudException ofList(CloudException right) {
      if (right instanceof RateLimitException rateLimit) {
        Instant own = clock().instant().plusSeconds(1L << failures.incrementAndGet());
        return own.isAfter(rateLimit.earliestRetry())
            ? new RateLimitException("throttled", own)
            : right;
      }
      return right;
    }
  }

  /** Has no time of the next try where the provider tells none. */
  @Breaks("X1")
  static final class HasNoRetryTime extends Raising {
    @Override
    CloudException ofList(CloudException right) {
      return right instanceof RateLimitException ? new Timeless() : right;
    }
  }

  private static final class Timeless extends CloudException implements RateLimitError {
    private static final long serialVersionUID = 1L;

    Timeless() {
      super("throttled");
    }

    @Override
    @SuppressWarnings("NullAway") // which is the point
    public Instant earliestRetry() {
      return null;
    }
  }

  /** Has no class for a full account. */
  @Breaks("X2")
  static final class KnowsNoQuota extends Raising {
    @Override
    CloudException ofCreate(CloudException right) {
      return right instanceof QuotaException ? new CloudException("refused") : right;
    }
  }

  /** Takes a full account for something to wait for. */
  @Breaks("X2")
  static final class TakesAQuotaForARateLimit extends Raising {
    @Override
    CloudException ofCreate(CloudException right) {
      return right instanceof QuotaException
          ? new RateLimitException("full", clock().instant().plusSeconds(60), right, null, null)
          : right;
    }
  }

  /** Has the class of a quota error, and says that it is none. */
  @Breaks("X2")
  static final class DeniesItsQuota extends Raising {
    @Override
    CloudException ofCreate(CloudException right) {
      return right instanceof QuotaException ? new NoQuota() : right;
    }
  }

  private static final class NoQuota extends QuotaException {
    private static final long serialVersionUID = 1L;

    NoQuota() {
      super("full");
    }

    @Override
    public boolean isQuotaError() {
      return false;
    }
  }

  /** Has no class for a lack of room. */
  @Breaks("X3")
  static final class KnowsNoCapacity extends Raising {
    @Override
    CloudException ofCreate(CloudException right) {
      return right instanceof CapacityException ? new CloudException("refused") : right;
    }
  }

  /** Takes a lack of room for a full account. */
  @Breaks("X3")
  static final class TakesCapacityForAQuota extends Raising {
    @Override
    CloudException ofCreate(CloudException right) {
      return right instanceof CapacityException ? new QuotaException("refused") : right;
    }
  }

  /** Knows no scopes. */
  @Breaks("X3")
  static final class TellsOneScopeForAll extends Raising {
    @Override
    CloudException ofCreate(CloudException right) {
      return right instanceof CapacityException
          ? new CapacityException("no room", CapacityScope.ALL)
          : right;
    }
  }

  /** Has predicates that say one thing, and a scope that says another. */
  @Breaks("X3")
  static final class ContradictsItsScope extends Raising {
    @Override
    CloudException ofCreate(CloudException right) {
      return right instanceof CapacityException capacity
              && capacity.scope() == CapacityScope.INSTANCE_TYPE
          ? new OtherScope()
          : right;
    }
  }

  private static final class OtherScope extends CapacityException {
    private static final long serialVersionUID = 1L;

    OtherScope() {
      super("no room", CapacityScope.INSTANCE_TYPE);
    }

    @Override
    public CapacityScope scope() {
      return CapacityScope.ALL;
    }
  }

  /** Explains what went wrong, and forgets what it was. */
  @Breaks("X4")
  static final class WrapsWithoutTheCause extends Raising {
    @Override
    CloudException ofSetTags(CloudException right) {
      return new CloudException("the tags could not be set: " + right.getMessage());
    }
  }

  /** Raises what its HTTP client raises. */
  @Breaks("X4")
  static final class ThrottlesUnchecked extends Raising {
    @Override
    CloudException ofDestroy(CloudException right) {
      if (right instanceof RateLimitException) {
        throw new IllegalStateException("status 429", right);
      }
      return right;
    }
  }

  /** Classifies the create itself, but not the upload before it. */
  @Breaks("X4")
  static final class ForgetsTheKeyUpload extends Raising {
    @Override
    CloudException ofCreate(CloudException right) {
      return right instanceof RateLimitException
              && String.valueOf(right.getMessage()).startsWith("KEY_UPLOAD")
          ? new CloudException("the key could not be uploaded")
          : right;
    }
  }
}
