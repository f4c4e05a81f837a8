package io.github.clouddriver;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.clouddriver.error.CloudException;
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
   * @param fn makes the sets
   * @return a driver as safe for use by several threads as the function
   */
  static Driver of(DriverFunc<? super JsonNode> fn) {
    Objects.requireNonNull(fn, "fn");
    return fn::instanceSet;
  }
}
