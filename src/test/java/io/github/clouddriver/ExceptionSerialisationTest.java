package io.github.clouddriver;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.clouddriver.error.CapacityException;
import io.github.clouddriver.error.CapacityScope;
import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.error.ConfigException;
import io.github.clouddriver.error.HostKeyMismatchException;
import io.github.clouddriver.error.NotImplementedException;
import io.github.clouddriver.error.OutcomeUnknownException;
import io.github.clouddriver.error.QuotaException;
import io.github.clouddriver.error.RateLimitException;
import io.github.clouddriver.error.StoppedException;
import io.github.clouddriver.error.UnknownDriverException;
import io.github.clouddriver.exec.CommandFailedException;
import io.github.clouddriver.exec.ExecutorException;
import io.github.clouddriver.exec.NoAddressException;
import io.github.clouddriver.exec.Phase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Exceptions may cross a process boundary or end up in a saved test report. */
class ExceptionSerialisationTest {

  static Stream<Exception> exceptions() {
    Instant soon = Instant.parse("2026-01-01T00:00:00Z");
    IOException cause = new IOException("reset");
    return Stream.of(
        new CloudException("what", cause, "Code", "req-1"),
        new OutcomeUnknownException("what", cause, "Code", "req-1"),
        new QuotaException("what", cause, "Code", "req-1"),
        new RateLimitException("what", soon, cause, "Code", "req-1"),
        new CapacityException("what", CapacityScope.QUOTA_GROUP, cause, "Code", "req-1"),
        new ConfigException("$.a", "text", List.of("b", "a")),
        new UnknownDriverException("ec3", List.of("memory", "ec2"), List.of("broken")),
        new HostKeyMismatchException("what"),
        new NotImplementedException("what"),
        new StoppedException("what"),
        new ExecutorException("what", Phase.CHANNEL, true, cause),
        new NoAddressException("what"),
        new CommandFailedException("what"));
  }

  private static Exception copy(Exception e) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(e);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (Exception) in.readObject();
    }
  }

  /** What the exception's own methods answer, as text. */
  private static List<String> data(Exception e) throws ReflectiveOperationException {
    List<String> data = new ArrayList<>();
    for (var method : e.getClass().getMethods()) {
      if (method.getParameterCount() == 0
          && method.getDeclaringClass().getPackageName().startsWith("io.github.clouddriver")) {
        data.add(method.getName() + " = " + method.invoke(e));
      }
    }
    return data;
  }

  @ParameterizedTest
  @MethodSource("exceptions")
  void everyExceptionSurvivesSerialisationWithAllItsData(Exception e) throws Exception {
    Exception copy = copy(e);
    assertThat(copy).hasSameClassAs(e).hasMessage(e.getMessage());
    assertThat(copy.getCause() == null).isEqualTo(e.getCause() == null);
    assertThat(data(copy)).containsExactlyInAnyOrderElementsOf(data(e));
    if (e instanceof CloudException) {
      assertThat(data(copy)).as("what is compared").hasSizeGreaterThanOrEqualTo(3);
    }
  }
}
