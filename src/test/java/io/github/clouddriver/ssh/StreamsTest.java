package io.github.clouddriver.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.github.clouddriver.exec.ExecResult;
import io.github.clouddriver.exec.ExecutorException;
import io.github.clouddriver.exec.Phase;
import io.github.clouddriver.exec.RemoteCommand;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clauses E1 and E9: what goes in, what comes out, and what if a stream of the caller's fails. */
class StreamsTest extends ExecutorFixture {

  @BeforeEach
  void setTarget() {
    target(TestTarget.only(HOST_KEY.getPublic()));
  }

  private static byte[] random(long seed, int size) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  @ParameterizedTest(name = "{0} bytes, which are also the seed")
  @ValueSource(ints = {0, 1, 32_767, 32_768, 32_769, 2 << 20, 11 << 20})
  void E1_stdinComesBackByteForByte(int size) throws Exception {
    byte[] data = random(size, size);
    assertThat(executor.execute("cat", new ByteArrayInputStream(data)).stdout()).isEqualTo(data);
  }

  @Test
  void E1_bothOutputsAreDrainedAtTheSameTime() throws Exception {
    int size = 6 << 20;
    server.on(
        "one after the other",
        call -> {
          call.err().write(random(1, size));
          call.err().flush();
          call.out().write(random(2, size));
          return 0;
        });
    ExecResult result = executor.execute("one after the other", null);
    assertThat(result.stderr()).isEqualTo(random(1, size));
    assertThat(result.stdout()).isEqualTo(random(2, size));
  }

  @Test
  void E1_aCommandThatLeavesItsStdinUnreadEnds() throws Exception {
    ExecResult result = executor.execute("true", new ByteArrayInputStream(random(3, 12 << 20)));
    assertThat(result.exitStatus()).hasValue(0);
    assertThat(executor.execute("true", null).exitStatus()).hasValue(0);
    assertThat(server.connections).hasValue(1);
  }

