package io.github.clouddriver.testkitcheck;

import io.github.clouddriver.CreateRequest;
import io.github.clouddriver.ForwardingInstance;
import io.github.clouddriver.ForwardingInstanceSet;
import io.github.clouddriver.Instance;
import io.github.clouddriver.InstanceSet;
import io.github.clouddriver.InstanceTags;
import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.error.StoppedException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Drivers that are wrong about tags. */
final class BrokenTags {
  private BrokenTags() {}

  /** Adds tags, and never takes one away. */
  @Breaks("I3")
  static final class MergesTags extends BrokenDriver {
    @Override
    Instance broken(Instance instance) {
      return new ForwardingInstance(instance) {
        @Override
        public void setTags(InstanceTags tags) throws CloudException, InterruptedException {
          Map<String, String> all = new LinkedHashMap<>(tags().asMap());
          all.putAll(tags.asMap());
          super.setTags(InstanceTags.of(all));
        }
      };
    }
  }

  /** Sends nothing where there are no tags. */
  @Breaks("I3")
  static final class IgnoresEmptyTags extends BrokenDriver {
    @Override
    Instance broken(Instance instance) {
      return new ForwardingInstance(instance) {
        @Override
        public void setTags(InstanceTags tags) throws CloudException, InterruptedException {
          if (!tags.isEmpty()) {
            super.setTags(tags);
          }
        }
      };
    }
  }

  /** A driver with something wrong about setTags. */
  abstract static class Tagging extends BrokenDriver {
    @Override
    Instance broken(Instance instance) {
      return new ForwardingInstance(instance) {
        @Override
        public void setTags(InstanceTags tags) throws CloudException, InterruptedException {
          super.setTags(changed(super.tags(), tags));
        }
      };
    }

    abstract InstanceTags changed(InstanceTags old, InstanceTags wanted);
  }

  /** Changes the values of the keys that there are. */
  @Breaks("I3")
  static final class DropsKeysWithoutAMatch extends Tagging {
    @Override
    InstanceTags changed(InstanceTags old, InstanceTags wanted) {
      InstanceTags kept = wanted;
      for (String key : wanted.asMap().keySet()) {
        kept = old.get(key).isPresent() ? kept : kept.without(key);
      }
      return kept;
    }
  }

  /** Adds and removes keys, and leaves the values of the others. */
  @Breaks("I3")
  static final class ChangesNoValues extends Tagging {
    @Override
    InstanceTags changed(InstanceTags old, InstanceTags wanted) {
      InstanceTags kept = wanted;
      for (String key : wanted.asMap().keySet()) {
        kept = kept.with(key, old.get(key).orElse(wanted.get(key).orElseThrow()));
      }
      return kept;
    }
  }

  /** Clears tags up to the last, which the provider does not want to lose. */
  @Breaks("I3")
  static final class ClearsAllTagsButOne extends Tagging {
    @Override
    InstanceTags changed(InstanceTags old, InstanceTags wanted) {
      if (!wanted.isEmpty() || old.isEmpty()) {
        return wanted;
      }
      Map.Entry<String, String> first = old.asMap().entrySet().iterator().next();
      return InstanceTags.of(first.getKey(), first.getValue());
    }
  }

  /** Shows the provider's own tag among the caller's. */
  @Breaks("I3")
  static final class ShowsReservedTags extends BrokenDriver {
    @Override
    Instance broken(Instance instance) {
      return new ForwardingInstance(instance) {
        @Override
        public InstanceTags tags() {
          return super.tags().with("provider:owner", "me");
        }
      };
    }
  }

  /** Finds its instances by a tag that the caller may take away. */
  @Breaks("I3")
  static final class LosesWhatHasNoTags extends BrokenDriver {
    @Override
    InstanceSet broken(InstanceSet set) {
      return new OfBroken(set) {
        @Override
        public List<Instance> instances(InstanceTags filter)
            throws CloudException, InterruptedException {
          return super.instances(filter).stream().filter(each -> !each.tags().isEmpty()).toList();
        }
      };
    }
  }

  /** Asks the provider whenever it is asked. */
  @Breaks("I4")
  static final class FetchesTags extends BrokenDriver {
    @Override
    InstanceSet broken(InstanceSet set) {
      return new ForwardingInstanceSet(set) {
        @Override
        public Instance create(CreateRequest request) throws CloudException, InterruptedException {
          return new ForwardingInstance(super.create(request)) {
            @Override
            public InstanceTags tags() {
              try {
                set.instances(InstanceTags.empty());
              } catch (CloudException | InterruptedException e) {
                throw new IllegalArgumentException("no tags", e);
              } catch (StoppedException e) {
                return super.tags();
              }
              return super.tags();
            }
          };
        }
      };
    }
  }
}
