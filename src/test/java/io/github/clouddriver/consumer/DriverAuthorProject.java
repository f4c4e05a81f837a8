package io.github.clouddriver.consumer;

import static java.io.File.pathSeparator;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The project that docs/driver-author.md takes its reader through, written out and compiled. */
final class DriverAuthorProject {
  static final Path PAGE = Path.of("docs", "driver-author.md");

  /** The kit classes of the page that need no account. */
  static final List<String> KITS =
      List.of("com.example.acme.test.AcmeDriverTest", "com.example.acme.test.AcmeFaultsTest");

  private static final Pattern FILE = Pattern.compile("(?ms)^`([\\w./-]+)`\n\n```\\w+\n(.*?)^```$");
  private static final Path RUNNER =
      Path.of("src", "test", "resources", "consumer", "RunTests.java");

  private final Path root;

  private DriverAuthorProject(Path root) {
    this.root = root;
  }

  /** Writes each code block of the page to the file whose name is above it. */
  static DriverAuthorProject writeTo(Path root) throws IOException {
    FILE.matcher(Files.readString(PAGE))
        .results()
        .forEach(file -> write(root.resolve(file.group(1)), file.group(2)));
    return new DriverAuthorProject(root);
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The provider's SDK, as a jar whose name makes it the module {@code acme.sdk}. */
  String sdk() throws Exception {
    Path jar = root.resolve("acme-sdk.jar");
    if (!Files.exists(jar)) {
      Path classes = root.resolve("sdk-classes");
      javac(classes, List.of(), "acme-sdk");
      Jdk.run("jar", "--create", "--file", jar.toString(), "-C", classes.toString(), ".");
    }
    return jar.toString();
  }

  /** The driver's classes and resources, for the class path. */
  String driver(String path) throws Exception {
    return driver(List.of("-cp", path(sdk(), path)), "src/main/java/com");
  }

  /** The driver's classes and resources, as a module. */
  String driverModule(String path) throws Exception {
    return driver(List.of("-p", path(sdk(), path)), "src/main/java");
  }

  private String driver(List<String> options, String sources) throws Exception {
    Path classes = root.resolve("classes");
    javac(classes, options, sources);
    Path services = Path.of("META-INF", "services");
    try (Stream<Path> all = Files.list(root.resolve("src/main/resources").resolve(services))) {
      for (Path each : all.toList()) {
        Files.createDirectories(classes.resolve(services));
        Files.copy(each, classes.resolve(services).resolve(each.getFileName()));
      }
    }
    return classes.toString();
  }

  /** The driver's kit classes, and a program that runs them. */
  String tests(String path) throws Exception {
    Path classes = root.resolve("test-classes");
    javac(classes, List.of("-cp", path(sdk(), path)), "src/test/java", RUNNER.toString());
    return classes.toString();
  }

  private void javac(Path classes, List<String> options, String... sources) throws Exception {
    List<String> arguments = new ArrayList<>(options);
    arguments.addAll(List.of("-d", classes.toString(), "-proc:none"));
    for (String each : sources) {
      Path from = each.endsWith(".java") ? Path.of(each) : root.resolve(each);
      try (Stream<Path> all = Files.walk(from)) {
        all.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(arguments::add);
      }
    }
    Jdk.run("javac", arguments.toArray(String[]::new));
  }

  static String path(String... entries) {
    return String.join(pathSeparator, entries);
  }

  /** Checks that the kit was green and has printed what the page says. */
  static void checkReports(String printed) throws IOException {
    assertThat(printed).contains("0 tests failed");
    for (String kit : KITS) {
      List<String> shown = report(Files.readString(PAGE), kit);
      assertThat(shown).as("the report of %s on the page", kit).hasSizeGreaterThan(4);
      assertThat(report(printed, kit)).as(printed).containsSubsequence(shown);
    }
  }

  /** The lines of a report; those that a page cuts short with "…" are left out. */
  private static List<String> report(String text, String kit) {
    return text.substring(text.indexOf("Contract kit, " + kit))
        .lines()
        .takeWhile(line -> line.startsWith("Contract kit, " + kit) || line.startsWith("  "))
        .filter(line -> !line.endsWith("…"))
        .toList();
  }
}
