package io.github.clouddriver.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** Clauses X2 to X4. */
class CloudErrorsTest {
  private static final Instant SOON = Instant.parse("2026-01-01T00:00:00Z");

  /** An exception of every class at once, whose predicates the test chooses. */
  private static final class Everything extends CloudException
      implements RateLimitError, QuotaError, CapacityError {
    private static final long serialVersionUID = 1L;
    private final boolean quota;
    private final boolean capacity;

    Everything(boolean quota, boolean capacity, Throwable cause) {
      super("everything", cause);
      this.quota = quota;
      this.capacity = capacity;
    }

    @Override
    public Instant earliestRetry() {
      return SOON;
    }

    @Override
    public boolean isQuotaError() {
      return quota;
    }

    @Override
    public boolean isCapacityError() {
      return capacity;
    }

    @Override
    public boolean isInstanceTypeSpecific() {
      return false;
    }

    @Override
    public boolean isInstanceQuotaGroupSpecific() {
      return false;
    }
  }

  @Test
  void X4_aClassIsFoundOnTheExceptionItself() {
    QuotaException e = new QuotaException("full");
    assertThat(CloudErrors.find(e, QuotaError.class)).containsSame(e);
    assertThat(CloudErrors.find(e, QuotaException.class)).containsSame(e);
    assertThat(CloudErrors.find(e, CloudException.class)).containsSame(e);
    assertThat(CloudErrors.find(e, CloudError.class)).containsSame(e);
    assertThat(CloudErrors.find(e, CapacityError.class)).isEmpty();
    assertThat(CloudErrors.find(e, RateLimitError.class)).isEmpty();
  }

  @Test
  void X4_aClassIsFoundUnderAnyWrapping() {
    RateLimitException e = new RateLimitException("slow down", SOON);
    Throwable wrapped = new IllegalStateException(new ExecutionException(new IOException(e)));
    assertThat(CloudErrors.find(wrapped, RateLimitError.class)).containsSame(e);
    assertThat(CloudErrors.find(wrapped, CloudException.class)).containsSame(e);
  }

  @Test
  void X4_theOutermostOfSeveralIsFound() {
    CapacityException inner = new CapacityException("none", CapacityScope.ALL);
    CapacityException outer =
        new CapacityException("none", CapacityScope.INSTANCE_TYPE, inner, null, null);
    assertThat(CloudErrors.find(new Exception(outer), CapacityError.class)).containsSame(outer);
  }

  @Test
  void X4_aPlainCloudExceptionHidesNoClassBelowIt() {
    QuotaException inner = new QuotaException("full");
    CloudException outer = new CloudException("create failed", inner);
    assertThat(CloudErrors.find(outer, QuotaError.class)).containsSame(inner);
    assertThat(CloudErrors.find(outer, CloudException.class)).containsSame(outer);
  }

  @Test
  void X2_X3_aClassWhosePredicateIsFalseIsPassedOver() {
    Everything none = new Everything(false, false, null);
    assertThat(CloudErrors.find(none, QuotaError.class)).isEmpty();
    assertThat(CloudErrors.find(none, CapacityError.class)).isEmpty();
    assertThat(CloudErrors.find(none, RateLimitError.class)).containsSame(none);
    assertThat(CloudErrors.find(none, CloudError.class)).containsSame(none);
  }

  @Test
  void X2_X3_theOtherClassesOnTheSameExceptionStillCount() {
    Everything quota = new Everything(true, false, null);
    assertThat(CloudErrors.find(quota, QuotaError.class)).containsSame(quota);
    assertThat(CloudErrors.find(quota, CapacityError.class)).isEmpty();
    Everything capacity = new Everything(false, true, null);
    assertThat(CloudErrors.find(capacity, QuotaError.class)).isEmpty();
    assertThat(CloudErrors.find(capacity, CapacityError.class)).containsSame(capacity);
  }

  @Test
  void X2_X3_theSearchGoesOnBelowAFalsePredicate() {
    QuotaException quota = new QuotaException("full");
    assertThat(CloudErrors.find(new Everything(false, true, quota), QuotaError.class))
        .containsSame(quota);
    CapacityException capacity = new CapacityException("none", CapacityScope.ALL);
    assertThat(CloudErrors.find(new Everything(true, false, capacity), CapacityError.class))
        .containsSame(capacity);
  }

  @Test
  void aDriversOwnClassCountsIfOneOfItsPredicatesDoes() {
    assertThat(CloudErrors.find(new Everything(false, false, null), Everything.class)).isEmpty();
    assertThat(CloudErrors.find(new Everything(true, false, null), Everything.class)).isPresent();
    assertThat(CloudErrors.find(new Everything(false, true, null), Everything.class)).isPresent();
  }

  @Test
  void causesThatRunInACircleEndTheSearch() {
    Exception a = new Exception("a");
    Exception b = new Exception("b", a);
    a.initCause(b);
    assertThat(CloudErrors.find(a, QuotaError.class)).isEmpty();
    CloudException c = new CloudException("c", a);
    assertThat(CloudErrors.find(c, CloudError.class)).containsSame(c);
  }

  @Test
  void exceptionsThatClaimToBeEqualAreAllLookedAt() {
    class Same extends Exception {
      private static final long serialVersionUID = 1L;

      Same(Throwable cause) {
        super(cause);
      }

      @Override
      public boolean equals(Object other) {
        return other instanceof Same;
      }

      @Override
      public int hashCode() {
        return 1;
      }
    }
    QuotaException quota = new QuotaException("full");
    assertThat(CloudErrors.find(new Same(new Same(quota)), QuotaError.class)).containsSame(quota);
  }

  @Test
  void nothingIsFoundInNothing() {
    assertThat(CloudErrors.find(null, CloudError.class)).isEmpty();
    assertThat(CloudErrors.find(new RuntimeException(), CloudError.class)).isEmpty();
    assertThatNullPointerException()
        .isThrownBy(() -> CloudErrors.find(new RuntimeException(), null))
        .withMessage("kind");
  }
}
