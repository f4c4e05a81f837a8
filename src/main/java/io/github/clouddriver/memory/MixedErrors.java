package io.github.clouddriver.memory;

import io.github.clouddriver.error.CapacityError;
import io.github.clouddriver.error.CapacityScope;
import io.github.clouddriver.error.QuotaError;
import java.io.Serializable;

/**
 * Both classes that have a predicate on one exception; one that it does not have it denies (clauses
 * X2, X3).
 */
interface MixedErrors extends QuotaError, CapacityError {

  /** What the predicates answer. */
  record Answers(boolean quota, boolean capacity, CapacityScope scope) implements Serializable {
    private static final long serialVersionUID = 1L;

    static Answers of(Failure failure) {
      return new Answers(failure.isQuota(), failure.isCapacity(), failure.scope());
    }
  }

  /** What the predicates answer, the same for ever. */
  Answers answers();

  @Override
  default boolean isQuotaError() {
    return answers().quota();
  }

  @Override
  default boolean isCapacityError() {
    return answers().capacity();
  }

  @Override
  default boolean isInstanceTypeSpecific() {
    return answers().scope() == CapacityScope.INSTANCE_TYPE;
  }

  @Override
  default boolean isInstanceQuotaGroupSpecific() {
    return answers().scope() == CapacityScope.QUOTA_GROUP;
  }
}
