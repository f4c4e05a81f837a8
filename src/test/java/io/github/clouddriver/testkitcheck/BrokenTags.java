package io.github.clouddriver.testkitcheck;

import io.github.clouddriver.ForwardingInstance;
import io.github.clouddriver.Instance;
import io.github.clouddriver.InstanceTags;
import io.github.clouddriver.error.CloudException;
import java.util.LinkedHashMap;
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
}
