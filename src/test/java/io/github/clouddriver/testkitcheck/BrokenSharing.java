package io.github.clouddriver.testkitcheck;

import io.github.clouddriver.CreateRequest;
import io.github.clouddriver.Driver;
import io.github.clouddriver.Instance;
import io.github.clouddriver.InstanceId;
import io.github.clouddriver.InstanceSet;
import io.github.clouddriver.InstanceSetId;
import io.github.clouddriver.InstanceTags;
import io.github.clouddriver.Interruption;
import io.github.clouddriver.SharedResourceTags;
import io.github.clouddriver.error.CloudException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.NOPLogger;

/** Drivers that get along neither with other sets nor with their surroundings. */
final class BrokenSharing {
  private BrokenSharing() {}

  /** Puts the id where the provider wants a letter first. */
  @Breaks("D1")
  static final class WantsALetterFirst extends BrokenDriver {
    @Override
    public Driver driver() {
      Driver right = super.driver();
      return (config, id, tags, logger, registry) -> {
        if (Character.isDigit(id.value().charAt(0))) {
          throw new CloudException("the provider refuses the name " + id);
        }
        return right.instanceSet(config, id, tags, logger, registry);
      };
    }
  }

  /** Uploads key pairs without tags. */
  @Breaks("D3")
  static final class TagsNoKeyPairs extends BrokenDriver {
    @Override
    public Driver driver() {
      Driver right = super.driver();
      return (config, id, tags, logger, registry) ->
          right.instanceSet(config, id, SharedResourceTags.empty(), logger, registry);
    }
  }

  /** Has room for one tag. */
  @Breaks("D3")
  static final class KeepsOneSharedTag extends BrokenDriver {
    @Override
    public Driver driver() {
      Driver right = super.driver();
      return (config, id, tags, logger, registry) -> {
        Map.Entry<String, String> first = tags.asMap().entrySet().iterator().next();
        SharedResourceTags one = SharedResourceTags.of(first.getKey(), first.getValue());
        return right.instanceSet(config, id, one, logger, registry);
      };
    }
  }

  /** Knows the instances that it has made itself. */
  @Breaks("D4")
  static final class RemembersItsInstances extends BrokenDriver {
    @Override
    InstanceSet broken(InstanceSet set) {
      return new OfBroken(set) {
        private final Set<InstanceId> own = ConcurrentHashMap.newKeySet();

        @Override
        public Instance create(CreateRequest request) throws CloudException, InterruptedException {
          try {
            Instance made = super.create(request);
            own.add(made.id());
            return made;
          } catch (CloudException | InterruptedException e) {
            cloud().instances().forEach(each -> own.add(each.id()));
            throw e;
          }
        }

        @Override
        public List<Instance> instances(InstanceTags filter)
            throws CloudException, InterruptedException {
          return super.instances(filter).stream().filter(each -> own.contains(each.id())).toList();
        }
      };
    }
  }

  /** Logs in with a key pair that is made with the set, and forgotten with it. */
  @Breaks("D4")
  static final class MakesAKeyPairForEachSet extends BrokenDriver {
    @Override
    InstanceSet broken(InstanceSet set) {
      return new OfBroken(set) {
        private final PublicKey own = newKey();

        @Override
        public Instance create(CreateRequest request) throws CloudException, InterruptedException {
          return super.create(
              request.publicKey().isEmpty() ? request : request.toBuilder().publicKey(own).build());
        }
      };
    }

