package io.github.clouddriver.memory;

import io.github.clouddriver.Capability;
import io.github.clouddriver.InstanceQuotaGroup;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collects the settings of a {@link MemoryCloud}. Every one has a default: instances boot and end
 * at once, nothing is limited, lists are complete and fresh, instances answer SSH, and every {@link
 * Capability} is claimed. Not safe for use by several threads.
 *
 * <p>Delays count on the cloud's own clock, which {@link #clock} sets.
 */
public final class MemoryCloudBuilder {
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private String name;
  private InstantSource clock;
  private long seed;
  private Duration bootDelay;
  private Duration addressDelay;
  private Duration shutdownDelay;
  private int pageSize;
  private Duration listLag;
  private Duration tagLag;
  private boolean foreignRows;
  private OptionalInt quota;
  final Map<String, Integer> capacity;
  final Map<String, Integer> groupCapacity;
  final Map<String, String> quotaGroups;
  private @Nullable RateLimit rateLimit;
  final Map<String, BigDecimal> prices;
  private BigDecimal scratchPrice;
  private Duration spotPriceStep;
  private @Nullable SpotInterruptions spotInterruptions;
  private boolean ssh;
  private String remoteUser;
  private boolean hostKeyOverConnection;
  private boolean liveHandles;
  private Set<Capability> capabilities;

  /** The default settings. */
  MemoryCloudBuilder(String name) {
    this(
        new Settings(
            name,
            InstantSource.system(),
            0,
            new Timing(Duration.ZERO, Duration.ZERO, Duration.ZERO),
            new Listing(100, Duration.ZERO, Duration.ZERO, false),
            new Limits(OptionalInt.empty(), Map.of(), Map.of(), new QuotaGroups(Map.of())),
            null,
            new PriceList(Map.of(), BigDecimal.ZERO, Duration.ofHours(1)),
            null,
            new SshSettings(true, "admin", false),
            true,
            EnumSet.allOf(Capability.class)));
  }

  /** Another account's settings, to be changed. */
  MemoryCloudBuilder(Settings from) {
    name = from.name();
    clock = from.clock();
    seed = from.seed();
    bootDelay = from.timing().bootDelay();
    addressDelay = from.timing().addressDelay();
    shutdownDelay = from.timing().shutdownDelay();
    pageSize = from.listing().pageSize();
    listLag = from.listing().lag();
    tagLag = from.listing().tagLag();
    foreignRows = from.listing().foreignRows();
    quota = from.limits().quota();
    capacity = new LinkedHashMap<>(from.limits().capacity());
    groupCapacity = new LinkedHashMap<>(from.limits().groupCapacity());
    quotaGroups = new LinkedHashMap<>(from.limits().groups().byPrefix());
    rateLimit = from.rateLimit();
    prices = new LinkedHashMap<>(from.prices().onDemand());
    scratchPrice = from.prices().scratchPerGibHour();
    spotPriceStep = from.prices().spotStep();
    spotInterruptions = from.spotInterruptions();
    ssh = from.ssh().enabled();
    remoteUser = from.ssh().remoteUser();
    hostKeyOverConnection = from.ssh().hostKeyOverConnection();
    liveHandles = from.liveHandles();
    capabilities = from.capabilities();
  }

  /**
   * Names the account, for log lines and messages.
   *
   * @param name not blank
   * @return this
   * @throws IllegalArgumentException if it is blank
   */
  public MemoryCloudBuilder name(String name) {
    this.name = notBlank("the name of the cloud", name);
    return this;
  }

  /**
   * Sets the clock that everything in the cloud follows; the system's clock by default.
   *
   * @param clock a {@link ManualClock} in a test that must not sleep
   * @return this
   */
  public MemoryCloudBuilder clock(InstantSource clock) {
    this.clock = Objects.requireNonNull(clock, "clock");
    return this;
  }

  /**
   * Sets what decides spot prices and {@link #spotInterruptions}; 0 by default.
   *
   * @param seed any number; clouds with the same seed draw the same
   * @return this
   */
  public MemoryCloudBuilder seed(long seed) {
    this.seed = seed;
    return this;
  }

