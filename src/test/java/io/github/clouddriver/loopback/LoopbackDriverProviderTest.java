package io.github.clouddriver.loopback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.clouddriver.CreateRequest;
import io.github.clouddriver.Drivers;
import io.github.clouddriver.ImageId;
import io.github.clouddriver.Instance;
import io.github.clouddriver.InstanceSet;
import io.github.clouddriver.SharedResourceTags;
import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.error.ConfigException;
import io.github.clouddriver.internal.sshserver.TestClient;
import io.github.clouddriver.memory.RecordingLogger;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.File;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.net.URLClassLoader;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import net.schmizz.sshj.connection.channel.direct.Session;
import net.schmizz.sshj.connection.channel.direct.Signal;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.helpers.NOPLogger;

class LoopbackDriverProviderTest {

  private static InstanceSet open(String json) throws Exception {
    return open(json, NOPLogger.NOP_LOGGER, new SimpleMeterRegistry());
  }

  private static InstanceSet open(String json, Logger logger, MeterRegistry registry)
      throws Exception {
    return Drivers.named("loopback")
        .instanceSet(
            new ObjectMapper().readTree(json),
            Host.ID,
            SharedResourceTags.empty(),
            logger,
            registry);
  }

  /** There are no meters; that nobody makes a logger is checked for all drivers at once. */
  @Test
  void D7_the_given_logger_is_told_everything_and_one_registry_serves_two_sets() throws Exception {
    Set<Meter> before = Set.copyOf(Metrics.globalRegistry.getMeters());
    MeterRegistry registry = new SimpleMeterRegistry();
    RecordingLogger given = new RecordingLogger();
    RecordingLogger other = new RecordingLogger();
    KeyPair key = Host.newKey();
    Instance made;
    try (InstanceSet set = open("{}", given, registry);
        InstanceSet neighbour = open("{}", other, registry)) {
      made =
          set.create(
              CreateRequest.builder(Host.TYPE, ImageId.of("image"))
                  .publicKey(key.getPublic())
                  .build());
      neighbour.create(CreateRequest.builder(Host.TYPE, ImageId.of("image")).build());
      try (TestClient client = Host.connect(made)) {
        client.login(made.remoteUser(), key);
        Session.Command command = client.ssh.startSession().exec("exec sleep 1000");
        command.signal(Signal.fromString("NONE"));
        awaitLine(given, "a signal of the client is unknown");
      }
      awaitLine(given, "ended without a status");
      awaitLine(given, "instance " + made.id() + " runs commands on this host");
    }
    assertThat(other.lines().toString())
        .contains("runs commands on this host")
        .doesNotContain(made.id().value());
    assertThat(Metrics.globalRegistry.getMeters()).allMatch(before::contains);
  }

  @Test
  void D2_there_are_no_keys() throws Exception {
    open("{}").close();
    open("null").close();
    assertThatThrownBy(() -> open("{\"Shell\": \"/bin/hunter2\"}"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("$.Shell")
        .message()
        .doesNotContain("hunter2");
  }

  private static void awaitLine(RecordingLogger logger, String part) {
    await()
        .atMost(Host.PATIENCE)
        .untilAsserted(() -> assertThat(logger.lines().toString()).contains(part));
  }

  @Test
  void D10_without_its_library_it_says_which_artifact_to_add() throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      File file = new File(entry);
      if (!file.getName().startsWith("sshd-")) {
        urls.add(file.toURI().toURL());
      }
    }
    try (URLClassLoader poorer =
        new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      Constructor<?> probe = poorer.loadClass(Probe.class.getName()).getDeclaredConstructor();
      probe.setAccessible(true);

      assertThat(((Callable<?>) probe.newInstance()).call())
          .asString()
          .startsWith("[loopback, memory] the driver loopback cannot be used")
          .endsWith("add org.apache.sshd:sshd-osgi");
    }
  }

  /** Run by classes that have no MINA. */
  static final class Probe implements Callable<String> {
    @Override
    public String call() throws Exception {
      try {
        Drivers.named("loopback");
        return "MINA is there";
      } catch (CloudException e) {
        return Drivers.names() + " " + e.getMessage();
      }
    }
  }
}