  @Test
  void E1_aStdinThatNeverSaysAnythingDoesNotKeepTheCallFromReturning() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch reading = new CountDownLatch(1);
    InputStream stdin =
        new InputStream() {
          @Override
          public int read() throws IOException {
            reading.countDown();
            try {
              never.await();
            } catch (InterruptedException e) {
              throw new IOException("must not be interrupted", e);
            }
            return -1;
          }
        };
    assertThat(executor.execute("true", stdin).exitStatus()).hasValue(0);
    reading.await();
    never.countDown();
  }

  @Test
  void E9_aStdinThatFailsIsTheCauseAndEndsTheCommand() {
    InputStream stdin =
        new InputStream() {
          private int left = 100_000;

          @Override
          public int read() throws IOException {
            if (left-- == 0) {
              throw new IOException("the disk is gone");
            }
            return 0;
          }

          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            into[offset] = (byte) read();
            return 1;
          }
        };
    assertCallersFault(
        RemoteCommand.builder("cat").stdin(stdin).build(), "stdin", "the disk is gone");
  }

  @Test
  void E9_aSinkThatFailsIsTheCauseAndEndsTheCommand() {
    server.on(
        "endless",
        call -> {
          while (true) {
            call.out().write(new byte[1000]);
            call.err().write(new byte[1000]);
          }
        });
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("the disk is full");
          }
        };
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int b) {
            throw new IllegalStateException("a bug");
          }
        };
    assertCallersFault(
        RemoteCommand.builder("endless").stdoutSink(full).build(), "stdout", "the disk is full");
    assertCallersFault(
        RemoteCommand.builder("endless").stderrSink(broken).build(), "stderr", "a bug");
  }

  @Test
  void E9_anErrorOfAStreamIsTheCauseAndEndsTheCommand() {
    InputStream stdin =
        new InputStream() {
          @Override
          public int read() {
            throw new AssertionError("stdin is broken");
          }
        };
    OutputStream sink =
        new OutputStream() {
          @Override
          public void write(int b) {
            throw new AssertionError("the sink is broken");
          }
        };
    OutputStream unflushable =
        new ByteArrayOutputStream() {
          @Override
          public void flush() {
            throw new AssertionError("cannot flush");
          }
        };
    server.on(
        "speak",
        call -> {
          call.out().write(new byte[10]);
          call.out().flush();
          server.release.await();
          return 0;
        });
    Duration limit = Duration.ofSeconds(10);
    assertCallersFault(
        RemoteCommand.builder("cat").stdin(stdin).deadline(limit).build(),
        "stdin",
        "stdin is broken");
    assertCallersFault(
        RemoteCommand.builder("speak").stdoutSink(sink).deadline(limit).build(),
        "stdout",
        "the sink is broken");
    RemoteCommand flushed =
        RemoteCommand.builder("true").stderrSink(unflushable).deadline(limit).build();
    assertThat(catchThrowableOfType(ExecutorException.class, () -> executor.execute(flushed)))
        .hasMessageContaining("stderr")
        .hasRootCauseMessage("cannot flush");
  }

  private void assertCallersFault(RemoteCommand command, String stream, String cause) {
    ExecutorException failure =
        catchThrowableOfType(ExecutorException.class, () -> executor.execute(command));
    assertThat(failure.phase()).isEqualTo(Phase.COMMAND);
    assertThat(failure.commandMayHaveStarted()).isTrue();
    assertThat(failure).hasMessageContaining(stream).hasRootCauseMessage(cause);
    assertThat(failure.getCause()).hasMessage(cause);
    await().untilAsserted(() -> assertThat(server.signals).contains(command.text() + " KILL"));
  }

  @Test
  void E9_aSlowSinkGetsAllOfItBeforeTheCallReturns() throws Exception {
    byte[] data = random(4, 5 << 20);
    AtomicInteger flushes = new AtomicInteger();
    ByteArrayOutputStream taken =
        new ByteArrayOutputStream() {
          @Override
          public synchronized void write(byte[] bytes, int offset, int length) {
            Thread.yield();
            super.write(bytes, offset, length);
          }

          @Override
          public void flush() {
            flushes.incrementAndGet();
          }
        };
    ExecResult result =
        executor.execute(
            RemoteCommand.builder("cat")
                .stdin(new ByteArrayInputStream(data))
                .stdoutSink(taken)
                .build());
    assertThat(taken.toByteArray()).isEqualTo(data);
    assertThat(flushes).hasValue(1);
    assertThat(result.stdout()).isEmpty();
    assertThat(result.stdoutCut()).isZero();
  }

  @Test
  void E5_aSinkThatNeverTakesAnythingDoesNotOutlastTheDeadlineNorHoldUpOthers() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch stuck = new CountDownLatch(1);
    OutputStream sink =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            stuck.countDown();
            try {
              never.await();
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
          }
        };
    Background blocked =
        Background.execute(
            executor,
            RemoteCommand.builder("cat")
                .stdin(new ByteArrayInputStream(random(5, 8 << 20)))
                .stdoutSink(sink)
                .deadline(Duration.ofSeconds(1))
                .build());
    stuck.await();
    byte[] data = random(6, 4 << 20);
    assertThat(executor.execute("cat", new ByteArrayInputStream(data)).stdout()).isEqualTo(data);
    assertThat(blocked.thrown()).hasMessageContaining("longer than 1 s");
    never.countDown();
  }

  @Test
  void E7_manyCommandsShareTheConnectionAndMixNothingUp() throws Exception {
    List<Background> calls = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      byte[] data = random(i, 300_000);
      calls.add(
          Background.execute(
              executor,
              RemoteCommand.builder("cat").stdin(new ByteArrayInputStream(data)).build()));
    }
    for (int i = 0; i < 32; i++) {
      assertThat(calls.get(i).result.get().stdout()).as("seed %d", i).isEqualTo(random(i, 300_000));
    }
    assertThat(server.connections).hasValue(1);
  }

  @Test
  void theEnvironmentStandsBeforeTheCommandAsTheShellWantsIt() throws Exception {
    executor.execute(
        RemoteCommand.builder("true").environment("A", "it's").environment("B", "").build());
    assertThat(server.started).containsExactly("export A='it'\\''s'; export B=''; true");
  }

  @Test
  void theCommandIsSentAsUtf8() throws Exception {
    String text =
        new String("caf\u00e9 \u20ac".getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    executor.execute(text, null);
    assertThat(server.started).containsExactly(text);
  }
}
