package io.github.clouddriver.internal.sshserver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.session.helpers.AbstractSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * One SSH server on a port of the loopback address. Public keys only, {@code exec} channels only,
 * and connections outwards where its service allows them. Safe for use by several threads; no
 * method waits for a client.
 */
public final class EmbeddedSshServer implements AutoCloseable {
  private final SshServerPool pool;
  private final SshService service;
  private final InetSocketAddress address;
  private final Set<IoSession> connections = ConcurrentHashMap.newKeySet();
  private volatile KeyPair hostKey;
  private volatile Behaviour behaviour = Behaviour.SERVE;
  private volatile int maxChannels = Integer.MAX_VALUE;
  private volatile boolean closed;

  /** Guards {@link #port}, {@link #listener}, and the changes of behaviour and closed. */
  private final Object lock = new Object();

  private final PortReservation port;
  private @Nullable AsynchronousServerSocketChannel listener;

  EmbeddedSshServer(SshServerPool pool, KeyPair hostKey, SshService service) throws IOException {
    this.pool = pool;
    this.hostKey = hostKey;
    this.service = service;
    this.port = new PortReservation();
    this.address = port.address();
  }

  /** Not in the constructor: a client may be served before this returns. */
  void open() throws IOException {
    synchronized (lock) {
      try {
        listen();
      } catch (IOException e) {
        port.close();
        throw e;
      }
    }
  }

  /** The address that clients connect to, the same for ever. */
  public InetSocketAddress address() {
    return address;
  }

  /** The host key that the next connection is shown. */
  public PublicKey hostKey() {
    return hostKey.getPublic();
  }

  /**
   * Shows another host key from the next connection on.
   *
   * @param key an EC or RSA pair
   */
  public void setHostKey(KeyPair key) {
    hostKey = key;
  }

  /** How new connections are treated, unless the service says otherwise. */
  public Behaviour behaviour() {
    return behaviour;
  }

  /**
   * Treats new connections otherwise; those that are there stay as they are. Only where this is
   * {@link Behaviour#SERVE} the service is asked.
   *
   * @throws UncheckedIOException if the port cannot be listened on again
   */
  public void setBehaviour(Behaviour behaviour) {
    synchronized (lock) {
      if (closed) {
        return;
      }
      this.behaviour = behaviour;
      try {
        if (behaviour == Behaviour.REFUSE) {
          unlisten();
          port.renew();
        } else {
          listen();
        }
      } catch (IOException e) {
        throw new UncheckedIOException("port " + address.getPort() + " cannot be opened again", e);
      }
    }
  }

  /**
   * Limits the channels that one connection has open at once; a further one is refused.
   *
   * @param limit 0 or more; no limit at first
   */
  public void setMaxChannels(int limit) {
    maxChannels = limit;
  }

  /**
   * Ends all connections that there are at once, without a word to the clients. Who connects again
   * stays connected, however fast that is.
   */
  public void dropConnections() {
    List.copyOf(connections).forEach(each -> each.close(true));
  }

  /**
   * Exchanges keys anew on all connections that are logged in, as a server does now and then.
   *
   * @throws IOException if an exchange cannot begin
   */
  public void rekey() throws IOException {
    for (IoSession each : connections) {
      AbstractSession session = AbstractSession.getSession(each, true);
      if (session != null && session.isAuthenticated()) {
        session.reExchangeKeys();
      }
    }
  }

  /** The number of open connections, logged in or not. */
  public int connectionCount() {
    return connections.size();
  }

  /** Frees the port and ends all connections and their commands. Closing again does nothing. */
  @Override
  public void close() {
    synchronized (lock) {
      if (closed) {
        return;
      }
      closed = true;
      try {
        unlisten();
        port.close();
      } catch (IOException e) {
        logger().warn("{} could not close its port: {}", this, e.toString());
      }
    }
    dropConnections();
    pool.forget(this);
  }

  // lock is held
  private void listen() throws IOException {
    if (listener != null) {
      return;
    }
    try {
      listener = pool.acceptor().listen(address, this);
    } catch (BindException e) {
      port.release();
      listener = pool.acceptor().listen(address, this);
    }
  }

  // lock is held
  private void unlisten() throws IOException {
    if (listener != null) {
      listener.close();
      listener = null;
    }
  }

  /** How this new connection is to be treated. */
  Behaviour admit(IoSession connection) {
    connections.add(connection);
    // A close that came before the connection was listed did not see it.
    if (closed) {
      return Behaviour.DROP;
    }
    Behaviour own = behaviour;
    Behaviour here = own == Behaviour.SERVE ? service.behaviour() : own;
    connection.setAttribute(Behaviour.class, here);
    connection.setAttribute(
        KeyPair.class, here == Behaviour.OTHER_HOST_KEY ? HostKeys.generate() : hostKey);
    return here;
  }

  void forget(IoSession connection) {
    connections.remove(connection);
  }

  SshService service() {
    return service;
  }

  /** Where everything about this server is told (clause D7). */
  Logger logger() {
    return service.logger();
  }

  int maxChannels() {
    return maxChannels;
  }

  @Override
  public String toString() {
    return "SSH server on port " + address.getPort();
  }
}
