package io.github.clouddriver.memory;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.clouddriver.Capability;
import io.github.clouddriver.InstanceQuotaGroup;
import io.github.clouddriver.error.ConfigException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The account settings that an operator may write; {@link MemoryDriverProvider} tells of each. */
record MemoryConfig(
    @JsonProperty("Account") @Nullable String account,
    @JsonProperty("Seed") @Nullable Long seed,
    @JsonProperty("BootDelay") @Nullable Duration bootDelay,
    @JsonProperty("AddressDelay") @Nullable Duration addressDelay,
    @JsonProperty("ShutdownDelay") @Nullable Duration shutdownDelay,
    @JsonProperty("PageSize") @Nullable Integer pageSize,
    @JsonProperty("ListLag") @Nullable Duration listLag,
    @JsonProperty("TagLag") @Nullable Duration tagLag,
    @JsonProperty("ForeignRows") @Nullable Boolean foreignRows,
    @JsonProperty("LiveHandles") @Nullable Boolean liveHandles,
    @JsonProperty("Quota") @Nullable Integer quota,
    @JsonProperty("Capacity") @Nullable Map<String, Integer> capacity,
    @JsonProperty("QuotaGroupCapacity") @Nullable Map<String, Integer> quotaGroupCapacity,
    @JsonProperty("QuotaGroups") @Nullable Map<String, String> quotaGroups,
    @JsonProperty("RateLimit") @Nullable Rate rateLimit,
    @JsonProperty("Prices") @Nullable Map<String, BigDecimal> prices,
    @JsonProperty("ScratchPrice") @Nullable BigDecimal scratchPrice,
    @JsonProperty("SpotPriceStep") @Nullable Duration spotPriceStep,
    @JsonProperty("SpotInterruptions") @Nullable Spot spotInterruptions,
    @JsonProperty("Ssh") @Nullable Boolean ssh,
    @JsonProperty("RemoteUser") @Nullable String remoteUser,
    @JsonProperty("HostKeyOverConnection") @Nullable Boolean hostKeyOverConnection,
    @JsonProperty("MaxSessions") @Nullable Integer maxSessions,
    @JsonProperty("Capabilities") @Nullable Set<Capability> capabilities) {

  /** The value of {@code RateLimit}. */
  record Rate(@JsonProperty("Calls") int calls, @JsonProperty("Interval") Duration interval) {}

  /** The value of {@code SpotInterruptions}. */
  record Spot(
      @JsonProperty("MeanLife") Duration meanLife, @JsonProperty("Notice") Duration notice) {}

  private static final String SPAN = "no more than a century";
  private static final String NOT_NEGATIVE = "0 or more";

  private static final List<String> KEYS =
      Arrays.stream(MemoryConfig.class.getDeclaredFields())
          .filter(field -> field.isAnnotationPresent(JsonProperty.class))
          .map(field -> field.getAnnotation(JsonProperty.class).value())
          .toList();

  /** The name of the account in this process. */
  String accountName() {
    return account == null ? "default" : account;
  }

  /** The settings of an account that this configuration is the first to name. */
  Settings settings() throws ConfigException {
    MemoryCloudBuilder builder = new MemoryCloudBuilder("default");
    apply(builder, key -> {});
    try {
      return builder.settings();
    } catch (IllegalArgumentException e) {
      throw wrong("Capabilities", "INIT_COMMAND, or else HOST_KEY and no HostKeyOverConnection");
    }
  }

  /**
   * Checks that what is configured here is how the account is already; what is not mentioned may be
   * any way.
   */
  void checkAgrees(Settings existing) throws ConfigException {
    MemoryCloudBuilder builder = new MemoryCloudBuilder(existing);
    apply(
        builder,
        key -> {
          if (!builder.isEqualTo(existing)) {
            throw wrong(
                key, "what the account has already in this process, where another set named it");
          }
        });
  }

  private interface Check {
    void afterwards(String key) throws ConfigException;
  }

  private void apply(MemoryCloudBuilder b, Check check) throws ConfigException {
    set(check, "Account", account, "text that is not blank", b::name);
    set(check, "Seed", seed, "a whole number", b::seed);
    set(check, "BootDelay", bootDelay, SPAN, b::bootDelay);
    set(check, "AddressDelay", addressDelay, SPAN, b::addressDelay);
    set(check, "ShutdownDelay", shutdownDelay, SPAN, b::shutdownDelay);
    set(check, "PageSize", pageSize, "1 or more", b::pageSize);
    set(check, "ListLag", listLag, SPAN, b::listLag);
    set(check, "TagLag", tagLag, SPAN, b::tagLag);
    set(check, "ForeignRows", foreignRows, "true or false", b::foreignRows);
    set(check, "LiveHandles", liveHandles, "true or false", b::liveHandles);
    set(check, "Quota", quota, NOT_NEGATIVE, b::quota);
    set(
        check,
        "Capacity",
        capacity,
        "provider types, each with 0 or more",
        map -> {
          b.capacity.clear();
          map.forEach(b::capacity);
        });
    set(
        check,
        "QuotaGroupCapacity",
        quotaGroupCapacity,
        "quota groups such as m5-spot, each with 0 or more",
        map -> {
          b.groupCapacity.clear();
          map.forEach((group, n) -> b.quotaGroupCapacity(InstanceQuotaGroup.of(group), n));
        });
    set(
        check,
        "QuotaGroups",
        quotaGroups,
        "prefixes of provider types, each with the name of a group on one line",
        map -> {
          b.quotaGroups.clear();
          map.forEach(b::quotaGroup);
        });
    set(
        check,
        "RateLimit",
        rateLimit,
        "1 call or more in more than no time",
        rate -> b.rateLimit(rate.calls(), rate.interval()));
    set(
        check,
        "Prices",
        prices,
        "provider types, each with a price of 0 or more",
        map -> {
          b.prices.clear();
          map.forEach(b::price);
        });
    set(check, "ScratchPrice", scratchPrice, NOT_NEGATIVE, b::scratchPrice);
    set(check, "SpotPriceStep", spotPriceStep, "a second to a century", b::spotPriceStep);
    set(
        check,
        "SpotInterruptions",
        spotInterruptions,
        "a mean life of a second to a century, and a notice",
        spot -> b.spotInterruptions(spot.meanLife(), spot.notice()));
    set(check, "Ssh", ssh, "true or false", b::ssh);
    set(check, "RemoteUser", remoteUser, "text that is not blank", b::remoteUser);
    set(
        check,
        "HostKeyOverConnection",
        hostKeyOverConnection,
        "true or false",
        b::hostKeyOverConnection);
    set(check, "MaxSessions", maxSessions, NOT_NEGATIVE, b::maxSessions);
    set(check, "Capabilities", capabilities, "capabilities", b::capabilities);
  }

  private static <T> void set(
      Check check, String key, @Nullable T value, String expected, Consumer<? super T> setter)
      throws ConfigException {
    if (value == null) {
      return;
    }
    try {
      setter.accept(value);
    } catch (IllegalArgumentException e) {
      throw wrong(key, expected); // without the cause, which may show the value (clause D2)
    }
    check.afterwards(key);
  }

  private static ConfigException wrong(String key, String expected) {
    return new ConfigException("$." + key, expected, KEYS);
  }
}
