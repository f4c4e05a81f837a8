package io.github.clouddriver.memory;

import io.github.clouddriver.Capability;
import io.github.clouddriver.CreateRequest;
import io.github.clouddriver.Instance;
import io.github.clouddriver.InstancePrice;
import io.github.clouddriver.InstanceQuotaGroup;
import io.github.clouddriver.InstanceSet;
import io.github.clouddriver.InstanceTags;
import io.github.clouddriver.InstanceType;
import io.github.clouddriver.SharedResourceTags;
import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.error.NotImplementedException;
import io.github.clouddriver.exec.RemoteConnection;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One dispatcher's view of the account. Thread-safe; holds no lock and no thread. */
final class MemoryInstanceSet implements InstanceSet {
  private final Provider provider;
  private final Caller caller;
  private final StopSignal stop;
  private final SharedResourceTags sharedTags;
  private final Calls calls;

  MemoryInstanceSet(
      Provider provider, Caller caller, SharedResourceTags sharedTags, MeterRegistry registry) {
    this.provider = provider;
    this.caller = caller;
    this.stop = caller.stop();
    this.sharedTags = sharedTags;
    this.calls = new Calls(provider, stop, registry, caller.identity().id().value());
  }

  Provider provider() {
    return provider;
  }

  Settings settings() {
    return provider.settings();
  }

  Caller caller() {
    return caller;
  }

  @Override
  public Instance create(CreateRequest request) throws CloudException, InterruptedException {
    Objects.requireNonNull(request, "request");
    stop.check("create");
    if (request.attemptToken().isPresent() && !settings().can(Capability.ATTEMPT_TOKEN)) {
      throw new NotImplementedException(
          "attempt tokens are not implemented by this in-memory cloud; nothing was created");
    }
    if (request.publicKey().isPresent() && settings().can(Capability.PUBLIC_KEY)) {
      uploadKey(request.publicKey().get());
    }
    return calls.run(
        Operation.CREATE,
        call -> {
          Account.Created created = provider.account().create(caller, request, call);
          Machine machine = created.machine();
          machine.beginLogins();
          if (created.isNew()) {
            provider.initialize(machine, stop);
          }
          return handle(machine, machine.latestTags());
        });
  }

  /** A key pair is long-lived: the first create of an id with that key makes it (clause D4). */
  private void uploadKey(PublicKey key) throws CloudException, InterruptedException {
    if (!provider.account().hasKeyPair(caller.identity(), key, sharedTags)) {
      calls.run(
          Operation.KEY_UPLOAD,
          call -> {
            provider.account().addKeyPair(caller, key, sharedTags);
            return key;
          });
    }
  }

  @Override
  public List<Instance> instances(InstanceTags filter) throws CloudException, InterruptedException {
    Objects.requireNonNull(filter, "filter");
    stop.check("instances");
    return calls.run(Operation.LIST, call -> list(filter, call));
  }

  private List<Instance> list(InstanceTags filter, FaultCall call)
      throws CloudException, InterruptedException {
    List<Instance> rows = rows(filter, call);
    int pageSize = settings().listing().pageSize();
    List<Instance> read = new ArrayList<>(rows.size());
    int page = 1;
    do {
      if (page > 1) {
        provider.limitRate(Operation.LIST);
      }
      call.page(page);
      read.addAll(rows.subList(read.size(), Math.min(rows.size(), page * pageSize)));
      page++;
    } while (read.size() < rows.size());
    return Collections.unmodifiableList(read);
  }

  /**
   * What the provider finds when it is asked for the first page; later pages show no other time.
   */
  private List<Instance> rows(InstanceTags filter, FaultCall call) {
    Listing listing = settings().listing();
    List<Instance> rows = new ArrayList<>();
    for (Account.Row row : provider.account().rows()) {
      boolean asked =
          row.machine().owner().equals(caller.identity()) && row.tags().containsAll(filter);
      if ((asked || listing.foreignRows()) && !call.hides(row.machine().id())) {
        rows.add(new MemoryInstance(this, row.machine(), row.asOf(), row.tags()));
      }
    }
    return rows;
  }

  private Instance handle(Machine machine, InstanceTags tags) {
    return new MemoryInstance(this, machine, provider.now(), tags);
  }

  void setTags(Machine machine, InstanceTags tags) throws CloudException, InterruptedException {
    Objects.requireNonNull(tags, "tags");
    stop.check("setTags");
    calls.run(
        Operation.SET_TAGS,
        call -> {
          if (!machine.setTags(tags, provider.now(), settings().listing().bound())) {
            throw new CloudException(
                "instance " + machine.id() + " does not exist any more; its tags were not set",
                null,
                "InvalidInstanceID.NotFound",
                call.requestId());
          }
          return machine;
        });
  }

  void destroy(Machine machine) throws CloudException, InterruptedException {
    stop.check("destroy");
    calls.run(
        Operation.DESTROY,
        call -> {
          machine.destroy(provider.now());
          machine.endLogins();
          return machine;
        });
  }

  void verifyHostKey(Machine machine, PublicKey key, @Nullable RemoteConnection connection)
      throws CloudException, InterruptedException {
    Objects.requireNonNull(key, "key");
    if (!settings().can(Capability.HOST_KEY)) {
      throw new NotImplementedException("host keys cannot be told by this in-memory cloud");
    }
    FaultCall call = provider.faults().begin(Operation.VERIFY_HOST_KEY, stop);
    call.beforeCommit();
    if (settings().ssh().hostKeyOverConnection()) {
      HostKeyCheck.overConnection(machine.guest(), key, connection);
    } else {
      HostKeyCheck.known(machine.guest(), key);
    }
    call.afterCommit();
  }

  List<InstancePrice> priceHistory(Machine machine, InstanceType type) {
    Objects.requireNonNull(type, "type");
    return settings().can(Capability.PRICE_HISTORY)
        ? settings()
            .prices()
            .history(
                machine.request().type(),
                type,
                machine.createdAt(),
                provider.now(),
                settings().seed())
        : List.of();
  }

  @Override
  public InstanceQuotaGroup instanceQuotaGroup(InstanceType type) {
    return settings().limits().groups().of(type);
  }

  @Override
  public Set<Capability> capabilities() {
    return settings().capabilities();
  }

  @Override
  public Duration listLag() {
    return settings().listing().bound();
  }

  @Override
  public void stop() {
    stop.stop();
    provider.stopped(this);
  }
}
