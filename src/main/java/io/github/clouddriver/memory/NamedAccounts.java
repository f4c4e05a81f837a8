package io.github.clouddriver.memory;

import io.github.clouddriver.InstanceSetId;
import io.github.clouddriver.SharedResourceTags;
import io.github.clouddriver.error.CloudException;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;

/**
 * The accounts of this process that a configuration names. An account lives while a set of it is
 * open or an instance of it exists; no thread watches that, so it is looked at whenever a set is
 * made or stopped. Thread-safe.
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
    releaseIdle();
    Provider provider;
    MemoryInstanceSet set;
    synchronized (lock) {
      provider = accounts.get(config.accountName());
      if (provider == null) {
        provider = newProvider(config.settings());
      } else {
        config.checkAgrees(provider.settings());
      }
      set = provider.register(id, tags, logger, registry);
      accounts.put(config.accountName(), provider);
    }
    return provider.start(set);
  }

  private Provider newProvider(Settings settings) throws CloudException {
    try {
      return new Provider(settings, this::releaseIdle);
    } catch (IllegalStateException e) {
      // Its message says which artifact to add (clause D10).
      throw new CloudException("the driver memory cannot be used: " + e.getMessage(), e);
    }
  }

  Optional<Provider> find(String name) {
    releaseIdle();
    synchronized (lock) {
      return Optional.ofNullable(accounts.get(name));
    }
  }

  private void releaseIdle() {
    List<Provider> idle = new ArrayList<>();
    synchronized (lock) {
      accounts
          .values()
          .removeIf(
              provider -> {
                boolean released = provider.isIdle();
                if (released) {
                  idle.add(provider);
                }
                return released;
              });
    }
    idle.forEach(Provider::close);
  }
}
