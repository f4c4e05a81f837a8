package io.github.clouddriver.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What each error tells as data. */
class ErrorDataTest {
  private static final Instant SOON = Instant.parse("2026-01-01T00:00:00Z");
  private static final IOException CAUSE = new IOException("reset");

  private static void assertDetails(CloudException e) {
    assertThat(e).hasMessage("what").hasCause(CAUSE);
    assertThat(e.providerCode()).contains("Code");
    assertThat(e.requestId()).contains("req-1");
  }

  private static void assertNoDetails(CloudException e) {
    assertThat(e).hasMessage("what").hasNoCause();
    assertThat(e.providerCode()).isEmpty();
    assertThat(e.requestId()).isEmpty();
  }

  @Test
  void everyClassKeepsTheProvidersDetails() {
    assertDetails(new CloudException("what", CAUSE, "Code", "req-1"));
    assertDetails(new OutcomeUnknownException("what", CAUSE, "Code", "req-1"));
    assertDetails(new QuotaException("what", CAUSE, "Code", "req-1"));
    assertDetails(new RateLimitException("what", SOON, CAUSE, "Code", "req-1"));
    assertDetails(new CapacityException("what", CapacityScope.ALL, CAUSE, "Code", "req-1"));
  }

  @Test
  void everyClassDoesWithoutDetails() {
    assertNoDetails(new CloudException("what"));
    assertNoDetails(new CloudException("what", null));
    assertNoDetails(new OutcomeUnknownException("what", null));
    assertNoDetails(new QuotaException("what"));
    assertNoDetails(new RateLimitException("what", SOON));
    assertNoDetails(new CapacityException("what", CapacityScope.ALL));
    assertNoDetails(new HostKeyMismatchException("what"));
    assertNoDetails(new NotImplementedException("what"));
    assertThat(new CloudException("what", CAUSE)).hasCause(CAUSE);
    assertThat(new OutcomeUnknownException("what", CAUSE)).hasCause(CAUSE);
    assertThat(new StoppedException("what"))
        .hasMessage("what")
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aMessageAndTheDataOfAClassCannotBeNull() {
    assertThatNullPointerException().isThrownBy(() -> new CloudException(null));
    assertThatNullPointerException().isThrownBy(() -> new RateLimitException("what", null));
    assertThatNullPointerException().isThrownBy(() -> new CapacityException("what", null));
  }

  @Test
  void onlyARateLimitHasATimeOfItsOwn() {
    assertThat(new CloudException("what").retryAt()).isEmpty();
    assertThat(new QuotaException("what").retryAt()).isEmpty();
    assertThat(new CapacityException("what", CapacityScope.ALL).retryAt()).isEmpty();
  }

  @Test
  void X1_theRetryTimeOfARateLimitIsItsEarliestRetry() {
    RateLimitException e = new RateLimitException("what", SOON);
    assertThat(e.earliestRetry()).isEqualTo(SOON);
    assertThat(e.retryAt()).contains(SOON);
    RateLimitError lambda =
        new RateLimitError() {
          @Override
          public Instant earliestRetry() {
            return SOON;
          }

          @Override
          public String getMessage() {
            return "what";
          }
        };
    assertThat(lambda.retryAt()).contains(SOON);
  }

  @Test
  void X1_aDriversOwnExceptionGetsItsRetryTimeFromTheInterface() {
    class Own extends CloudException implements RateLimitError {
      private static final long serialVersionUID = 1L;

      Own() {
        super("what");
      }

      @Override
      public Instant earliestRetry() {
        return SOON;
      }
    }
    assertThat(new Own().retryAt()).contains(SOON);
  }

  @Test
  void X2_theReadyMadeQuotaErrorIsOne() {
    assertThat(new QuotaException("what").isQuotaError()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void X3_theReadyMadeCapacityErrorSaysItsScopeInBothWays(CapacityScope scope) {
    CapacityException e = new CapacityException("what", scope);
    assertThat(e.isCapacityError()).isTrue();
    assertThat(e.scope()).isEqualTo(scope);
    assertThat(e.isInstanceTypeSpecific()).isEqualTo(scope == CapacityScope.INSTANCE_TYPE);
    assertThat(e.isInstanceQuotaGroupSpecific()).isEqualTo(scope == CapacityScope.QUOTA_GROUP);
  }

  @ParameterizedTest
  @CsvSource({
    "false, false, ALL",
    "true, false, INSTANCE_TYPE",
    "false, true, QUOTA_GROUP",
    "true, true, QUOTA_GROUP"
  })
  void X3_theScopeFollowsFromThePredicates(boolean type, boolean group, CapacityScope scope) {
    CapacityError error =
        new CapacityError() {
          @Override
          public boolean isCapacityError() {
            return true;
          }

          @Override
          public boolean isInstanceTypeSpecific() {
            return type;
          }

          @Override
          public boolean isInstanceQuotaGroupSpecific() {
            return group;
          }

          @Override
          public String getMessage() {
            return "what";
          }
        };
    assertThat(error.scope()).isEqualTo(scope);
  }

  @Test
  void D2_aConfigExceptionNamesThePlaceTheExpectationAndTheKnownKeysInOrder() {
    ConfigException e =
        new ConfigException(
            "$.regions[2].subnet", "text, not a whole number", List.of("Subnet", "AMI", "Subnet"));
    assertThat(e.path()).isEqualTo("$.regions[2].subnet");
    assertThat(e.expected()).isEqualTo("text, not a whole number");
    assertThat(e.knownKeys()).containsExactly("AMI", "Subnet");
    assertThat(e)
        .hasMessage(
            "configuration at $.regions[2].subnet: expected text, not a whole number"
                + " (known keys: AMI, Subnet)")
        .hasNoCause();
    assertThatThrownBy(() -> e.knownKeys().add("x"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void D2_outsideAnObjectWithFixedKeysTheMessageNamesNone() {
    ConfigException e = new ConfigException("$", "an object", List.of());
    assertThat(e).hasMessage("configuration at $: expected an object");
    assertThat(e.knownKeys()).isEmpty();
  }

  @Test
  void D10_anUnknownDriverExceptionListsTheNamesAndWhatCouldNotBeRead() {
    UnknownDriverException e =
        new UnknownDriverException("ec3", List.of("memory", "ec2"), List.of("a broke", "b broke"));
    assertThat(e.name()).isEqualTo("ec3");
    assertThat(e.knownNames()).containsExactly("ec2", "memory");
    assertThat(e)
        .hasMessage(
            "no driver is named \"ec3\"; known names: ec2, memory; not readable: a broke; b broke");
    assertThat(new UnknownDriverException("ec3", List.of(), List.of()))
        .hasMessage("no driver is named \"ec3\"; known names: none");
    assertThatThrownBy(() -> e.knownNames().add("x"))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
