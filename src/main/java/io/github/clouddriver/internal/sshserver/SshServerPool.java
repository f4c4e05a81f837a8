package io.github.clouddriver.internal.sshserver;

import java.io.IOException;
import java.nio.channels.AsynchronousChannelGroup;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;

/**
 * The SSH servers of one owner and the daemon threads they share: a few for the sockets, one for
 * time-outs, and one for each command that is running. Safe for use by several threads.
 */
public final class SshServerPool implements AutoCloseable {
  private static final int MAX_IO_THREADS = 4;
  private static final int MAX_COMMANDS = 4096;
  private static final Duration IDLE_COMMAND_THREAD = Duration.ofSeconds(5);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(4);

  private final String name;
  private final Logger logger;
  private final AsynchronousChannelGroup sockets;
  private final ScheduledThreadPoolExecutor timer;
  private final ThreadPoolExecutor commands;
  private final MinaServer mina;
  private final Acceptor acceptor;
  private final Set<EmbeddedSshServer> servers = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * Starts the threads for the sockets.
   *
   * @param name what the names of the threads begin with
   * @param logger where the pool tells of its threads; a server has that of its service
   * @throws IOException if this system gives no selector
   */
  public SshServerPool(String name, Logger logger) throws IOException {
    this(name, logger, threads(name, "command"));
  }

  /** With a maker of threads for the commands. */
  SshServerPool(String name, Logger logger, ThreadFactory commandThreads) throws IOException {
    this.name = name;
    this.logger = logger;
    timer = new ScheduledThreadPoolExecutor(1, threads(name, "timer"));
    timer.setRemoveOnCancelPolicy(true);
    // MINA still sets time-outs while it is being closed.
    timer.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    commands =
        new ThreadPoolExecutor(
            0,
            MAX_COMMANDS,
            IDLE_COMMAND_THREAD.toSeconds(),
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            commandThreads);
    mina = MinaServer.create(timer, commands);
    // Last of all that may fail: so far there is no thread and no file that would be left.
    int ioThreads =
        Math.max(2, Math.min(MAX_IO_THREADS, Runtime.getRuntime().availableProcessors()));
    sockets = AsynchronousChannelGroup.withFixedThreadPool(ioThreads, threads(name, "io"));
    acceptor = new Acceptor(mina, new ConnectionHandler(mina.getSessionFactory()), sockets, timer);
  }

  private static ThreadFactory threads(String name, String role) {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, name + "-ssh-" + role + "-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  /**
   * Starts a server with a new host key.
   *
   * @param service what stands behind it
   * @return the server, which serves at once
   * @throws IOException if there is no port for it
   * @throws IllegalStateException if the pool is closed
   */
  public EmbeddedSshServer start(SshService service) throws IOException {
    return start(service, HostKeys.generate());
  }

  /**
   * Starts a server.
   *
   * @param service what stands behind it
   * @param hostKey an EC or RSA pair
   * @return the server, which serves at once
   * @throws IOException if there is no port for it
   * @throws IllegalStateException if the pool is closed
   */
  public EmbeddedSshServer start(SshService service, KeyPair hostKey) throws IOException {
    EmbeddedSshServer server = new EmbeddedSshServer(this, hostKey, service);
    servers.add(server);
    // A close that came before the server was listed did not see it.
    if (closed.get()) {
      server.close();
      throw new IllegalStateException("the SSH servers of " + name + " are closed");
    }
    try {
      server.open();
    } catch (IOException e) {
      server.close();
      throw e;
    }
    return server;
  }

  /**
   * Closes all servers, interrupts all commands, and ends all threads. Waits for them up to four
   * seconds, less if the calling thread is interrupted, which it then still is. Closing again does
   * nothing.
   */
  @Override
  public void close() {
    if (shutdown()) {
      awaitEnd();
    }
  }

  /**
   * Closes without waiting for the threads, which end as soon as their commands heed their
   * interruption.
   *
   * @return whether this was the first time
   */
  public boolean shutdown() {
    if (closed.getAndSet(true)) {
      return false;
    }
    servers.forEach(EmbeddedSshServer::close);
    acceptor.close(true);
    mina.close(true);
    commands.shutdownNow();
    timer.shutdownNow();
    try {
      sockets.shutdownNow();
    } catch (IOException e) {
      logger.warn(
          "the sockets of the SSH servers of {} were not all closed: {}", name, e.toString());
    }
    return true;
  }

  private void awaitEnd() {
    long deadline = System.nanoTime() + CLOSE_LIMIT.toNanos();
    try {
      boolean ended = sockets.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      ended &= timer.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      ended &= commands.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (!ended) {
        logger.warn("a command on an SSH server of {} does not heed its interruption", name);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  Acceptor acceptor() {
    return acceptor;
  }

  void forget(EmbeddedSshServer server) {
    servers.remove(server);
  }
}
