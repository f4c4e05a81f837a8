package io.github.clouddriver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.clouddriver.error.ConfigException;
import io.github.clouddriver.error.QuotaException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
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
    assertThat(sources).as("one for each kind of reader, and one about commands").hasSize(4);
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

  /** In a process of its own, which has the passphrase and the agent in its environment. */
  @Test
  void commandsAreRunWithTheKeysOfAFileAndAnAgent(@TempDir Path folder) throws Exception {
    Path keyFile = folder.resolve("key");
    Files.writeString(keyFile, encrypted(TestKeys.ec(), "open sesame"));
    Path output = folder.resolve("output");
    Path printed = folder.resolve("printed");
    try (EmptyAgent agent = new EmptyAgent(folder.resolve("agent"))) {
      ProcessBuilder java =
          new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-cp",
              classes
                  + File.pathSeparator
                  + System.getProperty(
                      "surefire.test.class.path", System.getProperty("java.class.path")),
              "Commands",
              keyFile.toString(),
              output.toString());
      java.environment().put("KEY_PASSPHRASE", "open sesame");
      java.environment().put("SSH_AUTH_SOCK", agent.socket.toString());
      Process process = java.redirectErrorStream(true).redirectOutput(printed.toFile()).start();
      try {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ended by itself").isTrue();
      } finally {
        process.destroyForcibly();
      }
      assertThat(Files.readString(printed)).contains("ended by TERM").doesNotContain("Exception");
      assertThat(process.exitValue()).isZero();
      assertThat(agent.asked.get()).isOne();
    }
    try (Stream<String> lines = Files.lines(output)) {
      assertThat(lines).hasSize(1_000_000).last().isEqualTo("1000000");
    }
  }

  private static String encrypted(KeyPair pair, String passphrase) throws Exception {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
      pem.writeObject(
          new JcaPKCS8Generator(
              pair.getPrivate(),
              new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
                  .setProvider(new BouncyCastleProvider())
                  .setPassword(passphrase.toCharArray())
                  .build()));
    }
    return text.toString();
  }

  /** An SSH agent without a key. */
  private static final class EmptyAgent implements AutoCloseable {
    private static final byte[] NO_IDENTITIES = {0, 0, 0, 5, 12, 0, 0, 0, 0};

    final Path socket;
    final AtomicInteger asked = new AtomicInteger();
    private final ServerSocketChannel server;

    EmptyAgent(Path socket) throws IOException {
      this.socket = socket;
      server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      server.bind(UnixDomainSocketAddress.of(socket));
      Thread thread = new Thread(this::serve, "empty agent");
      thread.setDaemon(true);
      thread.start();
    }

    private void serve() {
      try {
        while (true) {
          try (SocketChannel client = server.accept()) {
            asked.incrementAndGet();
            client.write(ByteBuffer.wrap(NO_IDENTITIES));
            client.read(ByteBuffer.allocate(64)); // the question, whatever it is
          }
        }
      } catch (IOException e) {
        // closed
      }
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
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
