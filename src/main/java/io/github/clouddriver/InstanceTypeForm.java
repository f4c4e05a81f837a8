package io.github.clouddriver;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.clouddriver.error.ConfigException;
import io.github.clouddriver.internal.json.Place;
import io.github.clouddriver.internal.json.ValueReader;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An {@link InstanceType} as configurations write it, under its name as the key. */
record InstanceTypeForm(
    @JsonProperty(PROVIDER_TYPE) @Nullable String providerType,
    @JsonProperty(VCPUS) @Nullable Integer vcpus,
    @JsonProperty(RAM) @Nullable ByteSize ram,
    @JsonProperty(INCLUDED_SCRATCH) @Nullable ByteSize includedScratch,
    @JsonProperty(ADDED_SCRATCH) @Nullable ByteSize addedScratch,
    @JsonProperty(PRICE) @Nullable BigDecimal price,
    @JsonProperty(PREEMPTIBLE) @Nullable Boolean preemptible,
    @JsonProperty(GPU) @Nullable GpuForm gpu) {

  private static final String PROVIDER_TYPE = "ProviderType";
  private static final String VCPUS = "VCPUs";
  private static final String RAM = "RAM";
  private static final String INCLUDED_SCRATCH = "IncludedScratch";
  private static final String ADDED_SCRATCH = "AddedScratch";
  private static final String PRICE = "Price";
  private static final String PREEMPTIBLE = "Preemptible";
  private static final String GPU = "GPU";
  private static final List<String> KEYS =
      List.of(PROVIDER_TYPE, VCPUS, RAM, INCLUDED_SCRATCH, ADDED_SCRATCH, PRICE, PREEMPTIBLE, GPU);

  private static final ValueReader<InstanceTypeForm> READER =
      Configurations.VALUES_ONLY.reader(InstanceTypeForm.class);

  static InstanceType read(String name, JsonNode node, Place at) throws ConfigException {
    InstanceTypeForm form = READER.read(node, at);
    String provider = form.providerType == null ? "" : form.providerType;
    valid(
        at,
        "a name as its key, one line of 1 to 256 characters",
        () -> InstanceType.builder(name, name));
    InstanceType.Builder type =
        valid(
            at.key(PROVIDER_TYPE, KEYS),
            "one line of at most 256 characters",
            () -> InstanceType.builder(name, provider.isEmpty() ? name : provider));
    if (form.vcpus != null) {
      valid(at.key(VCPUS, KEYS), "a whole number, 1 or more", () -> type.vcpus(form.vcpus));
    }
    if (form.price != null) {
      valid(at.key(PRICE, KEYS), "a number, 0 or more", () -> type.price(form.price));
    }
    if (form.gpu != null) {
      type.gpu(form.gpu.read(at.key(GPU, KEYS)));
    }
    type.ram(bytes(form.ram))
        .includedScratch(bytes(form.includedScratch))
        .addedScratch(bytes(form.addedScratch))
        .preemptible(Boolean.TRUE.equals(form.preemptible));
    return valid(at, "at most 8 EiB of scratch in all", type::build);
  }

  static ObjectNode write(InstanceType type) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put(PROVIDER_TYPE, type.providerType())
            .put(VCPUS, type.vcpus())
            .put(RAM, type.ram())
            .put(INCLUDED_SCRATCH, type.includedScratch())
            .put(ADDED_SCRATCH, type.addedScratch())
            .put(PRICE, type.price())
            .put(PREEMPTIBLE, type.preemptible());
    type.gpu().ifPresent(gpu -> json.set(GPU, GpuForm.write(gpu)));
    return json;
  }

  static long bytes(@Nullable ByteSize size) {
    return size == null ? 0 : size.bytes();
  }

  /** What {@code make} makes; its complaint is not passed on, since that shows the value. */
  static <T> T valid(Place at, String expected, Supplier<T> make) throws ConfigException {
    try {
      return make.get();
    } catch (IllegalArgumentException e) {
      throw at.expected(expected);
    }
  }
}
