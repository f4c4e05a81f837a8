package io.github.clouddriver.testkitcheck;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.clouddriver.CreateRequest;
import io.github.clouddriver.Driver;
import io.github.clouddriver.DriverFunc;
import io.github.clouddriver.ImageId;
import io.github.clouddriver.Instance;
import io.github.clouddriver.InstanceSet;
import io.github.clouddriver.InstanceSetId;
import io.github.clouddriver.Secret;
import io.github.clouddriver.SharedResourceTags;
import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.error.ConfigException;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Drivers that read their configuration wrongly, or show what is secret in it. */
final class BrokenConfigs {
  private static final String SECRET = "a-secret-access-key";
  private static final List<String> KEYS = List.of("Region", "Retries", "Verbose", "AccessKey");

  private BrokenConfigs() {}

  record Settings(
      @JsonProperty("Region") String region,
      @JsonProperty("Retries") int retries,
      @JsonProperty("Verbose") @Nullable Boolean verbose,
      @JsonProperty("AccessKey") Secret accessKey) {}

  /** A driver with a configuration, which it reads rightly but for what is overridden. */
  abstract static class Configured extends BrokenDriver {

    @Override
    public JsonNode config() {
      return JsonNodeFactory.instance
          .objectNode()
          .put("Region", "nowhere")
          .put("Retries", 3)
          .put("Verbose", true)
          .put("AccessKey", SECRET);
    }

    @Override
    public List<String> secrets() {
      return List.of(SECRET);
    }

    @Override
    public Driver driver() {
      Driver strict =
          DriverFunc.of(
              Settings.class,
              (settings, id, tags, logger, registry) ->
                  opened(
                      cloud().driver().instanceSet(null, id, tags, logger, registry),
                      logger,
                      registry));
      return (config, id, tags, logger, registry) -> {
        JsonNode json = config == null ? null : read(config.deepCopy());
        try {
          return strict.instanceSet(json, id, tags, logger, registry);
        } catch (ConfigException e) {
          throw refusal(e, json, id, logger, registry);
        }
      };
    }

    /** What becomes of the JSON before it is read strictly. */
    JsonNode read(JsonNode json) throws CloudException {
      return json;
    }

    /** What is raised for a configuration that is wrong. */
    CloudException refusal(
        ConfigException right,
        @Nullable JsonNode json,
        InstanceSetId id,
        Logger logger,
        MeterRegistry registry)
        throws CloudException, InterruptedException {
      return right;
    }

    /** What becomes of a new set. */
    InstanceSet opened(InstanceSet set, Logger logger, MeterRegistry registry) {
      return broken(set);
    }

    static List<String> keysOf(JsonNode json) {
      List<String> keys = new ArrayList<>();
      json.fieldNames().forEachRemaining(keys::add);
      return keys;
    }
  }

  /** Looks for the keys that it knows, and at nothing else. */
  @Breaks("D2")
  static final class SwallowsUnknownKeys extends Configured {
    @Override
    JsonNode read(JsonNode json) {
      if (json instanceof ObjectNode object) {
        for (String key : keysOf(json)) {
          if (KEYS.stream().noneMatch(key::equalsIgnoreCase)) {
            object.remove(key);
          }
        }
      }
      return json;
    }
  }

  /** Takes numbers in quotes. */
  @Breaks("D2")
  static final class ReadsNumbersFromText extends Configured {
    @Override
    JsonNode read(JsonNode json) {
      if (json.path("Retries").isTextual()) {
        ((ObjectNode) json).put("Retries", json.get("Retries").asInt());
      }
      return json;
    }
  }

  /** Uses a value before it has looked whether it is there. */
  @Breaks("D2")
  static final class ReliesOnWhatIsMissing extends Configured {
    @Override
    JsonNode read(JsonNode json) {
      if (keysOf(json).stream().noneMatch("Region"::equalsIgnoreCase)) {
        throw new IllegalStateException("no region");
      }
      return json;
    }
  }

  /** Looks for keys by their exact text. */
  @Breaks("D2")
  static final class KnowsOneLetterCase extends Configured {
    @Override
    JsonNode read(JsonNode json) throws CloudException {
      for (String key : keysOf(json)) {
        if (!KEYS.contains(key)) {
          throw new ConfigException("$." + key, "no such key", KEYS);
        }
      }
      return json;
    }
  }

