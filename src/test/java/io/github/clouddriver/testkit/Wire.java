package io.github.clouddriver.testkit;

import io.github.clouddriver.exec.HostPort;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Between an executor and an SSH server: counts connections, cuts them, and lets less through than
 * it should. Thread-safe.
 */
final class Wire implements Closeable {

  /** What a new connection lets through. */
  enum Manner {
    /** Everything. */
    WHOLE,
    /** Nothing that the server says. */
    SILENT,
    /** The server's first line only. */
    BANNER_ONLY
  }

  private static final int PATIENCE_MILLIS = 5_000;

  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final Socket reservation = new Socket();
  private final ThreadFactory threads;
  private final Thread accepting;
  private final AtomicInteger made = new AtomicInteger();
  private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
  private volatile HostPort server;
  private volatile Manner manner = Manner.WHOLE;

  Wire(HostPort server, ThreadFactory threads) throws IOException {
    this.server = server;
    this.threads = threads;
    accepting = threads.newThread(this::accept);
    accepting.start();
  }

  /** Where the executor connects to. */
  HostPort address() {
    return HostPort.of(listener.getInetAddress().getHostAddress(), listener.getLocalPort());
  }

  /** Leads new connections to another server. */
  void leadTo(SshHost other) {
    server = other.server();
  }

  void manner(Manner next) {
    manner = next;
  }

  /** How many connections there have been. */
  int made() {
    return made.get();
  }

  /** How many connections the executor has not closed. */
  int open() {
    return clients.size();
  }

  /** Breaks the connections that there are; who connects again meanwhile is spared. */
  void cut() {
    List.copyOf(clients).forEach(Wire::closeQuietly);
  }

  /** Breaks the connections; from now on nobody listens here, and nobody else can. */
  void refuse() throws IOException, InterruptedException {
    closeQuietly(listener);
    accepting.join(PATIENCE_MILLIS); // the system listens until its last accept has returned
    cut();
    reservation.setReuseAddress(true);
    reservation.bind(new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort()));
  }

  /** Breaks the connections, and takes none any more. */
  @Override
  public void close() {
    closeQuietly(listener);
    cut();
    closeQuietly(reservation);
  }

  private static void closeQuietly(Closeable socket) {
    try {
      socket.close();
    } catch (IOException e) {
      return; // it is closed all the same
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        made.incrementAndGet();
        clients.add(client);
        Manner now = manner;
        HostPort to = server;
        threads.newThread(() -> serve(client, to, now)).start();
      }
    } catch (IOException e) {
      return; // closed
    }
  }

  private void serve(Socket client, HostPort to, Manner how) {
    List<Socket> both = new ArrayList<>(List.of(client));
    try {
      if (how == Manner.SILENT) {
        client.getInputStream().transferTo(OutputStream.nullOutputStream());
        return;
      }
      Socket onward = new Socket(to.host(), to.port().orElseThrow());
      both.add(onward);
      client.setTcpNoDelay(true);
      onward.setTcpNoDelay(true);
      threads.newThread(() -> back(onward, client, how)).start();
      copy(client.getInputStream(), onward.getOutputStream());
    } catch (IOException e) {
      return; // one end went away, and so does the other
    } finally {
      both.forEach(Wire::closeQuietly);
      clients.remove(client);
    }
  }

  private static void back(Socket onward, Socket client, Manner how) {
    try {
      InputStream in = onward.getInputStream();
      OutputStream out = client.getOutputStream();
      if (how == Manner.BANNER_ONLY) {
        int each;
        do {
          each = in.read();
          out.write(each);
        } while (each != '\n');
        in.transferTo(OutputStream.nullOutputStream());
      } else {
        copy(in, out);
      }
    } catch (IOException e) {
      return; // one end went away, and so does the other
    } finally {
      closeQuietly(client);
      closeQuietly(onward);
    }
  }

  private static void copy(InputStream in, OutputStream out) throws IOException {
    byte[] buffer = new byte[64 << 10];
    int length;
    while ((length = in.read(buffer)) >= 0) {
      out.write(buffer, 0, length);
    }
  }
}
