package io.github.clouddriver.loopback;

import io.github.clouddriver.CreateRequest;
import io.github.clouddriver.InstanceId;
import io.github.clouddriver.InstanceTags;
import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.error.HostKeyMismatchException;
import io.github.clouddriver.exec.HostPort;
import io.github.clouddriver.exec.SshPublicKeys;
import io.github.clouddriver.internal.sshserver.EmbeddedSshServer;
import io.github.clouddriver.internal.sshserver.ExecCall;
import io.github.clouddriver.internal.sshserver.ExecExit;
import io.github.clouddriver.internal.sshserver.HostKeys;
import io.github.clouddriver.internal.sshserver.SshServerPool;
import io.github.clouddriver.internal.sshserver.SshService;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * One life of this host as an instance, from a create to its end: an id, a host key and an SSH
 * server that nothing has had before. Thread-safe: the monitor guards the tags and the beginning of
 * the end, and is held for nothing else.
 */
final class Incarnation implements SshService {
  /** Whose rights commands have. */
  static final String REMOTE_USER = System.getProperty("user.name");

  private static final Duration END_LIMIT = Duration.ofSeconds(4);

  private final InstanceId id = InstanceId.of("loopback-" + UUID.randomUUID());
  private final KeyPair hostKey = HostKeys.generate();
  private final String providerType;
  private final @Nullable PublicKey authorized;
  private final HostShell shell;
  private final Logger logger;
  private final SshServerPool pool;
  private final EmbeddedSshServer server;
  private final AtomicInteger commands = new AtomicInteger();
  private final CountDownLatch ended = new CountDownLatch(1);
  private InstanceTags tags;
  private boolean ending;

  private Incarnation(CreateRequest request, HostShell shell, Logger logger) throws IOException {
    this.providerType = request.type().providerType();
    this.authorized = request.publicKey().orElse(null);
    this.tags = request.tags();
    this.shell = shell;
    this.logger = logger;
    this.pool = new SshServerPool(id.value(), logger);
    try {
      // Last: a client may be served before this returns.
      server = pool.start(this, hostKey);
    } catch (IOException | RuntimeException | Error e) {
      pool.close();
      throw e;
    }
  }

  /**
   * Begins a life; the server serves at once.
   *
   * @throws CloudException if this host gives no port or no threads; nothing is left
   */
  static Incarnation start(CreateRequest request, HostShell shell, Logger logger)
      throws CloudException {
    try {
      return new Incarnation(request, shell, logger);
    } catch (IOException e) {
      throw new CloudException("this host could not begin to answer SSH", e);
    }
  }

  InstanceId id() {
    return id;
  }

  String providerType() {
    return providerType;
  }

  synchronized InstanceTags tags() {
    return tags;
  }

  /** Replaces the tags, unless the end has begun. */
  synchronized boolean setTags(InstanceTags replacement) {
    if (ending) {
      return false;
    }
    tags = replacement;
    return true;
  }

  synchronized boolean isEnding() {
    return ending;
  }

  /** Where the server is; nowhere once the end has begun. */
  Optional<HostPort> address() {
    if (isEnding()) {
      return Optional.empty();
    }
    InetSocketAddress at = server.address();
    return Optional.of(HostPort.of(at.getAddress().getHostAddress(), at.getPort()));
  }

  /** This host made its key itself, so no connection is needed to tell (clauses T3, T5). */
  void verifyHostKey(PublicKey shown) throws HostKeyMismatchException {
    Objects.requireNonNull(shown, "key");
    if (!SshPublicKeys.same(hostKey.getPublic(), shown)) {
      throw new HostKeyMismatchException(
          "instance "
              + id
              + " has the host key "
              + SshPublicKeys.fingerprint(hostKey.getPublic())
              + ", but another one was shown");
    }
  }

  /**
   * Ends it for good: the server, its connections, the commands with all their processes, and all
   * threads, within four seconds; less if the calling thread is interrupted, which it then still
   * is. Again it does nothing but wait for the end that has begun, as long at most.
   */
  void end() {
    boolean first;
    synchronized (this) {
      first = !ending;
      ending = true;
    }
    if (!first) {
      awaitEnd();
      return;
    }
    try {
      pool.close();
    } finally {
      ended.countDown();
    }
  }

  private void awaitEnd() {
    try {
      if (!ended.await(END_LIMIT.toNanos(), TimeUnit.NANOSECONDS)) {
        logger.warn("instance {} has not ended yet", id);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public Logger logger() {
    return logger;
  }

  @Override
  public boolean authenticate(String user, PublicKey key) {
    return authorized != null && REMOTE_USER.equals(user) && SshPublicKeys.same(authorized, key);
  }

  @Override
  public ExecExit execute(ExecCall call) throws IOException, InterruptedException {
    String name = id + "-command-" + commands.incrementAndGet();
    return new CommandRun(name, call, shell, logger).run();
  }
}
