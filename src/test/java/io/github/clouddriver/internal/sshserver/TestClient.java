package io.github.clouddriver.internal.sshserver;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import net.schmizz.sshj.DefaultConfig;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.connection.channel.direct.Session;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;
import net.schmizz.sshj.userauth.keyprovider.KeyPairWrapper;

/** A real SSH client, sshj's, with an end to every wait. */
public final class TestClient implements Closeable {
  static final int LIMIT_MILLIS = 20_000;
  private static final DefaultConfig CONFIG = new DefaultConfig();

  public final SSHClient ssh = new SSHClient(CONFIG);
  public volatile PublicKey seenHostKey;

  public record Outcome(Integer status, String signal, byte[] stdout, byte[] stderr) {}

  static TestClient connected(EmbeddedSshServer server) throws IOException {
    return connected(server.address(), LIMIT_MILLIS);
  }

  public static TestClient connected(InetSocketAddress address, int limitMillis)
      throws IOException {
    TestClient client = new TestClient();
    Socket socket = new Socket();
    socket.setTcpNoDelay(true);
    client.ssh.setSocketFactory(new OneSocket(socket));
    client.ssh.setConnectTimeout(limitMillis);
    client.ssh.setTimeout(limitMillis);
    client.ssh.getTransport().setTimeoutMs(limitMillis);
    client.ssh.getConnection().setTimeoutMs(limitMillis);
    client.ssh.addHostKeyVerifier(
        new HostKeyVerifier() {
          @Override
          public boolean verify(String host, int port, PublicKey key) {
            client.seenHostKey = key;
            return true;
          }

          @Override
          public List<String> findExistingAlgorithms(String host, int port) {
            return List.of();
          }
        });
    try {
      client.ssh.connect(address.getAddress(), address.getPort());
      return client;
    } catch (IOException e) {
      client.close();
      throw e;
    }
  }

  static TestClient loggedIn(EmbeddedSshServer server, ScriptedService service) throws IOException {
    TestClient client = connected(server);
    try {
      client.login(ScriptedService.USER, service.userKey);
      return client;
    } catch (IOException e) {
      client.close();
      throw e;
    }
  }

  public void login(String user, KeyPair key) throws IOException {
    ssh.authPublickey(user, new KeyPairWrapper(key));
  }

  public Outcome run(String command) throws IOException {
    return run(command, InputStream.nullInputStream());
  }

  /** Sends the input while it collects both outputs. */
  public Outcome run(String command, InputStream stdin) throws IOException {
    try (Session session = ssh.startSession()) {
      Session.Command running = session.exec(command);
      CompletableFuture<byte[]> stderr =
          CompletableFuture.supplyAsync(() -> readAll(running.getErrorStream()));
      CompletableFuture<Void> sent =
          CompletableFuture.runAsync(
              () -> {
                try {
                  if (stdin.transferTo(running.getOutputStream()) > 0) {
                    // Closed alone, sshj's stream loses what it still holds, every now and then.
                    running.getOutputStream().flush();
                  }
                  running.getOutputStream().close();
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      byte[] stdout = running.getInputStream().readAllBytes();
      sent.join();
      running.join(LIMIT_MILLIS, TimeUnit.MILLISECONDS);
      String signal = running.getExitSignal() == null ? null : running.getExitSignal().name();
      return new Outcome(running.getExitStatus(), signal, stdout, stderr.join());
    }
  }

  static byte[] readAll(InputStream in) {
    try {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    ssh.close();
  }
}
