package io.github.clouddriver.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.clouddriver.Driver;
import io.github.clouddriver.ImageId;
import io.github.clouddriver.InstanceType;
import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.exec.Executor;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The driver that the kit tests, and what the kit has to know of its provider.
 *
 * <p>A new object is made for each test, as JUnit does with test classes, so a fake provider may be
 * a field of it; the subclass closes it in its own {@code @AfterEach}, which runs after the kit has
 * cleaned up. Methods are called from several threads.
 */
public interface DriverUnderTest {

  /**
   * The driver.
   *
   * @return any driver; all that are returned during one test reach the same account
   * @throws CloudException if there is none, as from {@code Drivers.named}
   */
  Driver driver() throws CloudException;

  /**
   * The driver's configuration, with every key that it can take in a test: clause D2 is checked for
   * each.
   *
   * @return an object, never changed by the kit; empty by default
   */
  default JsonNode config() {
    return JsonNodeFactory.instance.objectNode();
  }

  /**
   * A cheap instance type, not preemptible.
   *
   * @return the type of nearly all instances that the kit creates
   */
  InstanceType instanceType();

  /**
   * The image of all instances.
   *
   * @return {@code kit-image} by default
   */
  default ImageId image() {
    return ImageId.of("kit-image");
  }

  /**
   * Another type that the provider counts together with {@link #instanceType()}, for clauses S7 and
   * S11.
   *
   * @return empty by default
   */
  default Optional<InstanceType> siblingType() {
    return Optional.empty();
  }

  /**
   * A preemptible type, where the provider counts those apart, for clause S7.
   *
   * @return empty by default
   */
  default Optional<InstanceType> preemptibleType() {
    return Optional.empty();
  }

  /**
   * Whether added scratch costs something at the provider, for clause I6.
   *
   * @return false by default, and then the clause is proved only where the price turns out to rise
   */
  default boolean chargesForScratch() {
    return false;
  }

  /**
   * How many instances the kit may have at once. Tests that need more are skipped.
   *
   * @return 1 or more; 3 by default, which is enough for all but lists of several pages
   */
  default int maxInstances() {
    return 3;
  }

  /**
   * The account's quota, where it is small enough for the kit to fill it (clause X2).
   *
   * @return how many instances it holds, no more than {@link #maxInstances()}; empty by default
   */
  default OptionalInt quota() {
    return OptionalInt.empty();
  }

  /**
   * How long the provider may take for what it does after it has answered: to boot an instance, to
   * give it an address, to end it. Counted in the time of {@link #pass}.
   *
   * @return 30 seconds by default
   */
  default Duration settleTimeout() {
    return Duration.ofSeconds(30);
  }

  /**
   * How long the kit watches until it believes that nothing happens. Counted in the time of {@link
   * #pass}.
   *
   * @return 100 ms by default
   */
  default Duration quietPeriod() {
    return Duration.ofMillis(100);
  }

  /**
   * Lets time pass at the provider. Where it follows a clock that a test can move, this moves it.
   *
   * @param time how much
   * @throws InterruptedException if the calling thread was interrupted
   */
  default void pass(Duration time) throws InterruptedException {
    if (new Semaphore(0).tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new IllegalStateException("nobody releases it");
    }
  }

  /**
   * The clock that retry times are told by (clause X1).
   *
   * @return the system's clock by default
   */
  default InstantSource clock() {
    return InstantSource.system();
  }

  /**
   * The driver as another process on another host has it (clause D4): same account, nothing shared
   * in memory.
   *
   * @return {@link #driver()} by default, which is enough where each call makes a new object
   * @throws CloudException as {@link #driver()}
   */
  default Driver driverElsewhere() throws CloudException {
    return driver();
  }

  /**
   * The name under which {@code Drivers} finds the driver (clause D10).
   *
   * @return empty by default, for a driver that is not announced
   */
  default Optional<String> driverName() {
    return Optional.empty();
  }

  /**
   * The secrets in {@link #config()}, for which the kit looks wherever the driver may have written
   * them (clause D8).
   *
   * @return empty by default
   */
  default List<String> secrets() {
    return List.of();
  }

  /**
   * A way to make the provider fail.
   *
   * @return empty by default, and then much of X, S9, S10 and S12 is excused
   */
  default Optional<ProviderFaults> faults() {
    return Optional.empty();
  }

  /**
   * A way to see what is at the provider without the driver.
   *
   * @return empty by default, and then leaks are found only where the driver lists them
   */
  default Optional<ProviderView> provider() {
    return Optional.empty();
  }

  /**
   * An executor to log in to instances with, for clauses S2 and T3, such as {@code
   * SshExecutor.builder().build()}.
   *
   * @return a new one, closed by the kit; empty, as by default, where nobody can log in to what the
   *     kit creates
   */
  default Optional<Executor> executor() {
    return Optional.empty();
  }

  /**
   * Whether a thread is part of the provider, where that runs in this process; it need not end with
   * the set (clause S9).
   *
   * @param thread one that was started during a call of the driver and has outlived its set
   * @return false by default
   */
  default boolean belongsToProvider(Thread thread) {
    return false;
  }
}
