package io.github.clouddriver.testkitcheck;

import io.github.clouddriver.CreateRequest;
import io.github.clouddriver.InstanceId;
import io.github.clouddriver.InstanceSetId;
import io.github.clouddriver.testkit.ProviderView;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The disks that a driver has made beside its instances. */
final class Disks {
  private record Disk(String setId, ProviderView.Resource resource) {}

  private final List<Disk> all = new CopyOnWriteArrayList<>();

  void add(CreateRequest request, InstanceId instance) {
    String setId = request.tags().get("InstanceSetID").orElse("");
    all.add(new Disk(setId, new ProviderView.Resource("a disk", instance, null)));
  }

  /** A view that shows them too. */
  ProviderView with(ProviderView view) {
    return new ForwardingView(view) {
      @Override
      public List<Resource> resources(InstanceSetId set) throws Exception {
        List<Resource> resources = new ArrayList<>(super.resources(set));
        all.stream()
            .filter(each -> each.setId().equals(set.value()))
            .forEach(each -> resources.add(each.resource()));
        return resources;
      }
    };
  }
}
