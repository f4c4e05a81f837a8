package io.github.clouddriver.ssh;

import io.github.clouddriver.exec.SshSigner;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import net.schmizz.concurrent.Promise;
import net.schmizz.sshj.common.DisconnectReason;
import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.connection.ConnectionException;
import net.schmizz.sshj.connection.ConnectionImpl;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.transport.TransportImpl;
import org.jspecify.annotations.Nullable;

/**
 * One SSH connection over one socket: sshj's transport and connection layers, and the end of both.
 * Safe for use by any thread.
 *
 * <p>Broken means over: {@link #fail} closes the socket, whereupon everybody who is writing or
 * waiting hears of it. The socket is closed first, always, since sshj's own goodbye waits for the
 * lock that a stuck writer holds.
 */
final class SshConnection {
  private final Endpoint endpoint;
  private final Timeouts timeouts;
  private final Socket socket;
  private final TransportImpl transport;
  private final ConnectionImpl layer;
  private final HeldInput input;
  private final HostKeyRecorder hostKey;

  /** Why it is broken; the first reason stays. */
  private final AtomicReference<@Nullable String> broken = new AtomicReference<>();

  private final WriteWatch watch;

  /** The next question for a sign of life. */
  private final AtomicReference<@Nullable Alarm> keepAlive = new AtomicReference<>();

  /** The channels that somebody waits on. */
  private final Set<SshChannel> channels = ConcurrentHashMap.newKeySet();

  /** Guards {@link #freed}; held for arithmetic only. */
  private final ReentrantLock freeing = new ReentrantLock();

  private final Condition channelFreed = freeing.newCondition();

  /** How many channels have been freed. */
  private long freed;

  private SshConnection(Endpoint endpoint, Timeouts timeouts, Socket socket) throws IOException {
    this.endpoint = endpoint;
    this.timeouts = timeouts;
    this.socket = socket;
    input = new HeldInput(socket.getInputStream(), this::readerDied);
    transport = new TransportImpl(SshjConfig.shared());
    layer = new ConnectionImpl(transport, SshjConfig.shared().getKeepAliveProvider());
    hostKey = new HostKeyRecorder(input::release);
    watch =
        new WriteWatch(
            Deadline.nanos(timeouts.channel()),
            "watch what is written to " + endpoint,
            () -> fail("the server took no data for " + Deadline.words(timeouts.channel())));
    transport.addHostKeyVerifier(hostKey);
    // sshj's own limits are the second line; those of Connecting say which phase it was.
    transport.setTimeoutMs(
        (int)
            Math.min(
                Integer.MAX_VALUE,
                TimeUnit.NANOSECONDS.toMillis(
                        Math.max(
                            Deadline.nanos(timeouts.keyExchange()),
                            Deadline.nanos(timeouts.authentication())))
                    + 1_000));
    transport.setDisconnectListener(
        (reason, message) -> {
          isBroken(
              hostKey.hasChanged()
                  ? "the server changed its host key in the midst of the connection"
                  : "the connection was lost (" + told(message, reason.toString()) + ")");
          if (reason == DisconnectReason.UNKNOWN) {
            // There will be no goodbye, and a stuck writer would hold up even sshj's reader.
            endSocket();
          } else {
            // sshj is about to tell the server why; one that reads nothing would hold it up.
            closeSoon();
          }
        });
  }

  /**
   * Takes a connected socket and exchanges banners.
   *
   * @throws IOException if the other end is no SSH server, or the socket was closed
   */
  static SshConnection over(Socket socket, Endpoint endpoint, Timeouts timeouts)
      throws IOException {
    SshConnection connection = new SshConnection(endpoint, timeouts, socket);
    // The address, not the name: sshj would resolve the name again, twice.
    connection.transport.init(
        socket.getInetAddress().getHostAddress(),
        socket.getPort(),
        connection.input,
        socket.getOutputStream());
    return connection;
  }

  /** Agrees on keys and ciphers; gives the host key that the server proved to own. */
  PublicKey exchangeKeys() throws IOException {
    try {
      transport.doKex();
    } catch (SSHException e) {
      throw why(e);
    }
    return hostKey.key();
  }

  /**
   * Logs in with the first of the keys that the server accepts.
   *
   * @throws IOException if it refused them all, a key could not sign, or the connection broke
   */
  void logIn(List<SshSigner> signers)
      throws IOException, GeneralSecurityException, InterruptedException {
    try {
      new PublicKeyLogin(transport, layer).login(endpoint.user(), signers);
    } catch (SSHException e) {
      throw why(e);
    }
  }

  /**
   * What a failure means that somebody met on this connection. Whoever writes to a broken one hears
   * of a closed socket, but not why it is closed; or is the first to notice that it is broken.
   */
  IOException why(IOException failure) {
    if (!(failure instanceof SSHException)) {
      return failure;
    }
    if (failure.getCause() instanceof SocketException) {
      isBroken("the connection was lost (" + Printable.message(failure) + ")");
    }
    return broken.get() == null ? failure : lost(failure);
  }

  PublicKey hostKey() throws IOException {
    return hostKey.key();
  }

  /** sshj's connection layer, which takes over when the login succeeded. */
  ConnectionImpl layer() {
    return layer;
  }

  Endpoint endpoint() {
    return endpoint;
  }

  Timeouts timeouts() {
    return timeouts;
  }

  boolean isAlive() {
    return broken.get() == null && transport.isRunning();
  }

  // Channels.

  int nextChannel() {
    return layer.nextID();
  }

