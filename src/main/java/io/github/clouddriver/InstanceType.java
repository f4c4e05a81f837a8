package io.github.clouddriver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.clouddriver.error.ConfigException;
import io.github.clouddriver.internal.json.Place;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A kind of instance that a dispatcher may ask for: the caller's name of it, the provider's name,
 * its size and its price. Immutable.
 */
public final class InstanceType {
  private final String name;
  private final String providerType;
  private final int vcpus;
  private final long ram;
  private final long includedScratch;
  private final long addedScratch;
  private final BigDecimal price;
  private final boolean preemptible;
  private final @Nullable Gpu gpu;

  private InstanceType(Builder builder) {
    name = builder.name;
    providerType = builder.providerType;
    vcpus = builder.vcpus;
    ram = builder.ram;
    includedScratch = builder.includedScratch;
    addedScratch = builder.addedScratch;
    price = builder.price;
    preemptible = builder.preemptible;
    gpu = builder.gpu;
  }

  /**
   * Begins a type with one virtual CPU, no stated memory or scratch, and the price 0.
   *
   * @param name the caller's own name of the type
   * @param providerType the provider's name of the type, such as {@code m7i.large}
   * @return a builder
   * @throws IllegalArgumentException if a name is empty or not one clean line
   */
  public static Builder builder(String name, String providerType) {
    return new Builder(name, providerType);
  }

  /**
   * Reads a type as configurations write it, strictly (clause D2). Every key may be absent; keys
   * match in any letter case:
   *
   * <ul>
   *   <li>{@code ProviderType}: the provider's name; the same as {@code name} if absent or empty
   *   <li>{@code VCPUs}: a whole number, 1 or more; 1 if absent
   *   <li>{@code RAM}, {@code IncludedScratch}, {@code AddedScratch}: {@code "8GiB"} as {@link
   *       ByteSize#parse} reads it, or a whole number of bytes; 0 if absent
   *   <li>{@code Price}: a number, 0 or more, per hour; 0 if absent
   *   <li>{@code Preemptible}: true or false; false if absent
   *   <li>{@code GPU}: an object with {@code Stack}, {@code DriverVersion}, {@code HardwareTarget}
   *       (text), {@code DeviceCount} (1 if absent) and {@code VRAM} (of each device); there is no
   *       GPU if it is absent, if {@code DeviceCount} is 0, or if neither {@code Stack} nor {@code
   *       DeviceCount} is stated
   * </ul>
   *
   * <p>A configuration class declares its types as {@code Map<String, InstanceType>}, by name.
   *
   * @param name the caller's own name of the type
   * @param node an object
   * @return an immutable type
   * @throws ConfigException if the name or the object is wrong; the path {@code $} is the object
   */
  public static InstanceType fromJson(String name, JsonNode node) throws ConfigException {
    return InstanceTypeForm.read(name, node, Place.ROOT);
  }

  /**
   * Writes the type as {@link #fromJson} reads it, all but its name. Sizes are numbers of bytes.
   *
   * @return a new object that the caller may change
   */
  public ObjectNode toJson() {
    return InstanceTypeForm.write(this);
  }

  /**
   * Begins another type with the parts of this one.
   *
   * @return a new builder
   */
  public Builder toBuilder() {
    return new Builder(name, providerType)
        .vcpus(vcpus)
        .ram(ram)
        .includedScratch(includedScratch)
        .addedScratch(addedScratch)
        .price(price)
        .preemptible(preemptible)
        .gpu(gpu);
  }

  /**
   * The caller's own name of the type.
   *
   * @return not empty
   */
  public String name() {
    return name;
  }

  /**
   * The provider's name of the type.
   *
   * @return not empty
   */
  public String providerType() {
    return providerType;
  }

  /**
   * The number of virtual CPUs.
   *
   * @return 1 or more
   */
  public int vcpus() {
    return vcpus;
  }

  /**
   * The memory.
   *
   * @return a number of bytes, 0 or more
   */
  public long ram() {
    return ram;
  }

  /**
   * The scratch storage that every instance of the provider's type has.
   *
   * @return a number of bytes, 0 or more
   */
  public long includedScratch() {
    return includedScratch;
  }

  /**
   * The scratch storage that the driver adds to each instance, at a cost (clause I6).
   *
   * @return a number of bytes, 0 or more
   */
  public long addedScratch() {
    return addedScratch;
  }

