package io.github.clouddriver.memory;

import io.github.clouddriver.InstanceState;
import io.github.clouddriver.exec.HostPort;
import io.github.clouddriver.exec.SshPublicKeys;
import io.github.clouddriver.internal.sshserver.Behaviour;
import io.github.clouddriver.internal.sshserver.EmbeddedSshServer;
import io.github.clouddriver.internal.sshserver.ExecCall;
import io.github.clouddriver.internal.sshserver.ExecExit;
import io.github.clouddriver.internal.sshserver.SshService;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.PublicKey;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * The SSH service of one instance. A connection is served while the instance runs, and nobody gets
 * in but the remote user with the key of the create request.
 *
 * <p>Thread-safe; holds no lock. A close while the service begins is seen by one of both, which
 * then ends the server.
 */
final class InstanceSsh implements SshService, AutoCloseable {
  /** An instance reaches what a test runs beside it, and nothing of the real world. */
  private static final Set<String> REACHABLE = Set.of("localhost", "127.0.0.1", "::1");

  private final Guest guest;
  private final SshServers servers;
  private final SshSettings settings;
  private final @Nullable PublicKey authorized;
  private final Supplier<InstanceState> state;
  private final Supplier<Optional<SshFault>> fault;
  private final Logger logger;
  private final Once<Boolean> start = new Once<>(this::start);
  private volatile @Nullable EmbeddedSshServer server;
  private volatile boolean closed;

  /**
   * A service that has not begun.
   *
   * @param authorized whose owner may log in; null for nobody
   * @param state the instance's state now
   * @param fault how a connection that has just come in is broken; asked once for each
   */
  InstanceSsh(
      Guest guest,
      SshServers servers,
      SshSettings settings,
      @Nullable PublicKey authorized,
      Supplier<InstanceState> state,
      Supplier<Optional<SshFault>> fault,
      Logger logger) {
    this.guest = guest;
    this.servers = servers;
    this.settings = settings;
    this.authorized = authorized;
    this.state = state;
    this.fault = fault;
    this.logger = logger;
  }

  /**
   * Begins the service, which takes a few milliseconds; begun or closed before, it does nothing.
   * Where there is no port for it the instance stays without an address.
   */
  void begin() {
    start.get();
  }

  private boolean start() {
    if (closed) {
      return false;
    }
    EmbeddedSshServer started;
    try {
      started = servers.start(this, guest.hostKey());
      started.setMaxChannels(settings.maxSessions());
    } catch (IOException | IllegalStateException e) {
      logger.warn("instance {} has no SSH service: {}", guest.id(), e.toString());
      return false;
    }
    server = started;
    if (closed) {
      servers.stop(this, started);
    }
    return true;
  }

  /** Where the service is, the same for ever, also after its end; empty until it has begun. */
  Optional<HostPort> address() {
    EmbeddedSshServer begun = server;
    if (begun == null) {
      return Optional.empty();
    }
    InetSocketAddress at = begun.address();
    return Optional.of(HostPort.of(at.getAddress().getHostAddress(), at.getPort()));
  }

  private boolean isRunning() {
    return state.get() == InstanceState.RUNNING;
  }

  @Override
  public Logger logger() {
    return logger;
  }

  @Override
  public Behaviour behaviour() {
    return isRunning()
        ? fault.get().map(InstanceSsh::behaviourOf).orElse(Behaviour.SERVE)
        : Behaviour.DROP;
  }

  private static Behaviour behaviourOf(SshFault fault) {
    return switch (fault) {
      case REFUSE -> Behaviour.DROP;
      case STALL -> Behaviour.STALL;
      case DROP_CONNECTION -> Behaviour.CUT_COMMANDS;
      case WRONG_HOST_KEY -> Behaviour.OTHER_HOST_KEY;
      case REJECT_LOGIN -> Behaviour.REJECT_LOGINS;
    };
  }

  @Override
  public boolean authenticate(String user, PublicKey key) {
    return authorized != null
        && settings.remoteUser().equals(user)
        && SshPublicKeys.same(authorized, key);
  }

  @Override
  public ExecExit execute(ExecCall call) throws IOException, InterruptedException {
    // No thread watches the end of an instance: it is noticed when somebody uses the connection.
    if (!isRunning()) {
      call.cutConnection();
      return ExecExit.lost();
    }
    try {
      return guest.run(new SshCall(guest.id(), call)).exit();
    } catch (RuntimeException | Error e) {
      // An assertion in the script, say, which nobody else would hear of.
      logger.warn("the script of a command on instance {} failed", guest.id(), e);
      return ExecExit.lost();
    }
  }

  @Override
  public boolean mayConnect(String host, int port) {
    return isRunning() && REACHABLE.contains(host);
  }

  /** Ends the service, with all connections and commands. Closing again does nothing. */
  @Override
  public void close() {
    closed = true;
    EmbeddedSshServer begun = server;
    if (begun != null) {
      servers.stop(this, begun);
    }
  }
}