  void attach(SshChannel channel) throws IOException {
    layer.attach(channel);
    channels.add(channel);
    // Whoever breaks the connection says so before going through the channels, so one of us sees
    // it.
    if (broken.get() != null) {
      detach(channel);
      throw lost(null);
    }
  }

  void detach(SshChannel channel) {
    layer.forget(channel);
    channels.remove(channel);
  }

  /** A channel that the server had opened is closed, so there is room for another. */
  void channelFreed() {
    freeing.lock();
    try {
      freed++;
      channelFreed.signal();
    } finally {
      freeing.unlock();
    }
  }

  /** A number that grows with every channel that is freed. */
  long freedChannels() {
    freeing.lock();
    try {
      return freed;
    } finally {
      freeing.unlock();
    }
  }

  /** Waits until a channel was freed since the number was taken; false if none was in time. */
  boolean awaitFreedChannel(long since, long nanos) throws InterruptedException {
    freeing.lockInterruptibly();
    try {
      long left = nanos;
      while (freed == since && left > 0) {
        left = channelFreed.awaitNanos(left);
      }
      return freed != since;
    } finally {
      freeing.unlock();
    }
  }

  /**
   * Writes a packet. A server that takes nothing at all for as long as it may take to open a
   * channel is given up, since whoever writes holds up everybody else.
   */
  void send(SSHPacket packet) throws TransportException {
    written(() -> transport.write(packet));
  }

  /** Asks for a sign of life; it is there when the promise is kept or broken. */
  Promise<SSHPacket, ConnectionException> ping() throws TransportException {
    return written(() -> layer.sendGlobalRequest("keepalive@openssh.com", true, new byte[0]));
  }

  /** Writes one packet. */
  interface Writing<T> {
    T write() throws TransportException;
  }

  /** Tries again for as long as a write is overtaken by a key exchange. */
  <T> T written(Writing<T> writing) throws TransportException {
    watch.begin();
    try {
      while (true) {
        try {
          return writing.write();
        } catch (TransportException e) {
          if (!isOvertaken(e)) {
            throw e;
          }
        } catch (RuntimeException e) {
          // A cipher's: what the server has got of the packet nobody knows.
          fail("a packet could not be written (" + Printable.message(e) + ")");
          throw new TransportException(e);
        }
      }
    } finally {
      watch.end();
    }
  }

  /**
   * Whether nothing was written since keys are being exchanged once more: who waits in sshj for the
   * end of one exchange, and wakes when the next has begun, is told that the time is up. If it is
   * in earnest, the watch ends the connection.
   */
  private boolean isOvertaken(TransportException e) {
    return e.getCause() instanceof TimeoutException && isAlive();
  }

  /** Makes this the alarm that is switched off when the connection breaks. */
  void keepAlive(Alarm next) {
    keepAlive.set(next);
    if (broken.get() != null) {
      next.cancel();
    }
  }

  // The end.

  /** Notes why, if it is the first reason. Does not block. */
  private void isBroken(String why) {
    broken.compareAndSet(null, why);
    watch.stop();
    Alarm next = keepAlive.get();
    if (next != null) {
      next.cancel();
    }
  }

  /** The exception for somebody who waited on this connection, made anew each time. */
  IOException lost(@Nullable Throwable cause) {
    String why = broken.get();
    return new IOException(why == null ? "the connection was lost" : why, cause);
  }

  /**
   * Does what sshj's reader does with exceptions, but not with an error: lets everybody know who
   * would wait in vain.
   */
  private void readerDied(Thread reader, Throwable error) {
    transport.die(new SSHException(error.toString(), error));
  }

  private static String told(@Nullable String message, String otherwise) {
    return message == null || message.isBlank() ? otherwise : Printable.text(message);
  }

  /** Breaks the connection, at once and without a goodbye. Does not block. */
  void fail(String why) {
    isBroken(why);
    closeSocket();
    // Not left to sshj's reader, which may be waiting for one of us.
    channels.forEach(channel -> channel.broken(lost(null)));
  }

  /**
   * Ends the connection in good order: running commands are sent KILL, those who wait on them hear
   * why, the server is told. Blocks for as long as a goodbye may take, at most.
   */
  void shutDown(String why) {
    isBroken(why);
    channels.forEach(channel -> channel.broken(lost(null)));
    Alarm slow = closeSoon();
    try {
      for (SshChannel channel : channels) {
        if (channel instanceof ExecChannel exec) {
          exec.kill();
        }
      }
      sayGoodbye();
    } finally {
      slow.cancel();
      closeSocket();
    }
  }

  /**
   * Not by sshj's own way to disconnect, which holds on to what is needed to end it while it waits
   * for a sign of life to be asked for.
   */
  private void sayGoodbye() {
    if (!transport.isRunning()) {
      return;
    }
    try {
      transport.write(
          new SSHPacket(Message.DISCONNECT)
              .putUInt32(DisconnectReason.BY_APPLICATION.toInt())
              .putString("")
              .putString(""));
    } catch (SSHException e) {
      // The server is gone already.
    }
  }

  /** Closes the socket if nobody has done so by the time that a goodbye may take. */
  private Alarm closeSoon() {
    return Alarm.after(Deadline.nanos(timeouts.goodbye()), "close " + endpoint, this::closeSocket);
  }

  private void endSocket() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed all the same, and there is nobody who could do anything about it.
    }
    input.release();
  }

  private void closeSocket() {
    endSocket();
    // Its reader may be waiting for the end of a key exchange, which only the reader could bring.
    transport.die(new SSHException("the socket was closed"));
  }
}
