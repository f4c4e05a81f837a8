package io.github.clouddriver.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.clouddriver.ImageId;
import io.github.clouddriver.InstanceType;
import io.github.clouddriver.SharedResourceTags;
import java.util.Map;
import java.util.Optional;

/**
 * The configuration file of {@code cloudtest}. What is left out has a default that the in-memory
 * cloud can do with.
 *
 * @param driver the driver's name
 * @param driverParameters the driver's own configuration
 * @param imageId the image to boot
 * @param instanceTypes the types to choose from, by the caller's names, in the reference's form
 * @param resourceTags tags for resources that are not attached to one instance
 */
record CloudtestConfig(
    @JsonProperty("Driver") Optional<String> driver,
    @JsonProperty("DriverParameters") Optional<JsonNode> driverParameters,
    @JsonProperty("ImageID") Optional<ImageId> imageId,
    @JsonProperty("InstanceTypes") Optional<Map<String, InstanceType>> instanceTypes,
    @JsonProperty("ResourceTags") Optional<SharedResourceTags> resourceTags) {}
