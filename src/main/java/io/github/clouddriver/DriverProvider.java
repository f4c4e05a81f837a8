package io.github.clouddriver;

import io.github.clouddriver.error.CloudException;

/**
 * Announces a driver to {@link Drivers} through {@link java.util.ServiceLoader} (clause D10).
 *
 * <p>A driver author writes {@code provides DriverProvider with …} in the module descriptor and the
 * class name in {@code META-INF/services/io.github.clouddriver.DriverProvider} for the class path.
 * The class has a public constructor without parameters, does nothing there, and names no type of
 * an optional library, not even in a lambda or a catch: it must load where that library is absent.
 */
public interface DriverProvider {

  /**
   * The name that the driver is found by. Pure; called at every look-up.
   *
   * @return lower-case letters, digits and hyphens, beginning with a letter, such as {@code memory}
   */
  String name();

  /**
   * The driver itself. Called at every successful look-up, from any thread.
   *
   * @return a driver, not necessarily a new one
   * @throws CloudException if a library that the driver needs is absent; the message names the
   *     artifact to add
   */
  Driver driver() throws CloudException;
}
