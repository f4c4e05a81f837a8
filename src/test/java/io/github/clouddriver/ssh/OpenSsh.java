package io.github.clouddriver.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.clouddriver.exec.SshPublicKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.PublicKey;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** OpenSSH's own server, on a free port of the loopback interface, with keys of its own. */
public final class OpenSsh implements AutoCloseable {
  private final Path directory;
  private final Process process;
  private final int port;
  private final PublicKey hostKey;

  private OpenSsh(Path directory, Process process, int port, PublicKey hostKey) {
    this.directory = directory;
    this.process = process;
    this.port = port;
    this.hostKey = hostKey;
  }

  /** Skips the test if the server is not installed, or fails it if it must be there. */
  static Path program() {
    return Programs.find("sshd");
  }

  /**
   * Starts a server with a new host key.
   *
   * @param keyType what {@code ssh-keygen} makes the host key with, such as {@code ecdsa -b 384}
   */
  public static OpenSsh start(String keyType, List<PublicKey> authorized, String... settings)
      throws IOException, InterruptedException {
    program();
    Path directory = Files.createTempDirectory("sshd");
    return start(
        directory, new KeyFiles(directory).make("host_key", keyType), authorized, settings);
  }

  /**
   * Starts a server with a host key that there is already.
   *
   * @param directory is deleted when the server is closed
   * @param hostKey beside its {@code .pub} file
   */
  static OpenSsh start(Path directory, Path hostKey, List<PublicKey> authorized, String... settings)
      throws IOException, InterruptedException {
    Path program = program();
    if (System.getProperty("user.name").equals("root")) {
      Files.createDirectories(Path.of("/run/sshd")); // sshd insists on it when started by root
    }
    Files.write(
        directory.resolve("authorized_keys"),
        authorized.stream().map(SshPublicKeys::toOpenSsh).toList());
    PublicKey publicKey = KeyFiles.publicKey(hostKey);
    for (int attempt = 0; attempt < 10; attempt++) {
      int port = freePort();
      Path config = directory.resolve("sshd_config");
      Files.write(
          config,
          Stream.concat(
                  Stream.of(settings), // the first value of a setting is the one that counts
                  Stream.of(
                      "Port " + port,
                      "ListenAddress 127.0.0.1",
                      "HostKey " + hostKey,
                      "AuthorizedKeysFile " + directory.resolve("authorized_keys"),
                      "StrictModes no",
                      "PidFile none",
                      "PermitRootLogin yes",
                      "PasswordAuthentication no",
                      "MaxStartups 100",
                      // The shell is not to read the startup files of whoever runs the tests.
                      "SetEnv HOME=" + directory,
                      "UseDNS no"))
              .toList());
      Process process =
          new ProcessBuilder(program.toString(), "-D", "-e", "-f", config.toString())
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("log").toFile())
              .start();
      if (isListening(process, port)) {
        return new OpenSsh(directory, process, port, publicKey);
      }
    }
    throw new IllegalStateException(
        "sshd does not start: " + Files.readString(directory.resolve("log")));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** False if the program ended, as it does when somebody else took the port first. */
  private static boolean isListening(Process process, int port) throws InterruptedException {
    while (!process.waitFor(20, TimeUnit.MILLISECONDS)) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
        return true;
      } catch (IOException e) {
        // not yet
      }
    }
    return false;
  }

  public int port() {
    return port;
  }

  public PublicKey hostKey() {
    return hostKey;
  }

  /** What the server has logged so far. */
  String log() throws IOException {
    return Files.readString(directory.resolve("log"));
  }

  /** Ends the server and every connection of it. */
  void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  /**
   * Ends the connections, while the server takes new ones. What serves them goes before the
   * commands, lest it report a command's end.
   */
  void killConnections() {
    Map<Boolean, List<ProcessHandle>> all =
        process.descendants().collect(Collectors.partitioningBy(OpenSsh::isServer));
    all.get(true).forEach(ProcessHandle::destroyForcibly);
    all.get(false).forEach(ProcessHandle::destroyForcibly);
  }

  /** {@code sshd} itself, or {@code sshd-session} and whatever else it is made of. */
  private static boolean isServer(ProcessHandle each) {
    return each.info()
        .command()
        .map(command -> Path.of(command).getFileName().toString().startsWith("sshd"))
        .orElse(true); // unlike a command of the same user's, it may hide what it is
  }

  /** Stops what serves the connections, which stay open; the server takes new ones. */
  void stopConnections() throws IOException, InterruptedException {
    for (ProcessHandle each : process.descendants().toList()) {
      Process stop =
          new ProcessBuilder("kill", "-STOP", Long.toString(each.pid())).inheritIO().start();
      assertThat(stop.waitFor()).isZero();
    }
  }

  @Override
  public void close() {
    kill();
    try {
      process.waitFor();
      Files.walkFileTree(
          directory,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failure)
                throws IOException {
              Files.delete(visited);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
