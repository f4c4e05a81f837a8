package io.github.clouddriver.memory;

import io.github.clouddriver.internal.sshserver.EmbeddedSshServer;
import io.github.clouddriver.internal.sshserver.SshLibrary;
import io.github.clouddriver.internal.sshserver.SshServerPool;
import io.github.clouddriver.internal.sshserver.SshService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.KeyPair;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * The SSH servers of a cloud's instances, and the pool of threads that they share, which begins
 * with the first server and can be given back while there is none. Thread-safe: the monitor guards
 * every field that changes; nothing is begun or ended under it.
 */
final class SshServers implements AutoCloseable {
  private final String name;

  /** Those whose server runs or is about to. */
  private final Set<SshService> users = new HashSet<>();

  private @Nullable Once<SshServerPool> pool;
  private boolean closed;

  SshServers(String name) {
    this.name = name;
  }

  /**
   * To be called before anything here, and where instances answer SSH only.
   *
   * @throws IllegalStateException if Apache MINA SSHD is not there
   */
  static void requireLibrary() {
    SshLibrary.require("instances in memory answer SSH", ", or make the cloud with ssh(false)");
  }

  /**
   * Starts a server, which serves at once and is ended by {@link #stop}. The first one's logger is
   * that of the threads too.
   *
   * @throws IOException if this system gives no port or no selector
   * @throws IllegalStateException if this is closed
   */
  EmbeddedSshServer start(SshService service, KeyPair hostKey) throws IOException {
    Once<SshServerPool> current;
    synchronized (this) {
      if (closed) {
        throw new IllegalStateException("the SSH servers of " + name + " are closed");
      }
      if (pool == null) {
        pool = new Once<>(() -> newPool(service.logger()));
      }
      current = pool;
      users.add(service);
    }
    try {
      return current.get().start(service, hostKey);
    } catch (CompletionException e) {
      discard(service, current);
      throw new IOException("there are no threads for SSH servers", e.getCause());
    } catch (IOException | RuntimeException e) {
      forget(service);
      throw e;
    }
  }

  private SshServerPool newPool(Logger logger) {
    try {
      return new SshServerPool(name, logger);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next one is to try anew. */
  private synchronized void discard(SshService service, Once<SshServerPool> failed) {
    users.remove(service);
    if (pool == failed) {
      pool = null;
    }
  }

  private synchronized void forget(SshService service) {
    users.remove(service);
  }

  /** Ends a service's server with its connections and commands. Doing so again does nothing. */
  void stop(SshService service, EmbeddedSshServer server) {
    server.close();
    forget(service);
  }

  /**
   * Gives the threads back if there is no server; the next one begins others. Waits for nothing.
   */
  void releaseUnused() {
    Once<SshServerPool> unused;
    synchronized (this) {
      if (!users.isEmpty()) {
        return;
      }
      unused = pool;
      pool = null;
    }
    if (unused != null) {
      unused.ifMade(SshServerPool::shutdown);
    }
  }

  /** Ends all servers, connections, commands and threads, within four seconds. */
  @Override
  public void close() {
    Once<SshServerPool> closing;
    synchronized (this) {
      closed = true;
      closing = pool;
    }
    if (closing != null) {
      closing.ifMade(SshServerPool::close);
    }
  }
}
