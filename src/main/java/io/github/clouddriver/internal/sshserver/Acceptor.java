package io.github.clouddriver.internal.sshserver;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.common.PropertyResolver;
import org.apache.sshd.common.io.IoHandler;
import org.apache.sshd.common.io.nio2.Nio2CompletionHandler;
import org.apache.sshd.common.io.nio2.Nio2Service;
import org.apache.sshd.common.io.nio2.Nio2Session;

/**
 * Listens on the ports of all servers and marks each connection with its server before MINA sees
 * it. Safe for use by several threads.
 */
final class Acceptor extends Nio2Service {
  private static final int BACKLOG = 256;

  /** When there are no file descriptors left, say, trying at once would fail at once. */
  private static final long RETRY_MILLIS = 100;

  private final ScheduledExecutorService timer;

  Acceptor(
      PropertyResolver options,
      IoHandler handler,
      AsynchronousChannelGroup group,
      ScheduledExecutorService timer) {
    super(options, handler, group, timer);
    this.timer = timer;
  }

  /** Closing the result ends the listening, not the connections. */
  AsynchronousServerSocketChannel listen(InetSocketAddress address, EmbeddedSshServer server)
      throws IOException {
    AsynchronousServerSocketChannel socket =
        AsynchronousServerSocketChannel.open(getChannelGroup());
    try {
      socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      socket.bind(address, BACKLOG);
      socket.accept(server, new Accepted(socket));
      return socket;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  /** Handles the connections that one listener accepts. */
  final class Accepted extends Nio2CompletionHandler<AsynchronousSocketChannel, EmbeddedSshServer> {
    private final AsynchronousServerSocketChannel listener;

    /**
     * Whether the last try failed. Used by one thread after another, as one try follows another.
     */
    private volatile boolean failing;

    Accepted(AsynchronousServerSocketChannel listener) {
      this.listener = listener;
    }

    @Override
    protected void onCompleted(AsynchronousSocketChannel socket, EmbeddedSshServer server) {
      if (failing) {
        failing = false;
        server.logger().info("{} accepts connections again", server);
      }
      try {
        open(socket, server);
      } catch (Exception e) {
        server.logger().debug("a connection to {} ended while it began", server, e);
        closeQuietly(socket, server);
      }
      acceptNext(server);
    }

    @Override
    protected void onFailed(Throwable failure, EmbeddedSshServer server) {
      if (!listener.isOpen() || failure instanceof ClosedChannelException) {
        return;
      }
      if (!failing) {
        failing = true;
        server
            .logger()
            .warn("{} cannot accept connections, and tries again and again: {}", server, failure);
      }
      var unused = timer.schedule(() -> acceptNext(server), RETRY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void acceptNext(EmbeddedSshServer server) {
      if (!listener.isOpen()) {
        return;
      }
      try {
        listener.accept(server, this);
      } catch (RuntimeException e) {
        // The pool's threads are ending, and with them the listening.
        server.logger().debug("{} no longer accepts connections", server, e);
      }
    }
  }

  private void open(AsynchronousSocketChannel socket, EmbeddedSshServer server) throws Exception {
    setSocketOptions(socket);
    IoHandler handler = getIoHandler();
    Nio2Session connection =
        new Nio2Session(this, propertyResolver, handler, socket, socket.getLocalAddress());
    connection.setAttribute(EmbeddedSshServer.class, server);
    try {
      handler.sessionCreated(connection);
    } catch (Exception e) {
      connection.close(true);
      throw e;
    }
    if (mapSession(connection) == null) {
      connection.close(true);
    } else if (connection.isClosing()) {
      // It was closed before it was listed, so that nobody has taken it off the list.
      unmapSession(connection.getId());
    } else {
      connection.startReading();
    }
  }

  private static void closeQuietly(AsynchronousSocketChannel socket, EmbeddedSshServer server) {
    try {
      socket.close();
    } catch (IOException e) {
      server.logger().debug("a connection to {} could not be closed", server, e);
    }
  }
}
