package io.github.clouddriver;

import static io.github.clouddriver.InstanceTypeForm.bytes;
import static io.github.clouddriver.InstanceTypeForm.valid;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.clouddriver.error.ConfigException;
import io.github.clouddriver.internal.json.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A {@link Gpu} as configurations write it. */
record GpuForm(
    @JsonProperty(STACK) @Nullable String stack,
    @JsonProperty(DRIVER_VERSION) @Nullable String driverVersion,
    @JsonProperty(HARDWARE_TARGET) @Nullable String hardwareTarget,
    @JsonProperty(DEVICE_COUNT) @Nullable Integer deviceCount,
    @JsonProperty(VRAM) @Nullable ByteSize vram) {

  private static final String STACK = "Stack";
  private static final String DRIVER_VERSION = "DriverVersion";
  private static final String HARDWARE_TARGET = "HardwareTarget";
  private static final String DEVICE_COUNT = "DeviceCount";
  private static final String VRAM = "VRAM";
  private static final List<String> KEYS =
      List.of(STACK, DRIVER_VERSION, HARDWARE_TARGET, DEVICE_COUNT, VRAM);

  /** The GPUs; null if the configuration spells out that there is none: no device, or no stack. */
  @Nullable Gpu read(Place at) throws ConfigException {
    boolean noStack = stack == null || stack.isEmpty();
    if (deviceCount == null ? noStack : deviceCount == 0) {
      return null;
    }
    Gpu.Builder gpu =
        valid(
            at.key(STACK, KEYS),
            "one line of 1 to 100 characters, such as cuda or rocm",
            () -> Gpu.builder(stack == null ? "" : stack));
    if (deviceCount != null) {
      valid(
          at.key(DEVICE_COUNT, KEYS),
          "a whole number, 0 or more",
          () -> gpu.deviceCount(deviceCount));
    }
    return gpu.driverVersion(driverVersion == null ? "" : driverVersion)
        .hardwareTarget(hardwareTarget == null ? "" : hardwareTarget)
        .vram(bytes(vram))
        .build();
  }

  static ObjectNode write(Gpu gpu) {
    return JsonNodeFactory.instance
        .objectNode()
        .put(STACK, gpu.stack())
        .put(DRIVER_VERSION, gpu.driverVersion())
        .put(HARDWARE_TARGET, gpu.hardwareTarget())
        .put(DEVICE_COUNT, gpu.deviceCount())
        .put(VRAM, gpu.vram());
  }
}
