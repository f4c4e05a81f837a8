package io.github.clouddriver;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The GPUs of an {@link InstanceType}. Immutable. */
public final class Gpu {
  private final String stack;
  private final String driverVersion;
  private final String hardwareTarget;
  private final int deviceCount;
  private final long vram;

  private Gpu(Builder builder) {
    stack = builder.stack;
    driverVersion = builder.driverVersion;
    hardwareTarget = builder.hardwareTarget;
    deviceCount = builder.deviceCount;
    vram = builder.vram;
  }

  /**
   * Begins a description of one GPU of unknown versions and memory.
   *
   * @param stack the software interface, such as {@code cuda} or {@code rocm}
   * @return a builder
   * @throws IllegalArgumentException if the stack is empty or not one clean line
   */
  public static Builder builder(String stack) {
    return new Builder(stack);
  }

  /**
   * The software interface.
   *
   * @return such as {@code cuda} or {@code rocm}
   */
  public String stack() {
    return stack;
  }

  /**
   * The version of the driver software on the instance.
   *
   * @return such as {@code 11.0}; empty text if unknown
   */
  public String driverVersion() {
    return driverVersion;
  }

  /**
   * The hardware's generation, in the stack's own terms.
   *
   * @return such as {@code 9.0}; empty text if unknown
   */
  public String hardwareTarget() {
    return hardwareTarget;
  }

  /**
   * How many GPUs an instance has.
   *
   * @return 1 or more
   */
  public int deviceCount() {
    return deviceCount;
  }

  /**
   * The memory of each GPU.
   *
   * @return a number of bytes; 0 if unknown
   */
  public long vram() {
    return vram;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Gpu that
        && stack.equals(that.stack)
        && driverVersion.equals(that.driverVersion)
        && hardwareTarget.equals(that.hardwareTarget)
        && deviceCount == that.deviceCount
        && vram == that.vram;
  }

  @Override
  public int hashCode() {
    return Objects.hash(stack, driverVersion, hardwareTarget, deviceCount, vram);
  }

  @Override
  public String toString() {
    return deviceCount + " × " + stack;
  }

  /** Collects the parts of a {@link Gpu}. Not safe for use by several threads. */
  public static final class Builder {
    private final String stack;
    private String driverVersion = "";
    private String hardwareTarget = "";
    private int deviceCount = 1;
    private long vram;

    private Builder(String stack) {
      this.stack = Text.line("GPU stack", stack, 100);
    }

    /**
     * Sets the version of the driver software.
     *
     * @param driverVersion such as {@code 11.0}; empty text if unknown
     * @return this
     */
    public Builder driverVersion(String driverVersion) {
      this.driverVersion = Objects.requireNonNull(driverVersion, "driverVersion");
      return this;
    }

    /**
     * Sets the hardware's generation.
     *
     * @param hardwareTarget such as {@code 9.0}; empty text if unknown
     * @return this
     */
    public Builder hardwareTarget(String hardwareTarget) {
      this.hardwareTarget = Objects.requireNonNull(hardwareTarget, "hardwareTarget");
      return this;
    }

    /**
     * Sets how many GPUs an instance has.
     *
     * @param deviceCount 1 or more
     * @return this
     * @throws IllegalArgumentException if it is less than 1
     */
    public Builder deviceCount(int deviceCount) {
      if (deviceCount < 1) {
        throw new IllegalArgumentException(
            "the number of GPUs, " + deviceCount + ", is less than 1");
      }
      this.deviceCount = deviceCount;
      return this;
    }

    /**
     * Sets the memory of each GPU.
     *
     * @param bytes 0 or more; 0 if unknown
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public Builder vram(long bytes) {
      this.vram = Amounts.notNegative("GPU memory", bytes);
      return this;
    }

    /**
     * Makes the description.
     *
     * @return an immutable value
     */
    public Gpu build() {
      return new Gpu(this);
    }
  }
}