  /**
   * Sets how long after its creation an instance runs (clause I7), if its init command has ended by
   * then; zero by default.
   *
   * @param delay zero or more
   * @return this
   * @throws IllegalArgumentException if it is negative or beyond a century
   */
  public MemoryCloudBuilder bootDelay(Duration delay) {
    bootDelay = span("the boot delay", delay);
    return this;
  }

  /**
   * Sets how long after its creation an instance has an address (clause T1); zero by default.
   *
   * @param delay zero or more
   * @return this
   * @throws IllegalArgumentException if it is negative or beyond a century
   */
  public MemoryCloudBuilder addressDelay(Duration delay) {
    addressDelay = span("the address delay", delay);
    return this;
  }

  /**
   * Sets how long an instance is shutting down before it is gone from lists and limits; zero by
   * default.
   *
   * @param delay zero or more
   * @return this
   * @throws IllegalArgumentException if it is negative or beyond a century
   */
  public MemoryCloudBuilder shutdownDelay(Duration delay) {
    shutdownDelay = span("the shutdown delay", delay);
    return this;
  }

  /**
   * Sets how many instances one page of a list has at the most; 100 by default.
   *
   * @param size 1 or more
   * @return this
   * @throws IllegalArgumentException if it is less than 1
   */
  public MemoryCloudBuilder pageSize(int size) {
    if (size < 1) {
      throw new IllegalArgumentException("the page size, " + size + ", is less than 1");
    }
    pageSize = size;
    return this;
  }

  /**
   * Makes lists show what there was that long ago (clause S4); zero by default.
   *
   * @param lag zero or more
   * @return this
   * @throws IllegalArgumentException if it is negative or beyond a century
   */
  public MemoryCloudBuilder listLag(Duration lag) {
    listLag = span("the lag of lists", lag);
    return this;
  }

  /**
   * Makes lists show, and filter by, tags of that long ago, or of the {@link #listLag} if that is
   * longer (clause I4); zero by default. What a create asked for is there from the start.
   *
   * @param lag zero or more
   * @return this
   * @throws IllegalArgumentException if it is negative or beyond a century
   */
  public MemoryCloudBuilder tagLag(Duration lag) {
    tagLag = span("the lag of tags", lag);
    return this;
  }

  /**
   * Makes lists show every instance in the account, whatever the filter and whoever made it, as a
   * driver may (clause S5) and a dispatcher must bear; false by default.
   *
   * @param foreignRows whether to show what was not asked for
   * @return this
   */
  public MemoryCloudBuilder foreignRows(boolean foreignRows) {
    this.foreignRows = foreignRows;
    return this;
  }

  /**
   * Makes instance objects tell their state, address and interruption as of now, rather than as of
   * the create or list that made them, as most real drivers do; true by default.
   *
   * @param live false for a test of a dispatcher that must list again to know
   * @return this
   */
  public MemoryCloudBuilder liveHandles(boolean live) {
    liveHandles = live;
    return this;
  }

  /**
   * Limits how many instances the account may hold; more raise a {@code QuotaError} (clause X2). No
   * limit by default.
   *
   * @param instances zero or more; those that are shutting down count
   * @return this
   * @throws IllegalArgumentException if it is negative
   */
  public MemoryCloudBuilder quota(int instances) {
    quota = OptionalInt.of(notNegative("the quota", instances));
    return this;
  }

  /**
   * Limits how many instances of a type there is room for; more raise a {@code CapacityError} for
   * that type (clause X3). No limit by default.
   *
   * @param providerType the provider's name of the type
   * @param instances zero or more; those that are shutting down count
   * @return this
   * @throws IllegalArgumentException if it is negative
   */
  public MemoryCloudBuilder capacity(String providerType, int instances) {
    capacity.put(
        notBlank("the provider type", providerType),
        notNegative("the capacity for " + providerType, instances));
    return this;
  }

  /**
   * Limits how many instances of a quota group there is room for; more raise a {@code
   * CapacityError} for that group (clause X3). No limit by default.
   *
   * @param group as {@code instanceQuotaGroup} gives it, such as {@code m5-on-demand}
   * @param instances zero or more; those that are shutting down count
   * @return this
   * @throws IllegalArgumentException if it is negative
   */
  public MemoryCloudBuilder quotaGroupCapacity(InstanceQuotaGroup group, int instances) {
    groupCapacity.put(
        group.value(), notNegative("the capacity for the quota group " + group, instances));
    return this;
  }

