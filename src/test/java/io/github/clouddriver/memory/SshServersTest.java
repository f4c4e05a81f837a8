package io.github.clouddriver.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.clouddriver.Drivers;
import io.github.clouddriver.Instance;
import io.github.clouddriver.InstanceSet;
import io.github.clouddriver.InstanceTags;
import io.github.clouddriver.SharedResourceTags;
import io.github.clouddriver.error.CloudException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.File;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.NOPLogger;

class SshServersTest {

  @Test
  void the_library_is_there_in_this_build() {
    assertThatCode(SshServers::requireLibrary).doesNotThrowAnyException();
  }

  @Test
  void where_the_library_is_missing_the_message_names_its_artifact() throws Exception {
    try (URLClassLoader poorer = withoutMina()) {
      Method check =
          poorer.loadClass(SshServers.class.getName()).getDeclaredMethod("requireLibrary");
      check.setAccessible(true);

      assertThatThrownBy(() -> check.invoke(null))
          .isInstanceOf(InvocationTargetException.class)
          .cause()
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("org.apache.sshd:sshd-osgi")
          .hasMessageContaining("ssh(false)");
    }
  }

  @Test
  void without_the_library_only_a_cloud_that_answers_no_ssh_can_be_made() throws Exception {
    try (URLClassLoader poorer = withoutMina()) {
      assertThatThrownBy(() -> poorer.loadClass("org.apache.sshd.server.SshServer"))
          .isInstanceOf(ClassNotFoundException.class);
      Class<?> cloudClass = poorer.loadClass(MemoryCloud.class.getName());
      assertThat(cloudClass).isNotSameAs(MemoryCloud.class);
      Object builder = cloudClass.getMethod("builder").invoke(null);
      Method build = builder.getClass().getMethod("build");
      Method ssh = builder.getClass().getMethod("ssh", boolean.class);

      assertThatThrownBy(() -> build.invoke(ssh.invoke(builder, true)))
          .cause()
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("org.apache.sshd:sshd-osgi");
      Object cloud = build.invoke(ssh.invoke(builder, false));
      assertThat(cloudClass.getMethod("shell").invoke(cloud)).isNotNull();
      ((AutoCloseable) cloud).close();
    }
  }

  @Test
  void without_the_library_the_rest_of_the_driver_works() throws Exception {
    try (URLClassLoader poorer = withoutMina()) {
      Constructor<?> probe = poorer.loadClass(Probe.class.getName()).getDeclaredConstructor();
      probe.setAccessible(true);

      assertThat(((Callable<?>) probe.newInstance()).call())
          .asString()
          .startsWith("RUNNING at 127.")
          .contains("org.apache.sshd:sshd-osgi");
    }
  }

  /** Run by classes that have no MINA: a cycle without SSH, then what the default says. */
  static final class Probe implements Callable<String> {
    @Override
    public String call() throws Exception {
      String seen;
      try (InstanceSet set = open("{\"Account\": \"without\", \"Ssh\": false}")) {
        Instance made = set.create(Sets.request(Sets.SMALL));
        made.verifyHostKey(
            MemoryCloud.named("without").orElseThrow().instances().get(0).hostKey(), null);
        seen = made.state() + " at " + made.address().orElseThrow();
        set.instances(InstanceTags.empty()).get(0).destroy();
      }
      try {
        open("{}").close();
        return "MINA is there";
      } catch (CloudException e) {
        return seen + ", " + e.getMessage();
      }
    }

    private static InstanceSet open(String json) throws Exception {
      return Drivers.named("memory")
          .instanceSet(
              new ObjectMapper().readTree(json),
              Sets.A,
              SharedResourceTags.empty(),
              NOPLogger.NOP_LOGGER,
              new SimpleMeterRegistry());
    }
  }

  /** Loads every class anew, from this class path less MINA's jars. */
  private static URLClassLoader withoutMina() throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      File file = new File(entry);
      if (!file.getName().startsWith("sshd-")) {
        urls.add(file.toURI().toURL());
      }
    }
    return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
  }
}
