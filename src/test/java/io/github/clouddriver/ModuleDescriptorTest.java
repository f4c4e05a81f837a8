package io.github.clouddriver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The module descriptor says exactly this, so that nothing is exported or required by accident. */
class ModuleDescriptorTest {
  private final ModuleDescriptor descriptor = built();

  @Test
  void exports() {
    assertThat(lines(descriptor.exports(), ModuleDescriptor.Exports::toString))
        .containsExactlyInAnyOrder(
            "io.github.clouddriver",
            "io.github.clouddriver.error",
            "io.github.clouddriver.exec",
            "io.github.clouddriver.loopback",
            "io.github.clouddriver.memory",
            "io.github.clouddriver.ssh");
  }

  @Test
  void requires() {
    assertThat(lines(descriptor.requires(), ModuleDescriptorTest::withModifiers))
        .containsExactlyInAnyOrder(
            "mandated java.base",
            "transitive com.fasterxml.jackson.databind",
            "transitive micrometer.core",
            "transitive org.jspecify",
            "transitive org.slf4j",
            "com.hierynomus.sshj",
            "org.bouncycastle.pkix",
            "org.bouncycastle.provider",
            "static info.picocli",
            "static org.apache.sshd.osgi");
  }

  @Test
  void opens() {
    assertThat(descriptor.isOpen()).isFalse();
    assertThat(lines(descriptor.opens(), ModuleDescriptor.Opens::toString))
        .containsExactly("io.github.clouddriver.cli to [info.picocli]");
  }

  @Test
  void uses() {
    assertThat(descriptor.uses()).containsExactly("io.github.clouddriver.DriverProvider");
  }

  @Test
  void provides() {
    assertThat(lines(descriptor.provides(), ModuleDescriptor.Provides::toString))
        .containsExactlyInAnyOrder(
            "io.github.clouddriver.DriverProvider with"
                + " [io.github.clouddriver.loopback.LoopbackDriverProvider,"
                + " io.github.clouddriver.memory.MemoryDriverProvider]");
  }

  /** The descriptor as compiled, for the tests themselves run on the class path. */
  static ModuleDescriptor built() {
    try {
      Path testClasses =
          Path.of(
              ModuleDescriptorTest.class
                  .getProtectionDomain()
                  .getCodeSource()
                  .getLocation()
                  .toURI());
      try (InputStream in =
          Files.newInputStream(testClasses.resolveSibling("classes/module-info.class"))) {
        return ModuleDescriptor.read(in);
      }
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static <T> List<String> lines(Collection<T> directives, Function<T, String> line) {
    return directives.stream().map(line).toList();
  }

  private static String withModifiers(ModuleDescriptor.Requires required) {
    return Stream.concat(
            required.modifiers().stream().map(modifier -> modifier.name().toLowerCase(Locale.ROOT)),
            Stream.of(required.name()))
        .collect(Collectors.joining(" "));
  }
}
