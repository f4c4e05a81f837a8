package io.github.clouddriver.memory;

import io.github.clouddriver.InstanceQuotaGroup;
import io.github.clouddriver.InstanceType;
import io.github.clouddriver.error.CapacityException;
import io.github.clouddriver.error.CapacityScope;
import io.github.clouddriver.error.QuotaException;
import java.util.Collection;
import java.util.Map;
import java.util.OptionalInt;

/**
 * How many instances the account may hold, and how many the provider has room for by its name of
 * the type and by quota group (clauses X2, X3). What is not mentioned has no limit.
 */
record Limits(
    OptionalInt quota,
    Map<String, Integer> capacity,
    Map<String, Integer> groupCapacity,
    QuotaGroups groups) {

  /**
   * Refuses an instance that there is no room for beside those that exist, however far they are in
   * shutting down.
   */
  void admit(InstanceType type, Collection<InstanceType> existing)
      throws QuotaException, CapacityException {
    if (quota.isPresent() && existing.size() >= quota.getAsInt()) {
      throw new QuotaException(
          "the account holds "
              + existing.size()
              + " instances and may hold "
              + quota.getAsInt()
              + "; destroy some first",
          null,
          "InstanceLimitExceeded",
          null);
    }
    String providerType = type.providerType();
    Integer ofType = capacity.get(providerType);
    if (ofType != null
        && existing.stream().filter(t -> t.providerType().equals(providerType)).count() >= ofType) {
      throw noRoom("the type " + providerType, CapacityScope.INSTANCE_TYPE);
    }
    InstanceQuotaGroup group = groups.of(type);
    Integer ofGroup = groupCapacity.get(group.value());
    if (ofGroup != null
        && existing.stream().filter(t -> groups.of(t).equals(group)).count() >= ofGroup) {
      throw noRoom("the quota group " + group, CapacityScope.QUOTA_GROUP);
    }
  }

  private static CapacityException noRoom(String what, CapacityScope scope) {
    return new CapacityException(
        "the provider has no room for another instance of " + what,
        scope,
        null,
        "InsufficientInstanceCapacity",
        null);
  }
}
