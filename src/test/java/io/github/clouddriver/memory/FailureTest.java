package io.github.clouddriver.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.clouddriver.error.CapacityError;
import io.github.clouddriver.error.CapacityException;
import io.github.clouddriver.error.CapacityScope;
import io.github.clouddriver.error.CloudError;
import io.github.clouddriver.error.CloudErrors;
import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.error.QuotaError;
import io.github.clouddriver.error.QuotaException;
import io.github.clouddriver.error.RateLimitError;
import io.github.clouddriver.error.RateLimitException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class FailureTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static CloudException raised(Failure failure) {
    return failure.exception(Operation.CREATE, NOW, "req-7");
  }

  private static <E extends CloudError> Optional<E> found(Failure failure, Class<E> kind) {
    return CloudErrors.find(new IllegalStateException(raised(failure)), kind);
  }

  @Test
  void aPlainFailureHasNoClass() {
    Failure failure = Fault.error("the network is down");
    assertThat(raised(failure).getClass()).isEqualTo(CloudException.class);
    assertThat(raised(failure)).hasMessageContaining("CREATE: the network is down");
    assertThat(raised(failure).retryAt()).isEmpty();
  }

  @Test
  void aRateLimitTellsAFutureRetryTime() {
    assertThat(raised(Fault.rateLimit(MINUTE)).getClass()).isEqualTo(RateLimitException.class);
    RateLimitError error = found(Fault.rateLimit(MINUTE), RateLimitError.class).orElseThrow();
    assertThat(error.earliestRetry()).isEqualTo(NOW.plus(MINUTE));
    assertThat(error.retryAt()).contains(NOW.plus(MINUTE));
  }

  @Test
  void aQuotaErrorIsNothingElse() {
    assertThat(raised(Fault.quota()).getClass()).isEqualTo(QuotaException.class);
    assertThat(found(Fault.quota(), QuotaError.class)).isPresent();
    assertThat(found(Fault.quota(), CapacityError.class)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aCapacityErrorHasItsScope(CapacityScope scope) {
    assertThat(raised(Fault.capacity(scope)).getClass()).isEqualTo(CapacityException.class);
    CapacityError error = found(Fault.capacity(scope), CapacityError.class).orElseThrow();
    assertThat(error.scope()).isEqualTo(scope);
    CapacityError mixed =
        found(Fault.capacity(scope).and(Fault.quota()), CapacityError.class).orElseThrow();
    assertThat(mixed.scope()).isEqualTo(scope);
    CapacityError limited =
        found(Fault.rateLimit(MINUTE).and(Fault.capacity(scope)), CapacityError.class)
            .orElseThrow();
    assertThat(limited.scope()).isEqualTo(scope);
  }

  @Test
  void aFalsePredicateIsNoErrorOfItsClass() {
    assertThat(raised(Fault.quotaThatIsNone())).isInstanceOf(QuotaError.class);
    assertThat(found(Fault.quotaThatIsNone(), QuotaError.class)).isEmpty();
    assertThat(raised(Fault.capacityThatIsNone())).isInstanceOf(CapacityError.class);
    assertThat(found(Fault.capacityThatIsNone(), CapacityError.class)).isEmpty();
    assertThat(found(Fault.capacityThatIsNone(), QuotaError.class)).isEmpty();
  }

  @Test
  void oneExceptionIsOfSeveralClasses() {
    Failure all =
        Fault.rateLimit(MINUTE).and(Fault.quota()).and(Fault.capacity(CapacityScope.INSTANCE_TYPE));
    CloudException exception = raised(all);
    assertThat(CloudErrors.find(exception, RateLimitError.class).orElseThrow()).isSameAs(exception);
    assertThat(CloudErrors.find(exception, QuotaError.class).orElseThrow()).isSameAs(exception);
    assertThat(CloudErrors.find(exception, CapacityError.class).orElseThrow()).isSameAs(exception);
    assertThat(exception)
        .hasMessageContainingAll("too many calls", "as many instances", "no capacity");
  }

  @Test
  void otherClassesCountBesideAFalsePredicate() {
    Failure mixed = Fault.quotaThatIsNone().and(Fault.capacity(CapacityScope.QUOTA_GROUP));
    assertThat(found(mixed, QuotaError.class)).isEmpty();
    assertThat(found(mixed, CapacityError.class)).isPresent();
    assertThat(found(mixed, RateLimitError.class)).isEmpty();
    Failure limited = Fault.capacityThatIsNone().and(Fault.rateLimit(MINUTE));
    assertThat(found(limited, CapacityError.class)).isEmpty();
    assertThat(found(limited, QuotaError.class)).isEmpty();
    assertThat(found(limited, RateLimitError.class)).isPresent();
  }

  @Test
  void theSecondOfOneClassCountsAndTheLaterRetry() {
    Failure both =
        Fault.capacity(CapacityScope.ALL)
            .retryAfter(MINUTE)
            .and(Fault.capacity(CapacityScope.INSTANCE_TYPE).retryAfter(Duration.ofSeconds(1)));
    assertThat(found(both, CapacityError.class).orElseThrow().scope())
        .isEqualTo(CapacityScope.INSTANCE_TYPE);
    assertThat(raised(both).retryAt()).contains(NOW.plus(MINUTE));
    assertThat(raised(Fault.quota().and(Fault.error("x").retryAfter(MINUTE))).retryAt())
        .contains(NOW.plus(MINUTE));
    assertThat(found(Fault.quotaThatIsNone().and(Fault.quota()), QuotaError.class)).isPresent();
  }

  static Stream<Failure> withRetryTime() {
    return Stream.of(
        Fault.error("x").retryAfter(MINUTE),
        Fault.quota().retryAfter(MINUTE),
        Fault.capacity(CapacityScope.ALL).retryAfter(MINUTE),
        Fault.rateLimit(Duration.ofSeconds(1)).retryAfter(MINUTE),
        Fault.rateLimit(Duration.ofSeconds(1)).and(Fault.quota()).retryAfter(MINUTE));
  }

  @ParameterizedTest
  @MethodSource("withRetryTime")
  void anyFailureMayTellARetryTime(Failure failure) {
    assertThat(raised(failure).retryAt()).contains(NOW.plus(MINUTE));
    assertThat(failure.toString()).contains("retry after PT1M");
  }

  static Stream<Failure> oneOfEach() {
    return Stream.concat(
        withRetryTime(),
        Stream.of(
            Fault.error("x"),
            Fault.rateLimit(MINUTE),
            Fault.quota(),
            Fault.capacity(CapacityScope.ALL),
            Fault.quotaThatIsNone(),
            Fault.rateLimit(MINUTE).and(Fault.capacity(CapacityScope.QUOTA_GROUP))));
  }

  @ParameterizedTest
  @MethodSource("oneOfEach")
  void everyExceptionIsNewAndTellsCodeAndRequest(Failure failure) {
    CloudException exception = raised(failure);
    assertThat(exception).isNotSameAs(raised(failure));
    assertThat(exception.providerCode()).isPresent();
    assertThat(exception.requestId()).contains("req-7");
    assertThat(raised(failure.code("Busy")).providerCode()).contains("Busy");
  }

  @ParameterizedTest
  @MethodSource("oneOfEach")
  void everyExceptionSurvivesSerialization(Failure failure) throws Exception {
    CloudException exception = raised(failure);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(exception);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      CloudException copy = (CloudException) in.readObject();
      assertThat(copy.retryAt()).isEqualTo(exception.retryAt());
      assertThat(copy.requestId()).isEqualTo(exception.requestId());
    }
  }

  @Test
  void aRetryTimeThatIsNotInTheFutureIsRefused() {
    for (Duration span : List.of(Duration.ZERO, Duration.ofNanos(-1))) {
      assertThatThrownBy(() -> Fault.rateLimit(span))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("not in the future");
      assertThatThrownBy(() -> Fault.quota().retryAfter(span))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
