package io.github.clouddriver;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.clouddriver.error.CloudException;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;

/**
 * Makes instance sets for one kind of cloud (clauses D1 to D10).
 *
 * <p>Safe for use by several threads. A plain function serves as a driver through {@link
 * DriverFunc}, which also reads a typed configuration strictly.
 */
@FunctionalInterface
public interface Driver {

  /**
   * Makes a set that creates, lists and destroys the instances of one set id.
   *
   * <p>A dispatcher calls it once at start-up; it may block while it checks the account. The set
   * takes over every long-lived resource, and sees every instance, that another set with the same
   * id made before, in whatever process and on whatever host (D4), and touches nothing that carries
   * another id (D5). What the set creates that is not attached to one instance, and that the
   * provider can tag, carries {@code tags} (D3). It may log one summary of resources that are not
   * its own (D6).
   *
   * @param config the driver's own configuration; absent or null means an empty object (D2)
   * @param id marks what belongs to the set
   * @param tags tags for resources that are not attached to one instance
   * @param logger where every log line goes, and nothing secret (D7, D8)
   * @param registry where every meter goes; several sets may share it (D7)
   * @return a new set, to be stopped by the caller
   * @throws io.github.clouddriver.error.ConfigException if the configuration is wrong; nothing was
   *     created, and an operator must correct it
   * @throws CloudException if the provider refused or could not be reached; the caller may try
   *     again
   * @throws InterruptedException if the calling thread was interrupted
   */
  InstanceSet instanceSet(
      JsonNode config,
      InstanceSetId id,
      SharedResourceTags tags,
      Logger logger,
      MeterRegistry registry)
      throws CloudException, InterruptedException;
}