  /** Of two keys that differ in their case only, the last wins. */
  @Breaks("D2")
  static final class TakesTheLastOfTwoKeys extends Configured {
    @Override
    JsonNode read(JsonNode json) {
      ObjectNode last = JsonNodeFactory.instance.objectNode();
      json.properties()
          .forEach(
              each -> {
                String lower = each.getKey().toLowerCase(Locale.ROOT);
                String known =
                    KEYS.stream().filter(lower::equalsIgnoreCase).findFirst().orElse(each.getKey());
                last.set(known, each.getValue());
              });
      return last;
    }
  }

  /** Asks null for its keys. */
  @Breaks("D2")
  static final class MustHaveAnObject extends Configured {
    @Override
    JsonNode read(JsonNode json) {
      if (!json.isObject()) {
        throw new ClassCastException("not an object");
      }
      return json;
    }
  }

  /** Shows the value of a key that it does not know. */
  @Breaks("D2")
  static final class ShowsUnknownValues extends Configured {
    @Override
    CloudException refusal(
        ConfigException right,
        @Nullable JsonNode json,
        InstanceSetId id,
        Logger logger,
        MeterRegistry registry) {
      String key = right.path().substring(right.path().indexOf('.') + 1);
      return json == null || KEYS.stream().anyMatch(key::equalsIgnoreCase)
          ? right
          : new ConfigException(
              right.path(), right.expected() + ", not " + json.path(key), right.knownKeys());
    }
  }

  /** Leaves it to the operator to find out which keys there are. */
  @Breaks("D2")
  static final class NamesNoKnownKeys extends Configured {
    @Override
    CloudException refusal(
        ConfigException right,
        @Nullable JsonNode json,
        InstanceSetId id,
        Logger logger,
        MeterRegistry registry) {
      return new ConfigException(right.path(), right.expected(), List.of());
    }
  }

  /** Has begun its work when it comes to the mistake. */
  @Breaks("D2")
  static final class CreatesBeforeItHasReadAll extends Configured {
    @Override
    CloudException refusal(
        ConfigException right,
        @Nullable JsonNode json,
        InstanceSetId id,
        Logger logger,
        MeterRegistry registry)
        throws CloudException, InterruptedException {
      InstanceSet early =
          cloud().driver().instanceSet(null, id, SharedResourceTags.empty(), logger, registry);
      early.create(CreateRequest.builder(instanceType(), ImageId.of("image")).build());
      early.stop();
      return right;
    }
  }

  /** Logs its configuration whole. */
  @Breaks("D8")
  static final class LogsItsConfiguration extends Configured {
    @Override
    InstanceSet opened(InstanceSet set, Logger logger, MeterRegistry registry) {
      logger.debug("configured with {}", config());
      return super.opened(set, logger, registry);
    }
  }

  /** Counts calls by access key. */
  @Breaks("D8")
  static final class CountsByAccessKey extends Configured {
    @Override
    InstanceSet opened(InstanceSet set, Logger logger, MeterRegistry registry) {
      registry.counter("sets", "key", SECRET).increment();
      return super.opened(set, logger, registry);
    }
  }

  /** Has its configuration in its text. */
  @Breaks("D8")
  static final class TellsItsConfiguration extends Configured {
    @Override
    InstanceSet broken(InstanceSet set) {
      return new OfBroken(set) {
        @Override
        public String toString() {
          return "set of " + config();
        }
      };
    }
  }

  /** Quotes the request that failed. */
  @Breaks("D8")
  static final class QuotesTheFailedRequest extends BrokenDriver {
    @Override
    InstanceSet broken(InstanceSet set) {
      return new OfBroken(set) {
        @Override
        public Instance create(CreateRequest request) throws CloudException, InterruptedException {
          try {
            return super.create(request);
          } catch (CloudException e) {
            if (e.getClass() != CloudException.class) {
              throw e;
            }
            throw new CloudException("failed: " + request.initCommand().value(), e);
          }
        }
      };
    }
  }
}
