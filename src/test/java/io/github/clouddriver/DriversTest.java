package io.github.clouddriver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.error.UnknownDriverException;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Clause D10, with providers that are really broken. */
class DriversTest {
  private static final String SERVICE = "META-INF/services/" + DriverProvider.class.getName();
  private static final String NAMED = "public String name() { return \"other\"; }";
  private static final String DRIVER =
      "public io.github.clouddriver.Driver driver() throws io.github.clouddriver.error.CloudException"
          + " { return (config, id, tags, logger, registry) -> null; }";

  @TempDir Path root;

  /** A provider's source. */
  private static String provider(String type, String members) {
    return "package acme; public class "
        + type
        + " implements io.github.clouddriver.DriverProvider { "
        + members
        + " }";
  }

  private static String good(String type, String name) {
    return provider(type, "public String name() { return \"" + name + "\"; } " + DRIVER);
  }

  /** A loader of providers listed in one service file, some in addition to the good ones. */
  private URLClassLoader loader(Map<String, String> sources, String... listed) throws Exception {
    Map<String, String> files = new HashMap<>();
    files.put("acme/First.java", good("First", "first"));
    files.put("acme/Last.java", good("Last", "last"));
    files.put("lib/Gone.java", "package lib; public class Gone extends RuntimeException {}");
    sources.forEach((type, source) -> files.put("acme/" + type + ".java", source));
    Path classes =
        Javac.compile(
            root, files, "-cp", System.getProperty("java.class.path"), "-nowarn", "-Xlint:none");
    Files.delete(classes.resolve("lib/Gone.class"));
    List<String> providers = new ArrayList<>(List.of("acme.First"));
    providers.addAll(List.of(listed));
    providers.add("acme.Last");
    Javac.write(classes, SERVICE, String.join("\n", providers));
    return new URLClassLoader(new URL[] {url(classes)}, DriversTest.class.getClassLoader());
  }

  private static URL url(Path directory) throws MalformedURLException {
    return directory.toUri().toURL();
  }

  static List<Arguments> broken() {
    String other = NAMED + DRIVER;
    return List.of(
        Arguments.of("", "Provider acme.Broken not found"),
        Arguments.of("package acme; public class Broken {}", "acme.Broken not a subtype"),
        Arguments.of(
            provider(
                "Broken",
                "static { if (true) throw new IllegalStateException(\"init\"); }" + other),
            "IllegalStateException: init"),
        Arguments.of(
            provider(
                "Broken", "public Broken() { throw new IllegalStateException(\"made\"); }" + other),
            "Provider acme.Broken could not be instantiated: java.lang.IllegalStateException: made"),
        Arguments.of(
            provider("Broken", "public Broken() { throw new AssertionError(\"made\"); }" + other),
            "AssertionError: made"),
        Arguments.of(provider("Broken", "private Broken() {}" + other), "acme.Broken"),
        Arguments.of(provider("Broken", "public Broken(int n) {}" + other), "acme.Broken"),
        Arguments.of(
            "package acme; public abstract class Broken implements io.github.clouddriver.DriverProvider {}",
            "acme.Broken"),
        Arguments.of(
            "package acme; public class Broken extends lib.Gone implements"
                + " io.github.clouddriver.DriverProvider {"
                + other
                + "}",
            "lib/Gone"),
        Arguments.of(provider("Broken", "public Broken() { new lib.Gone(); }" + other), "lib/Gone"),
        Arguments.of(
            provider("Broken", "public Broken(lib.Gone gone) {} public Broken() {}" + other),
            "lib/Gone"),
        Arguments.of(
            provider(
                "Broken",
                "public Broken() { try { name(); } catch (lib.Gone e) { e.getMessage(); } }"
                    + other),
            "lib/Gone"),
        Arguments.of(
            provider("Broken", "private final Object gone = lib.Gone.class;" + other), "lib/Gone"),
        Arguments.of(
            provider(
                "Broken",
                "public String name() { throw new IllegalStateException(\"none\"); }" + DRIVER),
            "acme.Broken does not tell its name: java.lang.IllegalStateException: none"),
        Arguments.of(
            provider(
                "Broken", "public String name() { return lib.Gone.class.getName(); }" + DRIVER),
            "acme.Broken does not tell its name: java.lang.NoClassDefFoundError: lib/Gone"),
        Arguments.of(
            provider("Broken", "public String name() { return null; }" + DRIVER),
            "acme.Broken has the name null"),
        Arguments.of(
            provider("Broken", "public String name() { return \"\"; }" + DRIVER),
            "acme.Broken has the name \"\""),
        Arguments.of(
            provider("Broken", "public String name() { return \"My Cloud\"; }" + DRIVER),
            "acme.Broken has the name \"My Cloud\""));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void aBrokenProviderTakesNoOtherNameWithIt(String source, String problem) throws Exception {
    Map<String, String> sources = source.isEmpty() ? Map.of() : Map.of("Broken", source);
    try (URLClassLoader loader = loader(sources, "acme.Broken")) {
      assertThat(Drivers.named("first", loader)).isNotNull();
      assertThat(Drivers.named("last", loader)).isNotNull();
      assertThatExceptionOfType(UnknownDriverException.class)
          .isThrownBy(() -> Drivers.named("other", loader))
          .withMessageContaining("known names: first, last")
          .withMessageContaining("not readable: ")
          .withMessageContaining(problem);
    }
  }

  @Test
  void aMalformedServiceFileTakesNoOtherFileWithIt() throws Exception {
    Path bad = root.resolve("bad");
    Javac.write(bad, SERVICE, "not a class name!");
    try (URLClassLoader good = loader(Map.of());
        URLClassLoader loader =
            new URLClassLoader(
                new URL[] {url(bad), good.getURLs()[0]}, DriversTest.class.getClassLoader())) {
      assertThat(Drivers.named("first", loader)).isNotNull();
      assertThatExceptionOfType(UnknownDriverException.class)
          .isThrownBy(() -> Drivers.named("other", loader))
          .withMessageContaining("Illegal configuration-file syntax");
    }
  }

  @Test
  void aLoaderThatFailsForEverIsGivenUp() {
    AtomicInteger calls = new AtomicInteger();
    ClassLoader checked =
        new ClassLoader(null) {
          @Override
          public Enumeration<URL> getResources(String name) throws IOException {
            throw new IOException("disk on fire");
          }
        };
    ClassLoader unchecked =
        new ClassLoader(null) {
          @Override
          public Enumeration<URL> getResources(String name) {
            throw new IllegalStateException("call " + calls.incrementAndGet());
          }
        };
    assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () -> {
          assertThatExceptionOfType(UnknownDriverException.class)
              .isThrownBy(() -> Drivers.named("first", checked))
              .withMessageContaining("disk on fire");
          assertThatExceptionOfType(UnknownDriverException.class)
              .isThrownBy(() -> Drivers.named("first", unchecked))
              .withMessageContaining("call 1");
        });
  }

