package io.github.clouddriver.bench;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSch;
import io.github.clouddriver.error.HostKeyMismatchException;
import io.github.clouddriver.exec.Executor;
import io.github.clouddriver.exec.ExecutorTarget;
import io.github.clouddriver.exec.HostPort;
import io.github.clouddriver.exec.RemoteCommand;
import io.github.clouddriver.exec.RemoteConnection;
import io.github.clouddriver.exec.SshPublicKeys;
import io.github.clouddriver.exec.SshSigner;
import io.github.clouddriver.ssh.SshExecutor;
import io.github.clouddriver.ssh.SshPrivateKeys;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import net.schmizz.sshj.DefaultConfig;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.connection.channel.direct.Session;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ClientChannel;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.jspecify.annotations.Nullable;

/** The Java clients, each by its public API and otherwise as it comes. */
final class SshClients {
  private static final String HOST = "127.0.0.1";
  private static final int BUFFER = 64 << 10;

  private SshClients() {}

  static SshClientUnderTest connect(String name, SshLogin login) throws Exception {
    return switch (name) {
      case "cloud-driver" -> cloudDriver(login);
      case "sshj" -> sshj(login);
      case "mina" -> mina(login);
      case "jsch" -> jsch(login);
      case "openssh-mux" -> openSsh(login);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static void requireZero(@Nullable Integer status) {
    if (status == null || status != 0) {
      throw new IllegalStateException("exit status " + status);
    }
  }

  private static void drain(InputStream in, OutputStream out) throws IOException {
    byte[] buffer = new byte[BUFFER];
    int length;
    while ((length = in.read(buffer)) >= 0) {
      out.write(buffer, 0, length);
    }
  }

  private static SshClientUnderTest cloudDriver(SshLogin login) throws Exception {
    Executor executor = SshExecutor.builder().build();
    executor.setSigners(SshSigner.of(SshPrivateKeys.read(login.privateKey(), null)));
    executor.setTarget(
        new ExecutorTarget() {
          @Override
          public Optional<HostPort> address() {
            return Optional.of(HostPort.of(HOST, login.port()));
          }

          @Override
          public String remoteUser() {
            return login.user();
          }

          @Override
          public void verifyHostKey(PublicKey key, @Nullable RemoteConnection connection)
              throws HostKeyMismatchException {
            if (!SshPublicKeys.same(key, login.hostKey())) {
              throw new HostKeyMismatchException("not the server's");
            }
          }
        });
    return new SshClientUnderTest() {
      @Override
      public void stream(String command, OutputStream stdout) throws Exception {
        executor.execute(RemoteCommand.builder(command).stdoutSink(stdout).build()).orThrow();
      }

      @Override
      public void run(String command, OutputStream stdout) throws Exception {
        stdout.write(executor.execute(command, null).orThrow().stdout());
      }

      @Override
      public void close() {
        executor.close();
      }
    };
  }

  private static SshClientUnderTest sshj(SshLogin login) throws IOException {
    SSHClient client = new SSHClient(new DefaultConfig());
    client.addHostKeyVerifier(
        new HostKeyVerifier() {
          @Override
          public boolean verify(String host, int port, PublicKey key) {
            return SshPublicKeys.same(key, login.hostKey());
          }

          @Override
          public List<String> findExistingAlgorithms(String host, int port) {
            return List.of("ssh-ed25519");
          }
        });
    client.connect(HOST, login.port());
    client.authPublickey(login.user(), login.privateKey().toString());
    return new SshClientUnderTest() {
      @Override
      public void stream(String command, OutputStream stdout) throws Exception {
        try (Session session = client.startSession()) {
          Session.Command running = session.exec(command);
          drain(running.getInputStream(), stdout);
          drain(running.getErrorStream(), OutputStream.nullOutputStream());
          running.join();
          requireZero(running.getExitStatus());
        }
      }

      @Override
      public void close() throws IOException {
        client.disconnect();
      }
    };
  }

  private static SshClientUnderTest mina(SshLogin login) throws IOException {
    SshClient client = SshClient.setUpDefaultClient();
    client.setServerKeyVerifier(
        (session, address, key) -> SshPublicKeys.same(key, login.hostKey()));
    client.setKeyIdentityProvider(new FileKeyPairProvider(login.privateKey()));
    client.start();
    ClientSession session =
        client
            .connect(login.user(), HOST, login.port())
            .verify(Duration.ofSeconds(30))
            .getSession();
    session.auth().verify(Duration.ofSeconds(30));
    return new SshClientUnderTest() {
      @Override
      public void stream(String command, OutputStream stdout) throws Exception {
        try (ClientChannel channel = session.createExecChannel(command)) {
          channel.setOut(stdout);
          channel.setErr(OutputStream.nullOutputStream());
          channel.open().verify(Duration.ofSeconds(30));
          channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), Duration.ofMinutes(5));
          requireZero(channel.getExitStatus());
        }
      }

      @Override
      public void close() {
        client.stop();
      }
    };
  }

  private static SshClientUnderTest jsch(SshLogin login) throws Exception {
    JSch jsch = new JSch();
    jsch.setKnownHosts(login.knownHosts().toString());
    jsch.addIdentity(login.privateKey().toString());
    com.jcraft.jsch.Session session = jsch.getSession(login.user(), HOST, login.port());
    session.connect();
    return new SshClientUnderTest() {
      @Override
      public void stream(String command, OutputStream stdout) throws Exception {
        ChannelExec channel = (ChannelExec) session.openChannel("exec");
        try {
          channel.setCommand(command);
          channel.setErrStream(OutputStream.nullOutputStream());
          InputStream in = channel.getInputStream();
          channel.connect();
          drain(in, stdout);
          while (!channel.isClosed()) {
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(50)); // it has nothing to wait on
          }
          requireZero(channel.getExitStatus());
        } finally {
          channel.disconnect();
        }
      }

      @Override
      public void close() {
        session.disconnect();
      }
    };
  }

  /** A master connection in the background, and a process for each command. */
  private static SshClientUnderTest openSsh(SshLogin login) throws Exception {
    List<String> ssh =
        List.of(
            "ssh",
            "-F",
            "none",
            "-S",
            login.directory().resolve("mux").toString(),
            "-p",
            Integer.toString(login.port()),
            "-l",
            login.user());
    List<String> master = new ArrayList<>(ssh);
    master.addAll(
        List.of(
            "-M",
            "-N",
            "-i",
            login.privateKey().toString(),
            "-o",
            "UserKnownHostsFile=" + login.knownHosts(),
            "-o",
            "StrictHostKeyChecking=yes",
            "-o",
            "BatchMode=yes",
            HOST));
    Process connection = new ProcessBuilder(master).inheritIO().start();
    while (run(ssh, List.of("-O", "check", HOST), OutputStream.nullOutputStream()) != 0) {
      if (connection.waitFor(20, TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("ssh -M ended with status " + connection.exitValue());
      }
    }
    return new SshClientUnderTest() {
      @Override
      public void stream(String command, OutputStream stdout) throws Exception {
        requireZero(SshClients.run(ssh, List.of(HOST, command), stdout));
      }

      @Override
      public void close() {
        connection.destroy();
      }
    };
  }

  private static int run(List<String> ssh, Collection<String> more, OutputStream stdout)
      throws Exception {
    List<String> words = new ArrayList<>(ssh);
    words.addAll(more);
    Process process =
        new ProcessBuilder(words)
            .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    drain(process.getInputStream(), stdout);
    return process.waitFor();
  }
}
