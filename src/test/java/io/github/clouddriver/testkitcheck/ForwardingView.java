package io.github.clouddriver.testkitcheck;

import io.github.clouddriver.InstanceId;
import io.github.clouddriver.InstanceSetId;
import io.github.clouddriver.testkit.ProviderView;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A view of the provider that passes on what it is not told to change. */
abstract class ForwardingView implements ProviderView {
  private final ProviderView view;

  ForwardingView(ProviderView view) {
    this.view = view;
  }

  @Override
  public Set<InstanceId> instances(InstanceSetId set) throws Exception {
    return view.instances(set);
  }

  @Override
  public List<Resource> resources(InstanceSetId set) throws Exception {
    return view.resources(set);
  }

  @Override
  public void deleteLongLived(InstanceSetId set) throws Exception {
    view.deleteLongLived(set);
  }

  @Override
  public Optional<List<byte[]>> initCommands(InstanceId instance) throws Exception {
    return view.initCommands(instance);
  }

  @Override
  public Optional<PublicKey> hostKey(InstanceId instance) throws Exception {
    return view.hostKey(instance);
  }
}
