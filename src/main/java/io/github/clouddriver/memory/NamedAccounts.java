package io.github.clouddriver.memory;

import io.github.clouddriver.InstanceSetId;
import io.github.clouddriver.SharedResourceTags;
import io.github.clouddriver.error.CloudException;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;

/**
 * The accounts of this process that a configuration names. An account begins with the first set
 * that names it and stays until it is closed, as one at a provider does: a set that is restarted
 * finds what it had (clauses D4, S11). Thread-safe.
 */
final class NamedAccounts {
  static final NamedAccounts OF_THIS_PROCESS = new NamedAccounts();

  /** Guards the accounts; a provider's own locks are taken inside it, and nothing waits. */
  private final Object lock = new Object();

  private final Map<String, Provider> accounts = new HashMap<>();

  MemoryInstanceSet open(
      MemoryConfig config,
      InstanceSetId id,
      SharedResourceTags tags,
      Logger logger,
      MeterRegistry registry)
      throws CloudException, InterruptedException {
    Provider provider;
    MemoryInstanceSet set;
    synchronized (lock) {
      provider = accounts.get(config.accountName());
      if (provider == null) {
        provider = newProvider(config);
        accounts.put(config.accountName(), provider);
      } else {
        config.checkAgrees(provider.settings());
      }
      set = provider.register(id, tags, logger, registry);
    }
    return provider.start(set);
  }

  private Provider newProvider(MemoryConfig config) throws CloudException {
    Settings settings = config.settings();
    try {
      return new Provider(settings, closing -> forget(config.accountName(), closing));
    } catch (IllegalStateException e) {
      // Its message says which artifact to add (clause D10).
      throw new CloudException("the driver memory cannot be used: " + e.getMessage(), e);
    }
  }

  Optional<Provider> find(String name) {
    synchronized (lock) {
      return Optional.ofNullable(accounts.get(name));
    }
  }

  /** A closed account's name is free, unless another one has it already. */
  private void forget(String name, Provider closing) {
    synchronized (lock) {
      accounts.remove(name, closing);
    }
  }
}
