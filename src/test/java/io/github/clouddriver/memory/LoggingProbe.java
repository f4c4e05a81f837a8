package io.github.clouddriver.memory;

import io.github.clouddriver.Instance;
import io.github.clouddriver.InstanceSet;
import io.github.clouddriver.InstanceSetId;
import io.github.clouddriver.SharedResourceTags;
import io.github.clouddriver.exec.HostPort;
import io.github.clouddriver.internal.sshserver.TestClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.KeyPair;
import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;

/**
 * Takes an instance through its life, with all that can be logged, and prints what its set was
 * told.
 */
final class LoggingProbe {
  /** A logger of ours that is not the set's, to see that such a one would be seen. */
  static final String CONTROL = "io.github.clouddriver.control";

  private LoggingProbe() {}

  public static void main(String[] args) throws Exception {
    LoggerFactory.getLogger(CONTROL).debug("control");
    RecordingLogger given = new RecordingLogger();
    KeyPair key = InstanceSshTest.newKey("Ed25519");
    CountDownLatch running = new CountDownLatch(1);
    try (MemoryCloud cloud = MemoryCloud.create()) {
      cloud
          .shell()
          .on(
              "fail",
              call -> {
                throw new AssertionError("on purpose");
              })
          .on(
              "break",
              call -> {
                throw new IOException("on purpose");
              })
          .on(
              "stubborn",
              call -> {
                running.countDown();
                while (true) {
                  try {
                    new CountDownLatch(1).await();
                  } catch (InterruptedException e) {
                    // On purpose: the end of the cloud is to complain.
                  }
                }
              });
      InstanceSet set = open(cloud, Sets.A, given);
      Instance made =
          set.create(Sets.request(Sets.SMALL).toBuilder().publicKey(key.getPublic()).build());
      try (TestClient client = connected(made)) {
        client.login(made.remoteUser(), key);
        client.run("true");
        client.run("fail");
        client.run("break");
        try {
          client.ssh.newDirectConnection("localhost", portThatNobodyListensOn()).close();
          throw new IllegalStateException("somebody listened");
        } catch (IOException e) {
          // On purpose.
        }
        client.ssh.startSession().exec("stubborn");
        running.await();
      }
      Sets.list(set).get(0).destroy();
      open(cloud, Sets.B, given).stop();
    }
    given.lines().forEach(System.out::println);
    System.exit(0);
  }

  private static InstanceSet open(MemoryCloud cloud, InstanceSetId id, RecordingLogger given)
      throws Exception {
    return cloud
        .driver()
        .instanceSet(null, id, SharedResourceTags.empty(), given, new SimpleMeterRegistry());
  }

  private static TestClient connected(Instance instance) throws IOException {
    HostPort address = instance.address().orElseThrow();
    return TestClient.connected(
        new InetSocketAddress(address.host(), address.port().orElseThrow()), 20_000);
  }

  private static int portThatNobodyListensOn() throws IOException {
    try (ServerSocket closing = new ServerSocket(0)) {
      return closing.getLocalPort();
    }
  }
}
