package io.github.clouddriver.internal.sshserver;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.client.future.DefaultOpenFuture;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.ChannelOutputStream;
import org.apache.sshd.common.channel.ChannelPipedInputStream;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.channel.AbstractServerChannel;
import org.jspecify.annotations.Nullable;

/**
 * A TCP connection from here to where the client wants ({@code direct-tcpip}), if the service
 * allows it. Two threads carry the bytes. MINA's own channel looks host names up on the thread that
 * serves other connections, and starts threads outside the pool.
 */
final class ForwardChannel extends AbstractServerChannel {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
  private static final int PIECE = 32 * 1024;

  private final EmbeddedSshServer server;
  private final Executor executor;
  private final Socket socket = new Socket();
  private final AtomicInteger openWays = new AtomicInteger(2);
  private volatile @Nullable ChannelPipedInputStream fromClient;

  ForwardChannel(EmbeddedSshServer server, Executor executor) {
    super("", List.of(), null);
    this.server = server;
    this.executor = executor;
  }

  @Override
  protected OpenFuture doInit(Buffer buffer) {
    String host = buffer.getString();
    int port = buffer.getInt();
    OpenFuture opened = new DefaultOpenFuture(this, this);
    if (port < 1 || port > 65_535 || !server.service().mayConnect(host, port)) {
      refuse(opened, SshConstants.SSH_OPEN_ADMINISTRATIVELY_PROHIBITED, "not allowed");
      return opened;
    }
    fromClient = new ChannelPipedInputStream(this, getLocalWindow());
    try {
      executor.execute(() -> connect(host, port, opened));
    } catch (RejectedExecutionException | OutOfMemoryError e) { // as in ExecTask
      refuse(opened, SshConstants.SSH_OPEN_RESOURCE_SHORTAGE, "too busy");
    }
    return opened;
  }

  private void refuse(OpenFuture opened, int reason, String why) {
    opened.setException(new SshChannelOpenException(getChannelId(), reason, why));
    close(true);
  }

  private void connect(String host, int port, OpenFuture opened) {
    try {
      socket.setTcpNoDelay(true);
      socket.connect(new InetSocketAddress(host, port), (int) CONNECT_LIMIT.toMillis());
    } catch (IOException e) {
      server.logger().debug("{} could not connect to {} port {}", server, host, port, e);
      refuse(opened, SshConstants.SSH_OPEN_CONNECT_FAILED, "connection failed");
      return;
    }
    try {
      // Sends the confirmation, so nothing may be written before it.
      signalChannelOpenSuccess();
      opened.setOpened();
      executor.execute(this::clientToSocket);
      socketToClient();
    } catch (RuntimeException | IOException | OutOfMemoryError e) {
      server.logger().debug("a connection of {} outwards ended", server, e);
      close(false); // an immediate close would leave the client waiting for the word of it
    }
  }

  private void socketToClient() throws IOException {
    try (OutputStream out =
        new ChannelOutputStream(
            this, getRemoteWindow(), server.logger(), SshConstants.SSH_MSG_CHANNEL_DATA, true)) {
      pump(socket.getInputStream(), out);
    }
    wayEnded();
  }

  private void clientToSocket() {
    try {
      InputStream in = fromClient;
      if (in != null) {
        pump(in, socket.getOutputStream());
      }
      socket.shutdownOutput();
      wayEnded();
    } catch (RuntimeException | IOException e) {
      server.logger().debug("a connection of {} outwards ended", server, e);
      close(false); // an immediate close would leave the client waiting for the word of it
    }
  }

  private static void pump(InputStream in, OutputStream out) throws IOException {
    byte[] piece = new byte[PIECE];
    for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
      out.write(piece, 0, n);
      out.flush();
    }
  }

  private void wayEnded() {
    if (openWays.decrementAndGet() == 0) {
      close(false);
    }
  }

  @Override
  protected void doWriteData(byte[] data, int offset, long length) throws IOException {
    ChannelPipedInputStream pipe = fromClient;
    if (pipe != null && !isClosing()) {
      pipe.receive(data, offset, (int) length);
    }
  }

  @Override
  protected void doWriteExtendedData(byte[] data, int offset, long length) throws IOException {
    throw new IOException("a TCP connection has no standard error");
  }

  @Override
  public void handleEof() throws IOException {
    super.handleEof();
    ChannelPipedInputStream pipe = fromClient;
    if (pipe != null) {
      pipe.eof();
    }
  }

  @Override
  protected void preClose() {
    try {
      socket.close();
      ChannelPipedInputStream pipe = fromClient;
      if (pipe != null) {
        pipe.close();
      }
    } catch (IOException e) {
      server.logger().debug("a connection of {} outwards did not close well", server, e);
    }
    super.preClose();
  }
}
