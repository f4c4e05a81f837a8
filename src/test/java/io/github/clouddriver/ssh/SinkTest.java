package io.github.clouddriver.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.withSettings;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a stream of the caller's may rely on. */
@Timeout(60)
class SinkTest {
  private static final SshChannel CHANNEL = mock(SshChannel.class, withSettings().stubOnly());

  /** Notes how many threads are in it at once, and how much it was given. */
  private static final class Watched extends OutputStream {
    final AtomicInteger inside = new AtomicInteger();
    final AtomicInteger most = new AtomicInteger();
    final AtomicInteger written = new AtomicInteger();

    @Override
    public void write(int b) {
      throw new UnsupportedOperationException("a sink writes arrays");
    }

    @Override
    public void write(byte[] data, int offset, int length) {
      enter(
          () -> {
            if (length > 1) {
              Thread.yield();
            }
            written.addAndGet(length);
          });
    }

    @Override
    public void flush() {
      enter(() -> {});
    }

    private void enter(Runnable action) {
      most.accumulateAndGet(inside.incrementAndGet(), Math::max);
      action.run();
      inside.decrementAndGet();
    }
  }

  /** The last data and the end come when the writer has just found out that there is no more. */
  @Test
  void E9_whenItIsDoneAllIsWrittenAndByOneThreadAtATime() throws Exception {
    for (int i = 0; i < 10_000; i++) {
      Watched stream = new Watched();
      Sink sink = new Sink(stream, "stdout of a command");
      sink.put(CHANNEL, new byte[1], 0, 1);
      while (stream.written.get() == 0) {
        Thread.onSpinWait();
      }
      for (int pause = i % 300; pause > 0; pause--) {
        Thread.onSpinWait();
      }
      sink.put(CHANNEL, new byte[10], 0, 10);
      sink.end();
      sink.done().get(10, TimeUnit.SECONDS);
      assertThat(stream.written).as("bytes when it is done, run %d", i).hasValue(11);
      assertThat(stream.most).as("threads at once, run %d", i).hasValue(1);
    }
  }

  @Test
  void E9_anAbandonedOneWritesNoMoreAndIsNeverDone() throws Exception {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    Sink sink = new Sink(stream, "stdout of a command");
    sink.abandon();
    sink.put(CHANNEL, new byte[10], 0, 10);
    sink.end();
    assertThat(stream.size()).isZero();
    assertThat(sink.done()).isNotDone();
  }
}
