package io.github.clouddriver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.clouddriver.error.ConfigException;
import io.github.clouddriver.error.QuotaException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The quick starts of the README compile word for word, and do what they say. */
class ReadmeTest {
  private static final Pattern JAVA = Pattern.compile("(?s)```java\n(.*?)```");
  private static final Pattern CLASS = Pattern.compile("public final class (\\w+)");

  @TempDir Path classes;
  private ClassLoader loader;

  @BeforeEach
  void compile() throws Exception {
    List<JavaFileObject> sources =
        JAVA.matcher(Files.readString(Path.of("README.md")))
            .results()
            .map(block -> source(block.group(1)))
            .toList();
    assertThat(sources).as("one quick start for each kind of reader").hasSize(3);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    boolean compiled =
        compiler
            .getTask(messages, null, null, List.of("-d", classes.toString()), null, sources)
            .call();
    assertThat(compiled).as(messages.toString()).isTrue();
    loader = new URLClassLoader(new URL[] {classes.toUri().toURL()}, getClass().getClassLoader());
  }

  private static JavaFileObject source(String code) {
    Matcher name = CLASS.matcher(code);
    assertThat(name.find()).isTrue();
    return new SimpleJavaFileObject(
        URI.create("string:///" + name.group(1) + ".java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return code;
      }
    };
  }

  @Test
  void theDispatcherRunsACommandOnAnInstance() throws Exception {
    assertThat(run("Dispatcher")).isNotBlank();
  }

  @Test
  void theTestMeetsAFaultAndMovesTheClock() throws Exception {
    assertThat(run("DispatcherTest"))
        .isEqualTo("no capacity for INSTANCE_TYPE\nBOOTING\nRUNNING\n");
  }

  @Test
  void theDriverIsFoundByNameAndReadsItsConfigurationStrictly() throws Exception {
    Path services = Files.createDirectories(classes.resolve("META-INF/services"));
    Files.writeString(services.resolve(DriverProvider.class.getName()), "AcmeDriverProvider\n");
    Driver driver = Drivers.named("acme", loader);

    InstanceSet set = start(driver, "{\"Region\": \"north\", \"accessKey\": \"k\"}");

    CreateRequest request =
        CreateRequest.builder(InstanceType.builder("small", "s").build(), ImageId.of("i")).build();
    assertThatThrownBy(() -> set.create(request)).isInstanceOf(QuotaException.class);
    assertThatThrownBy(() -> start(driver, "{\"region\": \"north\"}"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("$.accessKey");
  }

  private static InstanceSet start(Driver driver, String config) throws Exception {
    return driver.instanceSet(
        new ObjectMapper().readTree(config),
        InstanceSetId.of("zzzzz-zzzzz-zzzzzzzzzzzzzzz"),
        SharedResourceTags.empty(),
        LoggerFactory.getLogger(ReadmeTest.class),
        new SimpleMeterRegistry());
  }

  private String run(String mainClass) throws Exception {
    PrintStream stdout = System.out;
    ByteArrayOutputStream captured = new ByteArrayOutputStream();
    System.setOut(new PrintStream(captured, true, UTF_8));
    try {
      loader
          .loadClass(mainClass)
          .getMethod("main", String[].class)
          .invoke(null, (Object) new String[0]);
    } finally {
      System.setOut(stdout);
    }
    return captured.toString(UTF_8);
  }
}