  /**
   * All of the scratch storage.
   *
   * @return included and added scratch together, in bytes
   */
  public long scratch() {
    return includedScratch + addedScratch;
  }

  /**
   * What an hour is assumed to cost, for choosing among types.
   *
   * @return not negative, without trailing zeros, in the provider's currency
   */
  public BigDecimal price() {
    return price;
  }

  /**
   * Whether the provider may take an instance of this type back (spot).
   *
   * @return true for cheaper instances that may be interrupted
   */
  public boolean preemptible() {
    return preemptible;
  }

  /**
   * The GPUs.
   *
   * @return empty if the type has none
   */
  public Optional<Gpu> gpu() {
    return Optional.ofNullable(gpu);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof InstanceType that
        && name.equals(that.name)
        && providerType.equals(that.providerType)
        && vcpus == that.vcpus
        && ram == that.ram
        && includedScratch == that.includedScratch
        && addedScratch == that.addedScratch
        && price.equals(that.price)
        && preemptible == that.preemptible
        && Objects.equals(gpu, that.gpu);
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        name, providerType, vcpus, ram, includedScratch, addedScratch, price, preemptible, gpu);
  }

  @Override
  public String toString() {
    return name
        + "["
        + providerType
        + ", "
        + vcpus
        + " vCPU, RAM "
        + ByteSize.of(ram)
        + (preemptible ? ", preemptible" : "")
        + (gpu == null ? "" : ", " + gpu)
        + "]";
  }

  /** Collects the parts of an {@link InstanceType}. Not safe for use by several threads. */
  public static final class Builder {
    private final String name;
    private final String providerType;
    private int vcpus = 1;
    private long ram;
    private long includedScratch;
    private long addedScratch;
    private BigDecimal price = BigDecimal.ZERO;
    private boolean preemptible;
    private @Nullable Gpu gpu;

    private Builder(String name, String providerType) {
      this.name = Text.line("name of the instance type", name, 256);
      this.providerType = Text.line("provider's name of the instance type", providerType, 256);
    }

    /**
     * Sets the number of virtual CPUs.
     *
     * @param vcpus 1 or more
     * @return this
     * @throws IllegalArgumentException if it is less than 1
     */
    public Builder vcpus(int vcpus) {
      if (vcpus < 1) {
        throw new IllegalArgumentException("the number of vCPUs, " + vcpus + ", is less than 1");
      }
      this.vcpus = vcpus;
      return this;
    }

    /**
     * Sets the memory.
     *
     * @param bytes 0 or more
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public Builder ram(long bytes) {
      this.ram = Amounts.notNegative("memory", bytes);
      return this;
    }

    /**
     * Sets the scratch storage that every instance of the provider's type has.
     *
     * @param bytes 0 or more
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public Builder includedScratch(long bytes) {
      this.includedScratch = Amounts.notNegative("included scratch", bytes);
      return this;
    }

    /**
     * Sets the scratch storage that the driver adds to each instance.
     *
     * @param bytes 0 or more
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public Builder addedScratch(long bytes) {
      this.addedScratch = Amounts.notNegative("added scratch", bytes);
      return this;
    }

    /**
     * Sets what an hour is assumed to cost.
     *
     * @param perHour not negative
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public Builder price(BigDecimal perHour) {
      if (perHour.signum() < 0) {
        throw new IllegalArgumentException("the price " + perHour + " is negative");
      }
      this.price = perHour.stripTrailingZeros();
      return this;
    }

    /**
     * Sets whether the provider may take an instance back.
     *
     * @param preemptible true for spot instances
     * @return this
     */
    public Builder preemptible(boolean preemptible) {
      this.preemptible = preemptible;
      return this;
    }

    /**
     * Sets the GPUs.
     *
     * @param gpu null for none
     * @return this
     */
    public Builder gpu(@Nullable Gpu gpu) {
      this.gpu = gpu;
      return this;
    }

    /**
     * Makes the type.
     *
     * @return an immutable type
     * @throws IllegalArgumentException if included and added scratch together are beyond 8 EiB
     */
    public InstanceType build() {
      Amounts.notNegative("scratch in all", includedScratch + addedScratch);
      return new InstanceType(this);
    }
  }
}
