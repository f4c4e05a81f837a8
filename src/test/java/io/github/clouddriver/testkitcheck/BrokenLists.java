package io.github.clouddriver.testkitcheck;

import io.github.clouddriver.ForwardingInstance;
import io.github.clouddriver.Instance;
import io.github.clouddriver.InstanceSet;
import io.github.clouddriver.InstanceState;
import io.github.clouddriver.InstanceTags;
import io.github.clouddriver.error.CloudException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

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

  /** A driver with something wrong about its lists. */
  abstract static class ListDriver extends BrokenDriver {
    @Override
    InstanceSet broken(InstanceSet set) {
      return new OfBroken(set) {
        @Override
        public List<Instance> instances(InstanceTags filter)
            throws CloudException, InterruptedException {
          return ListDriver.this.list(set, filter);
        }
      };
    }

    abstract List<Instance> list(InstanceSet right, InstanceTags filter)
        throws CloudException, InterruptedException;
  }

  /** Asks the provider for what runs. */
  @Breaks("S4")
  static final class OmitsWhatBoots extends ListDriver {
    @Override
    List<Instance> list(InstanceSet right, InstanceTags filter)
        throws CloudException, InterruptedException {
      return right.instances(filter).stream()
          .filter(each -> each.state() != InstanceState.BOOTING)
          .toList();
    }
  }

  /** Never asks for the second page. */
  @Breaks("S4")
  static final class ReadsOnePage extends ListDriver {
    @Override
    List<Instance> list(InstanceSet right, InstanceTags filter)
        throws CloudException, InterruptedException {
      return right.instances(filter).stream().limit(PAGE_SIZE).toList();
    }
  }

  /** Begins each page with the last row of the page before. */
  @Breaks("S4")
  static final class RepeatsRowsAcrossPages extends ListDriver {
    @Override
    List<Instance> list(InstanceSet right, InstanceTags filter)
        throws CloudException, InterruptedException {
      List<Instance> rows = new ArrayList<>(right.instances(filter));
      if (rows.size() > PAGE_SIZE) {
        rows.add(PAGE_SIZE, rows.get(PAGE_SIZE - 1));
      }
      return List.copyOf(rows);
    }
  }

  /** Is content with the pages that it gets. */
  @Breaks("S4")
  static final class ReturnsAPartialList extends ListDriver {
    private volatile List<Instance> last = List.of();

    @Override
    List<Instance> list(InstanceSet right, InstanceTags filter)
        throws CloudException, InterruptedException {
      try {
        last = right.instances(filter);
        return last;
      } catch (CloudException e) {
        if (String.valueOf(e.getMessage()).contains("a page failed")) {
          return last.stream().limit(PAGE_SIZE).toList();
        }
        throw e;
      }
    }
  }

  /** Asks for two tags with "and", where the provider wants two filters. */
  @Breaks("S5")
  static final class FindsNothingByTwoTags extends ListDriver {
    @Override
    List<Instance> list(InstanceSet right, InstanceTags filter)
        throws CloudException, InterruptedException {
      return filter.asMap().size() > 1 ? List.of() : right.instances(filter);
    }
  }

  /** Takes a star for a character to be escaped. */
  @Breaks("S5")
  static final class EscapesStars extends ListDriver {
    @Override
    List<Instance> list(InstanceSet right, InstanceTags filter)
        throws CloudException, InterruptedException {
      InstanceTags escaped = filter;
      for (Map.Entry<String, String> each : filter.asMap().entrySet()) {
        escaped = escaped.with(each.getKey(), each.getValue().replace("*", "\\*"));
      }
      return right.instances(escaped);
    }
  }

  /** Finds nothing where nothing was asked for. */
  @Breaks("S5")
  static final class FindsNothingWithoutAFilter extends ListDriver {
    @Override
    List<Instance> list(InstanceSet right, InstanceTags filter)
        throws CloudException, InterruptedException {
      return filter.isEmpty() ? List.of() : right.instances(filter);
    }
  }

  /** Returns null for what it cannot read. */
  @Breaks("S6")
  static final class HasNullInItsLists extends ListDriver {
    @Override
    @SuppressWarnings("NullAway") // which is the point
    List<Instance> list(InstanceSet right, InstanceTags filter)
        throws CloudException, InterruptedException {
      List<Instance> rows = new ArrayList<>(right.instances(filter));
      rows.add(null);
      return Collections.unmodifiableList(rows);
    }
  }

  /** Hands out the list that it works with. */
  @Breaks("S6")
  static final class HandsOutItsOwnList extends ListDriver {
    private final List<Instance> own = new CopyOnWriteArrayList<>();

    @Override
    List<Instance> list(InstanceSet right, InstanceTags filter)
        throws CloudException, InterruptedException {
      List<Instance> rows = right.instances(filter);
      own.clear();
      own.addAll(rows);
      return Collections.unmodifiableList(own);
    }
  }

  /** Tags through the handle that create returned, and through no other. */
  @Breaks("S6")
  static final class TagsThroughOneHandle extends ListDriver {
    @Override
    List<Instance> list(InstanceSet right, InstanceTags filter)
        throws CloudException, InterruptedException {
      return right.instances(filter).stream().map(TagsThroughOneHandle::readOnly).toList();
    }

    private static Instance readOnly(Instance row) {
      return new ForwardingInstance(row) {
        @Override
        public void setTags(InstanceTags tags) {
          throw new UnsupportedOperationException("a list's rows are read only");
        }
      };
    }
  }
}
