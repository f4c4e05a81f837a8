package io.github.clouddriver.loopback;

import io.github.clouddriver.CreateRequest;
import io.github.clouddriver.ImageId;
import io.github.clouddriver.Instance;
import io.github.clouddriver.InstanceSetId;
import io.github.clouddriver.InstanceType;
import io.github.clouddriver.exec.HostPort;
import io.github.clouddriver.internal.sshserver.TestClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.helpers.NOPLogger;

/** A set whose instance a test logs in to, and what tests ask about processes and threads. */
final class Host implements AutoCloseable {
  static final InstanceSetId ID = InstanceSetId.of("zzzzz-zzzzz-loopbacktest000");
  static final InstanceType TYPE = InstanceType.builder("small", "small").build();

  /** How long a test waits for what must happen at once. */
  static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final int LIMIT_MILLIS = 20_000;

  final KeyPair key = newKey();
  final LoopbackInstanceSet set;

  Host(HostShell shell) {
    this(shell, NOPLogger.NOP_LOGGER);
  }

  Host(HostShell shell, Logger logger) {
    set = new LoopbackInstanceSet(ID, shell, logger);
  }

  static KeyPair newKey() {
    try {
      return KeyPairGenerator.getInstance("EC").generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  CreateRequest.Builder request() {
    return CreateRequest.builder(TYPE, ImageId.of("image")).publicKey(key.getPublic());
  }

  Instance create() throws Exception {
    return set.create(request().build());
  }

  static TestClient connect(Instance instance) throws IOException {
    HostPort at = instance.address().orElseThrow();
    return TestClient.connected(new InetSocketAddress(at.host(), at.portOr(0)), LIMIT_MILLIS);
  }

  /** Logged in as the right user with the right key. */
  TestClient login(Instance instance) throws IOException {
    TestClient client = connect(instance);
    try {
      client.login(instance.remoteUser(), key);
      return client;
    } catch (IOException e) {
      client.close();
      throw e;
    }
  }

  @Override
  public void close() {
    set.stop();
  }

  /** Whether a process runs; one that waits for its parent to ask for its status does not. */
  static boolean runs(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
    } catch (IOException e) {
      return ProcessHandle.of(pid).isPresent();
    }
  }

  /** For {@code sleep}: long, and such as no other process has among its arguments. */
  static String uniqueSeconds() {
    return "1000." + System.nanoTime();
  }

  /** How many processes run that have it in their arguments, whoever is their parent by now. */
  static long count(String mark) {
    return ProcessHandle.allProcesses()
        .filter(each -> each.info().commandLine().filter(line -> line.contains(mark)).isPresent())
        .filter(each -> runs(each.pid()))
        .count();
  }

  /** Whether this process has some that are not a JVM, as the shell that leads a command. */
  static boolean hasChildren() {
    return ProcessHandle.current()
        .children()
        .filter(each -> runs(each.pid()))
        .anyMatch(each -> each.info().command().filter(it -> !it.endsWith("java")).isPresent());
  }

  /**
   * Whether this Java process was started to ignore a signal, as by {@code nohup} or in the
   * background of a script; what it starts does so too.
   */
  static boolean ignores(Signal signal) throws IOException, InterruptedException {
    String command = "kill -s " + signal.name() + " $$; exit 0";
    return new ProcessBuilder(HostShell.SH, "-c", command).start().waitFor() == 0;
  }

  /** The threads that instances have. */
  static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("loopback-"))
        .sorted()
        .toList();
  }
}
