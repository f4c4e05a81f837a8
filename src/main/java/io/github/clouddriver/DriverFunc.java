package io.github.clouddriver;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.internal.json.Place;
import io.github.clouddriver.internal.json.ValueReader;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Objects;
import org.slf4j.Logger;

/**
 * A driver as a plain function (clause D9), which {@code of} turns into a {@link Driver}.
 *
 * @param <C> what the function reads its configuration from
 */
@FunctionalInterface
public interface DriverFunc<C> {

  /**
   * Makes a set, as {@link Driver#instanceSet} does.
   *
   * @param config the driver's own configuration, never null
   * @param id marks what belongs to the set
   * @param tags tags for resources that are not attached to one instance
   * @param logger where every log line goes
   * @param registry where every meter goes
   * @return a new set
   * @throws CloudException as {@link Driver#instanceSet}
   * @throws InterruptedException if the calling thread was interrupted
   */
  InstanceSet instanceSet(
      C config, InstanceSetId id, SharedResourceTags tags, Logger logger, MeterRegistry registry)
      throws CloudException, InterruptedException;

  /**
   * A driver that hands the JSON of its configuration to a function, an empty object where there is
   * none. The function checks it itself.
   *
   * <p>Where the function returns null the driver raises {@link NullPointerException}.
   *
   * @param fn makes the sets
   * @return a driver as safe for use by several threads as the function
   */
  static Driver of(DriverFunc<? super JsonNode> fn) {
    return of(JsonNode.class, fn);
  }

  /**
   * A driver that reads its configuration strictly into a class (clause D2) and hands it to a
   * function.
   *
   * <p>The class is a record, or has one constructor or static factory marked with Jackson's {@code
   * JsonCreator}. Its components are the keys, in any letter case; {@code @JsonProperty} names one
   * otherwise. Other annotations of Jackson's data binding have no effect. A modular driver opens
   * the package of the class to {@code com.fasterxml.jackson.databind}.
   *
   * <p>A component is required unless it is JSpecify's {@code @Nullable} or an {@code Optional}
   * ({@code OptionalInt} and so on); these take an absent key and JSON's null. A default is set in
   * a record's compact constructor. These types can be read, and nothing is converted into them:
   *
   * <ul>
   *   <li>{@code String}, {@code char}, {@code URI}, enums (a constant's name in any letter case),
   *       {@link Secret}: text
   *   <li>{@code boolean}: true or false
   *   <li>{@code byte}, {@code short}, {@code int}, {@code long}, {@code BigInteger}: a number in
   *       range, without fraction and exponent (not 7.0)
   *   <li>{@code float}, {@code double}, {@code BigDecimal}: a number, not beyond the type's range
   *   <li>{@link ByteSize}: {@code "8GiB"} or a whole number of bytes
   *   <li>{@code Duration}: text of amounts with the units d, h, m, s, ms, us and ns, larger ones
   *       first ({@code "30s"}, {@code "1h30m"}, {@code "1.5h"}), or ISO 8601 ({@code "PT30S"});
   *       not negative, never a bare number
   *   <li>{@code Instant}: {@code "2026-01-31T12:00:00Z"}
   *   <li>{@code List}, {@code Collection}, {@code Set} (no element twice) and {@code Map} with
   *       {@code String} keys: unmodifiable, in the order of the JSON
   *   <li>{@link InstanceType}: only in a {@code Map}, where the key is its name
   *   <li>{@code JsonNode}, {@code ObjectNode}: whatever the configuration holds, unchecked
   *   <li>other records and classes with a creator, such as {@link InstanceTags} and {@link
   *       ImageId}
   * </ul>
   *
   * <p>An unknown key, a missing or wrong value, or two keys of one object that differ only in
   * letter case, raise {@link io.github.clouddriver.error.ConfigException} before the function is
   * called. So does an exception from a constructor or factory, of which neither message nor cause
   * is passed on, since they may show a value: the message says "a valid …", or what {@code
   * JsonClassDescription} on the class says. A function that finds something else wrong raises a
   * {@code ConfigException} of its own.
   *
   * <p>Where the function returns null the driver raises {@link NullPointerException}.
   *
   * @param <C> what the function reads its configuration from
   * @param configType the class to make from the JSON
   * @param fn makes the sets
   * @return a driver as safe for use by several threads as the function
   * @throws IllegalArgumentException if the class, or a type it is made of, cannot be read from
   *     JSON, or is in a package that is not open; a mistake in the driver, not its configuration
   */
  static <C> Driver of(Class<C> configType, DriverFunc<? super C> fn) {
    Objects.requireNonNull(fn, "fn");
    ValueReader<C> reader = Configurations.BINDER.reader(configType);
    return (config, id, tags, logger, registry) ->
        Objects.requireNonNull(
            fn.instanceSet(
                reader.read(Configurations.orEmpty(config), Place.ROOT),
                id,
                tags,
                logger,
                registry),
            "the driver function returned null, not an instance set");
  }
}
