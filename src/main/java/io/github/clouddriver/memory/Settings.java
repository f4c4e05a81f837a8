package io.github.clouddriver.memory;

import io.github.clouddriver.Capability;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything about an account that is decided when it is made. Immutable; equal settings make
 * accounts that behave the same.
 */
record Settings(
    String name,
    InstantSource clock,
    long seed,
    Timing timing,
    Listing listing,
    Limits limits,
    @Nullable RateLimit rateLimit,
    PriceList prices,
    @Nullable SpotInterruptions spotInterruptions,
    SshSettings ssh,
    boolean liveHandles,
    Set<Capability> capabilities) {

  boolean can(Capability capability) {
    return capabilities.contains(capability);
  }
}
