package io.github.clouddriver.testkitcheck;

import io.github.clouddriver.Instance;
import io.github.clouddriver.InstanceSet;
import io.github.clouddriver.InstanceState;
import io.github.clouddriver.InstanceTags;
import io.github.clouddriver.error.CloudException;
import java.util.ArrayList;
import java.util.List;

/** Drivers whose lists are wrong. */
final class BrokenLists {
  private BrokenLists() {}

  /** Returns null where there is nothing. */
  @Breaks("S6")
  static final class ReturnsNullForNothing extends BrokenDriver {
    @Override
    InstanceSet broken(InstanceSet set) {
      return new OfBroken(set) {
        @Override
        @SuppressWarnings("NullAway") // which is the point
        public List<Instance> instances(InstanceTags filter)
            throws CloudException, InterruptedException {
          List<Instance> rows = super.instances(filter);
          return rows.isEmpty() ? null : rows;
        }
      };
    }
  }

  /** Hands out a list that can be changed. */
  @Breaks("S6")
  static final class ReturnsAListThatCanBeChanged extends BrokenDriver {
    @Override
    InstanceSet broken(InstanceSet set) {
      return new OfBroken(set) {
        @Override
        public List<Instance> instances(InstanceTags filter)
            throws CloudException, InterruptedException {
          return new ArrayList<>(super.instances(filter));
        }
      };
    }
  }

  /** Asks the provider for what boots or runs. */
  @Breaks("S4")
  static final class OmitsWhatShutsDown extends BrokenDriver {
    @Override
    InstanceSet broken(InstanceSet set) {
      return new OfBroken(set) {
        @Override
        public List<Instance> instances(InstanceTags filter)
            throws CloudException, InterruptedException {
          return super.instances(filter).stream()
              .filter(each -> each.state() != InstanceState.SHUTTING_DOWN)
              .toList();
        }
      };
    }
  }
}
