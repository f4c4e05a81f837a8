package io.github.clouddriver.testkit;

import io.github.clouddriver.InstanceId;
import io.github.clouddriver.InstanceSetId;
import java.security.PublicKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is at the provider, seen without the driver: through a fake's own methods, or with the
 * provider's SDK. The kit finds leaks with it that no list of the driver's shows.
 */
public interface ProviderView {

  /**
   * Something at the provider that is no instance: a key pair, a disk, a network card, a template.
   *
   * @param name what a person can find it by, such as {@code key pair kit-4f}
   * @param instance what it is attached to or was made for; null for a long-lived resource
   * @param tags its tags; null if the provider cannot tag such a thing
   */
  record Resource(String name, @Nullable InstanceId instance, @Nullable Map<String, String> tags) {}

  /**
   * The instances that a set made and that have not ended, booting and shutting-down ones included.
   *
   * @param set the id of the set
   * @return without any lag
   * @throws Exception if the provider cannot be asked; fails the test
   */
  Set<InstanceId> instances(InstanceSetId set) throws Exception;

  /**
   * What else there is that carries a set's id, or belongs to one of its instances.
   *
   * @param set the id of the set
   * @return without any lag; in an order that does not change by itself
   * @throws Exception if the provider cannot be asked; fails the test
   */
  List<Resource> resources(InstanceSetId set) throws Exception;

  /**
   * Removes the long-lived resources of a set, which a driver may leave behind. The kit calls it
   * after each test and then expects {@link #resources} to be empty.
   *
   * @param set the id of the set
   * @throws Exception if the provider cannot be asked; fails the test
   */
  void deleteLongLived(InstanceSetId set) throws Exception;

  /**
   * The init commands that an instance has run by now (clause S3).
   *
   * @param instance which one
   * @return one element for each run, byte for byte; empty where that cannot be seen
   * @throws Exception if the provider cannot be asked; fails the test
   */
  default Optional<List<byte[]>> initCommands(InstanceId instance) throws Exception {
    return Optional.empty();
  }

  /**
   * The host key of an instance's SSH server (clause T3).
   *
   * @param instance which one
   * @return empty where that cannot be seen
   * @throws Exception if the provider cannot be asked; fails the test
   */
  default Optional<PublicKey> hostKey(InstanceId instance) throws Exception {
    return Optional.empty();
  }
}
