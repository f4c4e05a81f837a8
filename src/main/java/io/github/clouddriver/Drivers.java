package io.github.clouddriver;

import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.error.UnknownDriverException;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds drivers by name (clause D10), on the class path and the module path.
 *
 * <p>Every call looks anew for the {@link DriverProvider}s that a class loader sees. A provider
 * that is broken takes no other name with it. Safe for use by several threads.
 */
public final class Drivers {
  private Drivers() {}

  /**
   * The driver with a name, among those that the class loader of this library sees: the ones on the
   * same class path or module path. An application that loads drivers as plug-ins, with class
   * loaders of their own, names the plug-in's loader in {@link #named(String, ClassLoader)}.
   *
   * @param name such as {@code memory}, in exactly this form
   * @return what the provider gives
   * @throws UnknownDriverException if no provider has the name; lists the names there are
   * @throws CloudException if two providers have the name, or the driver cannot be made, as when a
   *     library is absent; the message says which artifact to add or remove
   */
  public static Driver named(String name) throws CloudException {
    return named(name, Drivers.class.getClassLoader());
  }

  /**
   * The driver with a name, among those that a class loader sees.
   *
   * @param name such as {@code memory}, in exactly this form
   * @param loader where to look, which includes its parents; null for the system's class loader
   * @return what the provider gives
   * @throws UnknownDriverException if no provider has the name; lists the names there are
   * @throws CloudException if two providers have the name, or the driver cannot be made, as when a
   *     library is absent; the message says which artifact to add or remove
   */
  public static Driver named(String name, @Nullable ClassLoader loader) throws CloudException {
    Objects.requireNonNull(name, "name");
    Providers providers = Providers.seenBy(loader);
    DriverProvider provider = providers.get(name);
    if (provider == null) {
      throw new UnknownDriverException(name, providers.names(), providers.problems());
    }
    String failed = "the driver " + name + " of " + provider.getClass().getName() + " ";
    try {
      Driver driver = provider.driver();
      if (driver == null) {
        throw new CloudException(failed + "is null");
      }
      return driver;
    } catch (LinkageError | RuntimeException e) {
      throw new CloudException(failed + "cannot be made: " + Providers.said(e), e);
    }
  }

  /**
   * The names for which {@link #named(String)} finds a provider. A driver whose library is absent
   * is among them; a broken provider, and a name that two providers have, is not.
   *
   * @return an unmodifiable snapshot
   */
  public static SortedSet<String> names() {
    return Collections.unmodifiableSortedSet(
        new TreeSet<>(Providers.seenBy(Drivers.class.getClassLoader()).names()));
  }
}
