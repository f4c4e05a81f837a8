package io.github.clouddriver.loopback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.clouddriver.Drivers;
import io.github.clouddriver.InstanceSet;
import io.github.clouddriver.SharedResourceTags;
import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.error.ConfigException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.File;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.NOPLogger;

class LoopbackDriverProviderTest {

  private static InstanceSet open(String json) throws Exception {
    return Drivers.named("loopback")
        .instanceSet(
            new ObjectMapper().readTree(json),
            Host.ID,
            SharedResourceTags.empty(),
            NOPLogger.NOP_LOGGER,
            new SimpleMeterRegistry());
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