  /**
   * Names the quota group of all types whose provider's name begins alike (clause S7); the longest
   * prefix counts. By default it is what stands before the first dot, hyphen or underscore. The
   * group's full name has {@code -spot} or {@code -on-demand} at its end.
   *
   * @param prefix what the names of the types begin with
   * @param name the group; several prefixes may share one
   * @return this
   * @throws IllegalArgumentException if either is blank or not one clean line
   */
  public MemoryCloudBuilder quotaGroup(String prefix, String name) {
    quotaGroups.put(notBlank("the prefix", prefix), InstanceQuotaGroup.of(name).value());
    return this;
  }

  /**
   * Limits the calls to the account; more raise a {@code RateLimitError} (clause X1). Every create,
   * key upload, page of a list, change of tags and destroy is a call. No limit by default.
   *
   * @param calls how many at once, 1 or more
   * @param interval how long it takes until as many are allowed again, more than zero
   * @return this
   * @throws IllegalArgumentException if no call would be allowed
   */
  public MemoryCloudBuilder rateLimit(int calls, Duration interval) {
    if (calls < 1 || span("the interval of the rate limit", interval).isZero()) {
      throw new IllegalArgumentException(
          "a rate limit of " + calls + " calls in " + interval + " lets nothing through");
    }
    rateLimit = new RateLimit(calls, interval);
    return this;
  }

  /**
   * Sets what an on-demand instance of a type costs; a spot price lies between a tenth and nine
   * tenths of that. By default a type costs what the caller's {@code InstanceType} says.
   *
   * @param providerType the provider's name of the type
   * @param perHour zero or more; types at zero have no price history
   * @return this
   * @throws IllegalArgumentException if it is negative
   */
  public MemoryCloudBuilder price(String providerType, BigDecimal perHour) {
    prices.put(
        notBlank("the provider type", providerType),
        notNegative("the price of " + providerType, perHour).stripTrailingZeros());
    return this;
  }

  /**
   * Sets what added scratch costs beside the instance (clause I6); nothing by default.
   *
   * @param perGibHour per GiB and hour, zero or more
   * @return this
   * @throws IllegalArgumentException if it is negative
   */
  public MemoryCloudBuilder scratchPrice(BigDecimal perGibHour) {
    scratchPrice = notNegative("the price of scratch", perGibHour).stripTrailingZeros();
    return this;
  }

  /**
   * Sets how long a spot price holds; an hour by default.
   *
   * @param step a second or more
   * @return this
   * @throws IllegalArgumentException if it is shorter than that, or beyond a century
   */
  public MemoryCloudBuilder spotPriceStep(Duration step) {
    spotPriceStep = atLeast("the step of spot prices", Duration.ofSeconds(1), step);
    return this;
  }

  /**
   * Makes the provider take preemptible instances back by itself, each after a random life (clause
   * I8); by default it does so only when {@link MemoryCloud#interrupt} says so.
   *
   * @param meanLife how long such an instance is left alone on average, a second or more
   * @param notice how long before its end it is announced, zero or more
   * @return this
   * @throws IllegalArgumentException if a span is out of bounds
   */
  public MemoryCloudBuilder spotInterruptions(Duration meanLife, Duration notice) {
    spotInterruptions =
        new SpotInterruptions(
            atLeast("the mean life of spot instances", Duration.ofSeconds(1), meanLife),
            span("the notice of spot interruptions", notice));
    return this;
  }

  /**
   * Sets whether instances answer SSH; true by default, which needs Apache MINA SSHD.
   *
   * <p>Without it they are as machines that have booted but run no SSH service: each has an address
   * of its own, {@code 127.x.y.z} with port 1, and with the next port after each {@link
   * MemoryCloud#moveAddress}. It is well-formed and nobody is given it to listen on, so that
   * connecting to it fails; only code that looks at addresses can use it.
   *
   * @param ssh whether to serve SSH
   * @return this
   */
  public MemoryCloudBuilder ssh(boolean ssh) {
    this.ssh = ssh;
    return this;
  }

