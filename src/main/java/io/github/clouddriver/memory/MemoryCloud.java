package io.github.clouddriver.memory;

import io.github.clouddriver.Driver;
import io.github.clouddriver.DriverFunc;
import io.github.clouddriver.InstanceId;
import io.github.clouddriver.Interruption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A cloud in this process, for tests of whatever uses the library: one account at a provider that
 * keeps every clause of the contract, and breaks down where it is told to.
 *
 * <pre>{@code
 * try (MemoryCloud cloud = MemoryCloud.create()) {
 *   InstanceSet set = cloud.driver().instanceSet(null, id, tags, logger, registry);
 *   cloud.faults().add(Operation.CREATE, Fault.quota());
 *   // set.create(...) raises a quota error, the next create works
 * }
 * }</pre>
 *
 * <p>Any number of sets of any ids share the account, as dispatchers on several hosts do: sets with
 * one id see and take over each other's instances and key pairs (clause D4), sets with different
 * ids leave each other's alone (clause D5). What exists outlives the set that made it, up to {@link
 * #close()}.
 *
 * <p>Whatever takes time follows the cloud's clock and needs no thread: the state of every instance
 * at any instant follows from what has happened to it. With a {@link ManualClock} a test decides
 * when an instance has booted. Safe for use by several threads.
 */
public final class MemoryCloud implements AutoCloseable {
  private static final AtomicInteger UNNAMED = new AtomicInteger();

  private final Provider provider;

  MemoryCloud(Provider provider) {
    this.provider = provider;
  }

  /**
   * A cloud with the default settings of {@link MemoryCloudBuilder}.
   *
   * @return a new cloud, to be closed by the caller
   */
  public static MemoryCloud create() {
    return builder().build();
  }

  /**
   * Begins a cloud of one's own settings.
   *
   * @return a builder
   */
  public static MemoryCloudBuilder builder() {
    return new MemoryCloudBuilder("memory-" + UNNAMED.incrementAndGet());
  }

  /**
   * The cloud behind an account that a configuration has named in this process ({@link
   * MemoryDriverProvider}), for a test that looks at what its sets have made, or breaks something.
   * The account stays until {@link #close()}, also when none of its sets is open; a test that needs
   * a new one closes it.
   *
   * @param account the account's name
   * @return empty if no set has named the account yet, or it was closed since; closing the cloud
   *     ends it for all, and the next set that names it begins a new one
   */
  public static Optional<MemoryCloud> named(String account) {
    return NamedAccounts.OF_THIS_PROCESS.find(account).map(MemoryCloud::new);
  }

  /**
   * The driver whose sets share this account. It takes no configuration: null or an empty object.
   *
   * @return a driver, safe for use by several threads
   */
  public Driver driver() {
    return DriverFunc.of(
        NoConfig.class,
        (config, id, tags, logger, registry) ->
            provider.start(provider.register(id, tags, logger, registry)));
  }

  /**
   * What is to go wrong.
   *
   * @return always the same object
   */
  public Faults faults() {
    return provider.faults();
  }

  /**
   * What commands do on the instances, and which ones were run, init commands among them.
   *
   * @return always the same object
   */
  public MemoryShell shell() {
    return provider.shell();
  }

  /**
   * What exists at the provider now, booting and shutting-down instances of all sets included,
   * without lag or faults; empty if a test has leaked nothing.
   *
   * @return an unmodifiable snapshot in the order of creation
   */
  public List<InstanceRecord> instances() {
    return provider.account().machines().stream()
        .map(machine -> new InstanceRecord(machine, provider.now()))
        .toList();
  }

  /**
   * The key pairs of all sets at the provider.
   *
   * @return an unmodifiable snapshot in the order of their upload
   */
  public List<KeyPairRecord> keyPairs() {
    return provider.account().keyPairs(owner -> true);
  }

  /**
   * Makes the provider announce that it stops an instance, and stop it when the notice is over
   * (clause I8). A {@link Interruption.Kind#REBALANCE} is a warning only: the instance survives.
   *
   * @param id an instance that exists
   * @param kind why
   * @param notice how long after now, on the cloud's clock, the instance begins to shut down; zero
   *     or more
   * @throws IllegalArgumentException if there is no such instance, or the notice is negative
   */
  public void interrupt(InstanceId id, Interruption.Kind kind, Duration notice) {
    if (notice.isNegative()) {
      throw new IllegalArgumentException("the notice of " + notice + " is negative");
    }
    machine(id).interrupt(kind, provider.now(), notice);
  }

  /**
   * Gives an instance another address, as a provider may at any time (clause T1). Its host key
   * stays; connections to the old address end.
   *
   * @param id an instance that exists
   * @throws IllegalArgumentException if there is no such instance
   */
  public void moveAddress(InstanceId id) {
    machine(id).moveAddress();
  }

  private Machine machine(InstanceId id) {
    return provider.account().machines().stream()
        .filter(machine -> machine.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no instance " + id));
  }

  /**
   * Ends the cloud: stops every set, ends every instance and its SSH server, and removes the key
   * pairs. Closing again does nothing; making a set afterwards raises a {@code CloudException}.
   */
  @Override
  public void close() {
    provider.close();
  }

  /**
   * The cloud's name and how much is in it.
   *
   * @return a description for logs
   */
  @Override
  public String toString() {
    return "MemoryCloud["
        + provider.settings().name()
        + ", "
        + provider.account().machines().size()
        + " instances]";
  }
}
