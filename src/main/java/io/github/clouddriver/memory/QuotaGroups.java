package io.github.clouddriver.memory;

import io.github.clouddriver.InstanceQuotaGroup;
import io.github.clouddriver.InstanceType;
import java.util.Map;

/**
 * Which types are counted together (clause S7): a name chosen by the longest configured prefix of
 * the provider's type, else the type's family, which is what stands before the first dot, hyphen or
 * underscore. Spot and on-demand are counted apart.
 */
record QuotaGroups(Map<String, String> byPrefix) {

  InstanceQuotaGroup of(InstanceType type) {
    return InstanceQuotaGroup.of(
        name(type.providerType()) + (type.preemptible() ? "-spot" : "-on-demand"));
  }

  private String name(String providerType) {
    for (int length = providerType.length(); length > 0; length--) {
      String name = byPrefix.get(providerType.substring(0, length));
      if (name != null) {
        return name;
      }
    }
    return family(providerType);
  }

  private static String family(String providerType) {
    for (int i = 1; i < providerType.length(); i++) {
      if (".-_".indexOf(providerType.charAt(i)) >= 0) {
        return providerType.substring(0, i);
      }
    }
    return providerType;
  }
}