  /**
   * Sets the user to log in as (clause T2); {@code admin} by default.
   *
   * @param user a user name, not blank
   * @return this
   * @throws IllegalArgumentException if it is blank
   */
  public MemoryCloudBuilder remoteUser(String user) {
    remoteUser = notBlank("the remote user", user);
    return this;
  }

  /**
   * Makes host keys verifiable over a connection only, by a command on the instance (clause T5);
   * false by default. Without a connection {@code verifyHostKey} then raises {@code
   * NotImplementedException}.
   *
   * @param overConnection whether a connection is needed
   * @return this
   */
  public MemoryCloudBuilder hostKeyOverConnection(boolean overConnection) {
    hostKeyOverConnection = overConnection;
    return this;
  }

  /**
   * Sets what the cloud can do; everything by default. What is left out fails cleanly, as each
   * {@link Capability} says, so that a test can put a poorer driver in place of this one. Without
   * {@link Capability#ADOPTION} stopping a set ends its instances.
   *
   * @param claimed all that the sets claim
   * @return this
   */
  public MemoryCloudBuilder capabilities(Set<Capability> claimed) {
    capabilities = Set.copyOf(claimed);
    return this;
  }

  /**
   * Takes away some of what the cloud can do, as {@link #capabilities} with all the others.
   *
   * @param lacking what the sets do not claim
   * @return this
   */
  public MemoryCloudBuilder without(Capability... lacking) {
    Set<Capability> rest = new HashSet<>(capabilities);
    rest.removeAll(Set.of(lacking));
    capabilities = rest;
    return this;
  }

  /**
   * Makes the cloud.
   *
   * @return a new cloud, to be closed by the caller
   * @throws IllegalStateException if instances are to answer SSH and Apache MINA SSHD is missing;
   *     the message names the artifact to add
   * @throws IllegalArgumentException if init commands are not run and host keys not verified
   *     without a connection: only a driver that always verifies them may leave out the former
   *     (clause S3)
   */
  public MemoryCloud build() {
    return new MemoryCloud(new Provider(settings()));
  }

  /** Whether what is built now would be an account like another. */
  boolean isEqualTo(Settings other) {
    return all().equals(other);
  }

  /** What is built. */
  Settings settings() {
    if (!capabilities.contains(Capability.INIT_COMMAND)
        && (hostKeyOverConnection || !capabilities.contains(Capability.HOST_KEY))) {
      throw new IllegalArgumentException(
          "a cloud without INIT_COMMAND must have HOST_KEY, and not over a connection only");
    }
    return all();
  }

  private Settings all() {
    return new Settings(
        name,
        clock,
        seed,
        new Timing(bootDelay, addressDelay, shutdownDelay),
        new Listing(pageSize, listLag, tagLag, foreignRows),
        new Limits(
            quota,
            Map.copyOf(capacity),
            Map.copyOf(groupCapacity),
            new QuotaGroups(Map.copyOf(quotaGroups))),
        rateLimit,
        new PriceList(Map.copyOf(prices), scratchPrice, spotPriceStep),
        spotInterruptions,
        new SshSettings(ssh, remoteUser, hostKeyOverConnection),
        liveHandles,
        Set.copyOf(capabilities));
  }

  private static Duration span(String what, Duration span) {
    return atLeast(what, Duration.ZERO, span);
  }

  private static Duration atLeast(String what, Duration least, Duration span) {
    if (span.compareTo(least) < 0 || span.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          what + ", " + span + ", is not between " + least + " and " + LONGEST);
    }
    return span;
  }

  private static int notNegative(String what, int number) {
    if (number < 0) {
      throw new IllegalArgumentException(what + ", " + number + ", is negative");
    }
    return number;
  }

  private static BigDecimal notNegative(String what, BigDecimal price) {
    if (price.signum() < 0) {
      throw new IllegalArgumentException(what + ", " + price + ", is negative");
    }
    return price;
  }

  private static String notBlank(String what, String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException(what + " is blank");
    }
    return text;
  }
}
