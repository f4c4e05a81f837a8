package io.github.clouddriver.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.exec.ExecutorException;
import io.github.clouddriver.exec.RemoteCommand;
import io.github.clouddriver.exec.SshSigner;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a caller's own code throws is what the caller gets back, however it reads. */
class CallerExceptionsTest extends ExecutorFixture {
  private static final String UNFIT = "a caller's own\nmessage " + "of some length ".repeat(100);

  private final IOException own = new IOException(UNFIT, new IllegalStateException(UNFIT));

  private void assertPassedOn(RemoteCommand command, Exception expected) {
    ExecutorException failure =
        catchThrowableOfType(ExecutorException.class, () -> executor.execute(command));
    List<Throwable> chain =
        Stream.<Throwable>iterate(failure, t -> t != null, Throwable::getCause).toList();
    assertThat(chain).anySatisfy(each -> assertThat(each).isSameAs(expected));
    assertThat(chain.get(chain.size() - 1)).isSameAs(expected.getCause());
  }

  @Test
  void aStreamsExceptionIsTheVeryObject() throws Exception {
    target(TestTarget.anything());
    server.on("read", call -> call.in().read());
    InputStream stdin =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw own;
          }
        };
    assertPassedOn(RemoteCommand.builder("read").stdin(stdin).build(), own);

    server.on(
        "write",
        call -> {
          call.out().write(1);
          return 0;
        });
    OutputStream sink =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw own;
          }
        };
    assertPassedOn(RemoteCommand.builder("write").stdoutSink(sink).build(), own);
  }

  @Test
  void aSignersExceptionIsTheVeryObject() {
    target(TestTarget.anything());
    executor.setSigners(
        TestSigner.of(
            TestKeys.CLIENT,
            (real, data, algorithm) -> {
              throw own;
            }));
    assertPassedOn(RemoteCommand.builder("true").build(), own);
    RuntimeException unchecked = new IllegalStateException(UNFIT, own.getCause());
    SshSigner broken =
        TestSigner.of(
            TestKeys.CLIENT,
            (real, data, algorithm) -> {
              throw unchecked;
            });
    executor.setSigners(broken);
    assertPassedOn(RemoteCommand.builder("true").build(), unchecked);
  }

  @Test
  void aTargetsExceptionIsTheVeryObject() {
    CloudException refusal = new CloudException(UNFIT, own.getCause());
    target(
        (key, connection) -> {
          throw refusal;
        });
    assertPassedOn(RemoteCommand.builder("true").build(), refusal);
  }
}
