package io.github.clouddriver.testkitcheck;

import io.github.clouddriver.InstanceId;
import io.github.clouddriver.InstanceSetId;
import io.github.clouddriver.memory.InstanceRecord;
import io.github.clouddriver.memory.MemoryCloud;
import io.github.clouddriver.memory.ShellRun;
import io.github.clouddriver.testkit.ProviderView;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What is in an in-memory cloud, without any driver. */
final class MemoryView implements ProviderView {
  private final MemoryCloud cloud;

  MemoryView(MemoryCloud cloud) {
    this.cloud = cloud;
  }

  @Override
  public Set<InstanceId> instances(InstanceSetId set) {
    return cloud.instances().stream()
        .filter(each -> each.setId().equals(set))
        .map(InstanceRecord::id)
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public List<Resource> resources(InstanceSetId set) {
    return cloud.keyPairs().stream()
        .filter(each -> each.setId().equals(set))
        .map(each -> new Resource("key pair " + each.name(), null, each.tags().asMap()))
        .toList();
  }

  @Override
  public void deleteLongLived(InstanceSetId set) {
    cloud.deleteKeyPairs(set);
  }

  @Override
  public Optional<List<byte[]>> initCommands(InstanceId instance) {
    return Optional.of(
        cloud.shell().runs(instance).stream()
            .filter(ShellRun::isInit)
            .map(ShellRun::commandBytes)
            .toList());
  }

  @Override
  public Optional<PublicKey> hostKey(InstanceId instance) {
    return cloud.instances().stream()
        .filter(each -> each.id().equals(instance))
        .findFirst()
        .map(InstanceRecord::hostKey);
  }
}
