package io.github.clouddriver.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.mockStatic;

import io.github.clouddriver.exec.ExecutorException;
import io.github.clouddriver.exec.Phase;
import io.github.clouddriver.exec.RemoteCommand;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.MockedStatic;

/** What holds where the process can start no more threads. */
class NoThreadTest extends ExecutorFixture {

  @BeforeEach
  void connect() throws Exception {
    target(TestTarget.only(HOST_KEY.getPublic()));
    executor.execute("true", null);
  }

  /** Meanwhile the thread that calls gets no other thread. */
  private static void withoutThreads(ThrowingCallable calls) throws Throwable {
    MockedStatic<Workers> none =
        mockStatic(
            Workers.class,
            call -> {
              throw new OutOfMemoryError("unable to create native thread");
            });
    try {
      calls.call();
    } finally {
      none.close();
    }
  }

  private ExecutorException failure(RemoteCommand command) {
    return catchThrowableOfType(
        ExecutorException.class, () -> withoutThreads(() -> executor.execute(command)));
  }

  @Test
  void E5_aCommandIsSentKillByTheCallersOwnThread() throws Exception {
    ExecutorException late =
        failure(RemoteCommand.builder("block").deadline(Duration.ofMillis(300)).build());
    assertThat(late.phase()).isEqualTo(Phase.COMMAND);
    assertThat(late).hasMessageContaining("longer than 300 ms");
    await().untilAsserted(() -> assertThat(server.signals).containsExactly("block KILL"));
    assertUsable();
  }

  private void assertUsable() throws Exception {
    assertThat(executor.execute("true", null).succeeded()).isTrue();
    assertThat(server.connections).hasValue(1);
  }

  @Test
  void E9_aStdinThatNobodyCanReadIsToldAndEndsTheCommand() throws Exception {
    ExecutorException failure =
        failure(RemoteCommand.builder("cat").stdin(new ByteArrayInputStream(new byte[10])).build());
    assertThat(failure.phase()).isEqualTo(Phase.COMMAND);
    assertThat(failure.commandMayHaveStarted()).isTrue();
    assertThat(failure)
        .hasMessageContaining("stdin")
        .hasRootCauseInstanceOf(OutOfMemoryError.class)
        .hasRootCauseMessage("unable to create native thread");
    await().untilAsserted(() -> assertThat(server.signals).containsExactly("cat KILL"));
    assertThat(server.runsOf("cat")).isOne();
    assertUsable();
  }

  @Test
  void E9_aSinkThatNobodyCanWriteIsToldAtItsFirstData() throws Throwable {
    assertSinkFails(sink -> sink.put(mock(SshChannel.class), new byte[10], 0, 10));
  }

  @Test
  void E9_aSinkThatNobodyCanFlushIsToldAtTheEnd() throws Throwable {
    assertSinkFails(Sink::end);
  }

  private static void assertSinkFails(Consumer<Sink> use) throws Throwable {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    Sink sink = new Sink(stream, "stdout of a command");
    withoutThreads(() -> use.accept(sink));
    assertThat(sink.done()).isCompletedExceptionally();
    assertThat(sink.done().handle((done, failure) -> failure).join())
        .isInstanceOf(CallerStreamException.class)
        .hasMessageContaining("stdout of a command")
        .hasRootCauseInstanceOf(OutOfMemoryError.class);
    // What comes later is nobody's any more, and does not pile up.
    sink.put(mock(SshChannel.class), new byte[10], 0, 10);
    sink.end();
    assertThat(stream.size()).isZero();
  }
}