  @Test
  void aNameOfTwoProvidersIsRefusedAndNoOther() throws Exception {
    try (URLClassLoader loader =
        loader(
            Map.of("One", good("One", "twice"), "Two", good("Two", "twice")),
            "acme.One",
            "acme.Two")) {
      assertThatThrownBy(() -> Drivers.named("twice", loader))
          .isExactlyInstanceOf(CloudException.class)
          .hasMessageContaining("twice")
          .hasMessageContaining("acme.One, acme.Two");
      assertThat(Drivers.named("last", loader)).isNotNull();
      assertThatExceptionOfType(UnknownDriverException.class)
          .isThrownBy(() -> Drivers.named("other", loader))
          .satisfies(
              e -> assertThat(e.knownNames()).contains("first", "last").doesNotContain("twice"))
          .withMessageContaining("acme.One, acme.Two");
    }
  }

  @Test
  void aDriverWithoutItsLibrarySaysWhichArtifactToAdd() throws Exception {
    String absent =
        NAMED
            + " public io.github.clouddriver.Driver driver() throws"
            + " io.github.clouddriver.error.CloudException { throw new"
            + " io.github.clouddriver.error.CloudException(\"add com.acme:sdk\"); }";
    try (URLClassLoader loader = loader(Map.of("Other", provider("Other", absent)), "acme.Other")) {
      assertThatThrownBy(() -> Drivers.named("other", loader))
          .isExactlyInstanceOf(CloudException.class)
          .hasMessage("add com.acme:sdk");
      assertThat(Drivers.named("last", loader)).isNotNull();
    }
  }

  static List<Arguments> brokenDrivers() {
    return List.of(
        Arguments.of("new lib.Gone(); return null;", "NoClassDefFoundError: lib/Gone"),
        Arguments.of("throw new IllegalStateException(\"no\");", "IllegalStateException: no"),
        Arguments.of("return null;", "is null"));
  }

  @ParameterizedTest
  @MethodSource("brokenDrivers")
  void aDriverThatCannotBeMadeIsACloudException(String body, String message) throws Exception {
    String source =
        provider("Other", NAMED + "public io.github.clouddriver.Driver driver() { " + body + " }");
    try (URLClassLoader loader = loader(Map.of("Other", source), "acme.Other")) {
      assertThatThrownBy(() -> Drivers.named("other", loader))
          .isExactlyInstanceOf(CloudException.class)
          .hasMessageContaining("the driver other of acme.Other")
          .hasMessageContaining(message);
    }
  }

  @Test
  void namesAreASortedSnapshotOfWhatTheLibrarysOwnLoaderSees() {
    assertThat(Drivers.names()).isUnmodifiable();
    assertThatExceptionOfType(UnknownDriverException.class)
        .isThrownBy(() -> Drivers.named("no-such-driver"))
        .satisfies(
            e -> {
              assertThat(e.name()).isEqualTo("no-such-driver");
              assertThat(e.knownNames()).containsExactlyElementsOf(Drivers.names());
            });
  }

  @Test
  void everyNameThereIsCanBeLookedUp() throws Exception {
    for (String name : Drivers.names()) {
      assertThat(Drivers.named(name)).as(name).isNotNull();
    }
  }

  @Test
  void noLoaderMeansTheSystems() {
    assertThatExceptionOfType(UnknownDriverException.class)
        .isThrownBy(() -> Drivers.named("no-such-driver", null));
  }
}
