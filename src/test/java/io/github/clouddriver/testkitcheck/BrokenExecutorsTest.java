package io.github.clouddriver.testkitcheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every broken executor is caught by exactly the clauses it names, with a message of use. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokenExecutorsTest {
  private final Set<String> failed = new TreeSet<>();
  private final Set<String> passed = new TreeSet<>();
  private int runs;

  static Stream<Named<Class<?>>> brokenExecutors() {
    return BrokenDriversTest.broken(BrokenExecutor.class::isAssignableFrom);
  }

  @ParameterizedTest
  @MethodSource("brokenExecutors")
  void theKitFailsInExactlyTheClausesThatAreBroken(Class<?> broken) {
    KitResult result = KitResult.of(broken);
    BrokenDriversTest.checkExactlyWhatIsBrokenFails(broken, result);
    failed.addAll(result.failures().keySet());
    passed.addAll(result.passed());
    runs++;
  }

  /** Unless some were left out by hand, or were not caught, which has been told. */
  @AfterAll
  void everyTestIsFailedBySomeBrokenExecutor() {
    if (runs == brokenExecutors().count()) {
      passed.removeAll(failed);
      assertThat(passed).as("tests that no broken executor has failed").isEmpty();
    }
  }
}
