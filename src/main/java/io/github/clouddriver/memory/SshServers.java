package io.github.clouddriver.memory;

import io.github.clouddriver.internal.sshserver.EmbeddedSshServer;
import io.github.clouddriver.internal.sshserver.SshServerPool;
import io.github.clouddriver.internal.sshserver.SshService;
import java.io.IOException;
import java.security.KeyPair;
import org.jspecify.annotations.Nullable;

/**
 * The SSH servers of a cloud's instances, and the threads that they share from the first one on.
 * Thread-safe; the monitor guards the pool and whether it is closed, and nothing waits under it but
 * the start of those threads.
 */
final class SshServers implements AutoCloseable {
  private static final String MINA_CLASS = "org.apache.sshd.server.SshServer";

  private final String name;
  private @Nullable SshServerPool pool;
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
    try {
      Class.forName(MINA_CLASS, false, SshServers.class.getClassLoader());
    } catch (ClassNotFoundException | LinkageError e) {
      throw new IllegalStateException(
          "instances in memory answer SSH by means of Apache MINA SSHD, which is missing: add"
              + " org.apache.sshd:sshd-core (on the module path org.apache.sshd:sshd-osgi), or make"
              + " the cloud with ssh(false)",
          e);
    }
  }

  /** Starts a server, which serves at once; fails once this is closed. */
  EmbeddedSshServer start(SshService service, KeyPair hostKey) throws IOException {
    return pool().start(service, hostKey);
  }

  private synchronized SshServerPool pool() throws IOException {
    if (closed) {
      throw new IllegalStateException("the SSH servers of " + name + " are closed");
    }
    if (pool == null) {
      pool = new SshServerPool(name);
    }
    return pool;
  }

  /** Ends all servers, connections, commands and threads, within four seconds. */
  @Override
  public void close() {
    SshServerPool closing;
    synchronized (this) {
      closed = true;
      closing = pool;
    }
    if (closing != null) {
      closing.close();
    }
  }
}
