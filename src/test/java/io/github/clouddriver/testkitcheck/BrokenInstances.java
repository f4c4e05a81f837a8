package io.github.clouddriver.testkitcheck;

import io.github.clouddriver.ForwardingInstance;
import io.github.clouddriver.Instance;
import io.github.clouddriver.InstancePrice;
import io.github.clouddriver.InstanceTags;
import io.github.clouddriver.InstanceType;
import io.github.clouddriver.exec.RemoteConnection;
import java.security.PublicKey;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Drivers whose instances are wrong. */
final class BrokenInstances {
  private BrokenInstances() {}

  /** Says that it destroys, and asks nobody; so it does not meet a stop or a refusal either. */
  @Breaks({"I5", "S9", "X4"})
  static final class DestroysNothing extends BrokenDriver {
    @Override
    Instance broken(Instance instance) {
      return new ForwardingInstance(instance) {
        @Override
        public void destroy() {}
      };
    }
  }

  /** Has null for no tags. */
  @Breaks("I4")
  static final class HasNullForTags extends BrokenDriver {
    @Override
    Instance broken(Instance instance) {
      return new ForwardingInstance(instance) {
        @Override
        @SuppressWarnings("NullAway") // which is the point
        public InstanceTags tags() {
          return null;
        }
      };
    }
  }

  /** Fetches prices when it is asked for them. */
  @Breaks("I6")
  static final class BlocksInPriceHistory extends BrokenDriver {
    @Override
    Instance broken(Instance instance) {
      return new ForwardingInstance(instance) {
        @Override
        public List<InstancePrice> priceHistory(InstanceType type) {
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return super.priceHistory(type);
        }
      };
    }
  }

  /** Trusts whoever answers. */
  @Breaks("T3")
  static final class AcceptsAnyHostKey extends BrokenDriver {
    @Override
    Instance broken(Instance instance) {
      return new ForwardingInstance(instance) {
        @Override
        public void verifyHostKey(PublicKey key, @Nullable RemoteConnection connection) {}
      };
    }
  }
}