    private static PublicKey newKey() {
      try {
        return KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Tidies up the account when it starts. */
  @Breaks("D5")
  static final class DestroysStrangers extends BrokenDriver {
    @Override
    public Driver driver() {
      Driver right = super.driver();
      return (config, id, tags, logger, registry) -> {
        cloud().instances().stream()
            .filter(each -> !each.setId().equals(id))
            .forEach(each -> cloud().interrupt(each.id(), Interruption.Kind.OTHER, Duration.ZERO));
        return right.instanceSet(config, id, tags, logger, registry);
      };
    }
  }

  /** Takes key pairs that it does not know for left over. */
  @Breaks("D5")
  static final class DeletesKeyPairsOfOthers extends BrokenDriver {
    @Override
    public Driver driver() {
      Driver right = super.driver();
      return (config, id, tags, logger, registry) -> {
        cloud().keyPairs().stream()
            .filter(each -> !each.setId().equals(id))
            .forEach(each -> cloud().deleteKeyPairs(each.setId()));
        return right.instanceSet(config, id, tags, logger, registry);
      };
    }
  }

  /** Marks every instance in the account as its own. */
  @Breaks("D5")
  static final class TagsStrangers extends BrokenDriver {
    private final Map<InstanceSetId, InstanceSet> sets = new ConcurrentHashMap<>();

    @Override
    public Driver driver() {
      Driver right = super.driver();
      return (config, id, tags, logger, registry) -> {
        for (Map.Entry<InstanceSetId, InstanceSet> each : sets.entrySet()) {
          if (!each.getKey().equals(id)) {
            for (Instance stranger : each.getValue().instances(InstanceTags.empty())) {
              stranger.setTags(stranger.tags().with("seen-by", id.value()));
            }
          }
        }
        InstanceSet set = right.instanceSet(config, id, tags, logger, registry);
        sets.put(id, set);
        return set;
      };
    }

    @Override
    InstanceSet broken(InstanceSet set) {
      return new OfBroken(set) {
        @Override
        public void stop() {
          sets.values().remove(this);
          super.stop();
        }
      };
    }
  }

  /** Leaves it to the operator to find what is not its own. */
  @Breaks({})
  static final class TellsNothingOfStrangers extends BrokenDriver {
    @Override
    public Driver driver() {
      Driver right = super.driver();
      return (config, id, tags, logger, registry) ->
          right.instanceSet(config, id, tags, NOPLogger.NOP_LOGGER, registry);
    }
  }

  /** Registers its meters once for each set. */
  @Breaks("D7")
  static final class WantsARegistryForItself extends BrokenDriver {
    @Override
    public Driver driver() {
      Driver right = super.driver();
      return (config, id, tags, logger, registry) -> {
        if (registry.find("sets").counter() != null) {
          throw new IllegalArgumentException("there is a meter with the name sets already");
        }
        registry.counter("sets").increment();
        return right.instanceSet(config, id, tags, logger, registry);
      };
    }
  }

  /** Counts where its own application would look. */
  @Breaks("D7")
  static final class CountsInTheGlobalRegistry extends BrokenDriver {
    private final List<Counter> counters = new CopyOnWriteArrayList<>();

    @AfterEach
    void removeMeters() {
      counters.forEach(Metrics.globalRegistry::remove);
    }

    @Override
    InstanceSet broken(InstanceSet set) {
      counters.add(Metrics.counter("sets"));
      return new OfBroken(set);
    }
  }

  /** Has a logger of its own. */
  @Breaks("D7")
  static final class LogsElsewhere extends BrokenDriver {
    private final AtomicInteger sets = new AtomicInteger();

    @Override
    InstanceSet broken(InstanceSet set) {
      if (sets.incrementAndGet() == 3) { // seldom, to spare the reader of this test's output
        LoggerFactory.getLogger(LogsElsewhere.class).warn("this belongs in another logger");
      }
      return new OfBroken(set);
    }
  }

  /** Is a function that makes no set. */
  @Breaks("D9")
  static final class ReturnsNoSet extends BrokenDriver {
    @Override
    @SuppressWarnings("NullAway") // which is the point
    public Driver driver() {
      Driver right = super.driver();
      return (config, id, tags, logger, registry) -> {
        right.instanceSet(config, id, tags, logger, registry).stop();
        return null;
      };
    }
  }

  /** Is announced under another name. */
  @Breaks("D10")
  static final class IsNotAnnounced extends BrokenDriver {
    @Override
    public Optional<String> driverName() {
      return Optional.of("memory-by-another-name");
    }
  }
}
