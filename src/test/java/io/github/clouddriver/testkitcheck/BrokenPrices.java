package io.github.clouddriver.testkitcheck;

import io.github.clouddriver.Capability;
import io.github.clouddriver.CreateRequest;
import io.github.clouddriver.ForwardingInstance;
import io.github.clouddriver.Instance;
import io.github.clouddriver.InstancePrice;
import io.github.clouddriver.InstanceSet;
import io.github.clouddriver.InstanceTags;
import io.github.clouddriver.InstanceType;
import io.github.clouddriver.error.CloudException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Drivers whose price histories are wrong. */
final class BrokenPrices {
  private BrokenPrices() {}

  /** A driver with something wrong about its price histories. */
  abstract static class Pricing extends BrokenDriver {
    @Override
    Instance broken(Instance instance) {
      return new ForwardingInstance(instance) {
        @Override
        public List<InstancePrice> priceHistory(InstanceType type) {
          return history(super.priceHistory(type));
        }
      };
    }

    abstract List<InstancePrice> history(List<InstancePrice> right);
  }

  private static InstancePrice earlier(InstancePrice row, BigDecimal price) {
    return new InstancePrice(row.startTime().minus(Duration.ofHours(1)), price);
  }

  /** Has null for no data. */
  @Breaks("I6")
  static final class HasNullForPrices extends Pricing {
    @Override
    @SuppressWarnings("NullAway") // which is the point
    List<InstancePrice> history(List<InstancePrice> right) {
      return null;
    }
  }

  /** Hands out a history that can be changed. */
  @Breaks("I6")
  static final class HandsOutItsHistory extends Pricing {
    @Override
    List<InstancePrice> history(List<InstancePrice> right) {
      return new ArrayList<>(right);
    }
  }

  /** Lists the provider's prices when it is asked for them. */
  @Breaks("I6")
  static final class FetchesPrices extends BrokenDriver {
    @Override
    InstanceSet broken(InstanceSet set) {
      return new OfBroken(set) {
        @Override
        public Instance create(CreateRequest request) throws CloudException, InterruptedException {
          return new ForwardingInstance(super.create(request)) {
            @Override
            public List<InstancePrice> priceHistory(InstanceType type) {
              try {
                set.instances(InstanceTags.empty());
              } catch (CloudException | InterruptedException e) {
                throw new IllegalArgumentException("no prices", e);
              }
              return super.priceHistory(type);
            }
          };
        }
      };
    }
  }

  /** Takes scratch for a gift. */
  @Breaks("I6")
  static final class AddsNothingForScratch extends BrokenDriver {
    @Override
    Instance broken(Instance instance) {
      return new ForwardingInstance(instance) {
        @Override
        public List<InstancePrice> priceHistory(InstanceType type) {
          return super.priceHistory(type.toBuilder().addedScratch(0).build());
        }
      };
    }
  }

  /** Has prices, and does not claim to. */
  @Breaks("I6")
  static final class HasPricesUnclaimed extends BrokenDriver {
    @Override
    InstanceSet broken(InstanceSet set) {
      return new OfBroken(set) {
        @Override
        public Set<Capability> capabilities() {
          Set<Capability> less = EnumSet.copyOf(super.capabilities());
          less.remove(Capability.PRICE_HISTORY);
          return less;
        }
      };
    }
  }

  /** Begins with the oldest price. */
  @Breaks("P1")
  static final class BeginsWithTheOldest extends Pricing {
    @Override
    List<InstancePrice> history(List<InstancePrice> right) {
      InstancePrice latest = right.get(0);
      return List.of(earlier(latest, latest.price().add(BigDecimal.ONE)), latest);
    }
  }

  /** Has a row for each hour, whether the price changed or not. */
  @Breaks("P1")
  static final class RepeatsPrices extends Pricing {
    @Override
    List<InstancePrice> history(List<InstancePrice> right) {
      InstancePrice latest = right.get(0);
      return List.of(latest, earlier(latest, latest.price()));
    }
  }

  /** Has the prices of all zones in one history. */
  @Breaks("P3")
  static final class HasTwoPricesAtOnce extends Pricing {
    @Override
    List<InstancePrice> history(List<InstancePrice> right) {
      InstancePrice latest = right.get(0);
      return List.of(
          latest, new InstancePrice(latest.startTime(), latest.price().add(BigDecimal.ONE)));
    }
  }
}
