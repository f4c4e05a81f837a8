package io.github.clouddriver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A driver in a module of its own, started as its user would start it: with {@code java -p}. */
class ModulePathTest {
  private static final String MODULE =
      """
      module acme.cloud {
        requires io.github.clouddriver;
        provides io.github.clouddriver.DriverProvider with acme.cloud.AcmeProvider;
        %s
      }
      """;
  private static final String OPENS = "opens acme.cloud to com.fasterxml.jackson.databind;";

  private static final String PROVIDER =
      """
      package acme.cloud;

      import com.fasterxml.jackson.databind.ObjectMapper;
      import io.github.clouddriver.Driver;
      import io.github.clouddriver.DriverFunc;
      import io.github.clouddriver.DriverProvider;
      import io.github.clouddriver.error.CloudException;

      public final class AcmeProvider implements DriverProvider {
        public String name() {
          return "acme";
        }

        public Driver driver() {
          return DriverFunc.of(
              Config.class,
              (config, id, tags, logger, registry) -> {
                throw new CloudException(
                    config
                        + ", "
                        + config.key().reveal()
                        + ", "
                        + new ObjectMapper().valueToTree(config.tags().with("more", "3")));
              });
        }
      }
      """;

  private static final String CONFIG =
      """
      package acme.cloud;

      import com.fasterxml.jackson.annotation.JsonCreator;
      import io.github.clouddriver.InstanceTags;
      import io.github.clouddriver.InstanceType;
      import io.github.clouddriver.Secret;
      import java.util.List;
      import java.util.Map;
      import java.util.Optional;
      import org.jspecify.annotations.Nullable;

      record Config(
          @Nullable String region,
          Secret key,
          Optional<Integer> retries,
          List<Disk> disks,
          Zone zone,
          Map<String, InstanceType> types,
          InstanceTags tags) {

        record Disk(String name, Kind kind) {}

        enum Kind {
          FAST
        }

        static final class Zone {
          private final String name;

          private Zone(String name) {
            this.name = name;
          }

          @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
          private static Zone of(String name) {
            return new Zone(name);
          }

          @Override
          public String toString() {
            return name;
          }
        }
      }
      """;

  private static final String MAIN =
      """
      package acme.cloud;

      import com.fasterxml.jackson.databind.ObjectMapper;
      import io.github.clouddriver.Driver;
      import io.github.clouddriver.Drivers;
      import io.github.clouddriver.InstanceSetId;
      import io.github.clouddriver.SharedResourceTags;
      import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
      import org.slf4j.helpers.NOPLogger;

      final class Main {
        public static void main(String[] args) throws Exception {
          System.out.println(Drivers.names().contains("acme"));
          try {
            Driver driver = Drivers.named(args[0]);
            driver.instanceSet(
                new ObjectMapper().readTree(args[1]),
                InstanceSetId.of("abcde-12345-zzzzzzzzzzzzzzz"),
                SharedResourceTags.empty(),
                NOPLogger.NOP_LOGGER,
                new SimpleMeterRegistry());
          } catch (Exception e) {
            System.out.println(e.getMessage());
          }
        }
      }
      """;

  private static final String JSON =
      """
      {"key": "k", "disks": [{"name": "a", "kind": "fast"}], "zone": "z", "types": {"s": {"RAM": "1GiB"}}, "tags": {"z": "1", "a": "2"}}
      """;

  @TempDir Path root;

  /** What the driver's module prints for a configuration. */
  private String printed(String opens, String json) throws Exception {
    return printed(opens, "acme", json);
  }

  private String printed(String opens, String driver, String json) throws Exception {
    Path ours = Path.of(Driver.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    String path =
        ours + File.pathSeparator + Files.readString(ours.resolveSibling("consumer.classpath"));
    Path classes =
        Javac.compile(
            root,
            Map.of(
                "module-info.java",
                MODULE.formatted(opens),
                "acme/cloud/AcmeProvider.java",
                PROVIDER,
                "acme/cloud/Config.java",
                CONFIG,
                "acme/cloud/Main.java",
                MAIN),
            "-p",
            path);
    Path output = root.resolve("output");
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dslf4j.internal.verbosity=ERROR",
                "-p",
                path + File.pathSeparator + classes,
                "-m",
                "acme.cloud/acme.cloud.Main",
                driver,
                json)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(java.waitFor(60, TimeUnit.SECONDS)).as("java ended").isTrue();
    } finally {
      java.destroyForcibly();
    }
    return Files.readString(output);
  }

  @Test
  void aPackageOpenedToJacksonAloneIsBound() throws Exception {
    assertThat(printed(OPENS, JSON).lines())
        .containsExactly(
            "true",
            "Config[region=null, key=[secret], retries=Optional.empty,"
                + " disks=[Disk[name=a, kind=FAST]], zone=z, types={s=s[s, 1 vCPU, RAM 1GiB]}, tags=[z, a]],"
                + " k, {\"z\":\"1\",\"a\":\"2\",\"more\":\"3\"}");
  }

  @Test
  void D10_withoutMinaTheInMemoryDriverSaysHowToAddItsModule() throws Exception {
    assertThat(printed(OPENS, "memory", "{}"))
        .contains(
            "add org.apache.sshd:sshd-osgi to the module path and start java with --add-modules"
                + " org.apache.sshd.osgi, or");
  }

  @Test
  void D10_withoutMinaTheLoopbackDriverSaysHowToAddItsModule() throws Exception {
    assertThat(printed(OPENS, "loopback", "{}").lines())
        .containsExactly(
            "true",
            "the driver loopback cannot be used: this host answers SSH by means of Apache MINA SSHD,"
                + " which is missing: add org.apache.sshd:sshd-osgi to the module path and start"
                + " java with --add-modules org.apache.sshd.osgi");
  }

  @Test
  void aMistakeIsNamedWithItsPath() throws Exception {
    assertThat(printed(OPENS, JSON.replace("\"fast\"", "\"slow\"")).lines())
        .contains(
            "configuration at $.disks[0].kind: expected one of FAST (known keys: kind, name)");
  }

  @Test
  void aPackageThatIsNotOpenedIsSaidToBe() throws Exception {
    assertThat(printed("", JSON))
        .contains("true", "open the package acme.cloud to com.fasterxml.jackson.databind");
  }
}
