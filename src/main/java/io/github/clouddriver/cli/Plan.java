package io.github.clouddriver.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.clouddriver.Driver;
import io.github.clouddriver.ImageId;
import io.github.clouddriver.InstanceSetId;
import io.github.clouddriver.InstanceType;
import io.github.clouddriver.SharedResourceTags;
import java.time.Duration;

/**
 * What one run of {@code cloudtest} tries.
 *
 * @param driverName the driver's name, for the report
 * @param driver the driver
 * @param parameters the driver's own configuration
 * @param id the set id, whose instances belong to the run
 * @param resourceTags tags for resources that are not attached to one instance
 * @param type the type of the test instance
 * @param image the image of the test instance
 * @param command what is run over SSH once the instance has booted
 * @param destroyExisting whether left-over instances are destroyed rather than refused
 * @param bootTimeout how long an instance may take until it answers SSH
 * @param timeout how long any other wait may take
 * @param lateArrival how long after a create of unknown outcome its instance may yet turn up
 */
record Plan(
    String driverName,
    Driver driver,
    JsonNode parameters,
    InstanceSetId id,
    SharedResourceTags resourceTags,
    InstanceType type,
    ImageId image,
    String command,
    boolean destroyExisting,
    Duration bootTimeout,
    Duration timeout,
    Duration lateArrival) {}
