package io.github.clouddriver.testkitcheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Modifier;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.commons.support.ReflectionSupport;
import org.opentest4j.AssertionFailedError;

/** Every broken driver is caught by exactly the clauses it names, with a message of use. */
class BrokenDriversTest {

  static Stream<Named<Class<?>>> brokenDrivers() {
    return broken(BrokenDriver.class);
  }

  /** The classes that break something on purpose, of one kind. */
  static Stream<Named<Class<?>>> broken(Class<?> kind) {
    return ReflectionSupport.findAllClassesInPackage(
            BrokenDriversTest.class.getPackageName(),
            type ->
                type.isAnnotationPresent(Breaks.class)
                    && kind.isAssignableFrom(type)
                    && !isAbstract(type),
            name -> true)
        .stream()
        .sorted(Comparator.comparing(Class::getName))
        .map(type -> Named.of(type.getSimpleName(), type));
  }

  private static boolean isAbstract(Class<?> type) {
    return Modifier.isAbstract(type.getModifiers());
  }

  @ParameterizedTest
  @MethodSource("brokenDrivers")
  void theKitFailsInExactlyTheClausesThatAreBroken(Class<?> broken) {
    checkExactlyWhatIsBrokenFails(broken, KitResult.of(broken));
  }

  static void checkExactlyWhatIsBrokenFails(Class<?> broken, KitResult result) {
    List<String> told = result.failures().values().stream().map(Throwable::toString).toList();
    assertThat(result.failedClauses())
        .as("%s", told)
        .isEqualTo(new TreeSet<>(List.of(broken.getAnnotation(Breaks.class).value())));
    result
        .failures()
        .forEach(
            (test, failure) ->
                assertThat(failure)
                    .as(test)
                    .isInstanceOf(AssertionFailedError.class)
                    .hasMessageStartingWith("[" + KitResult.clause(test) + "] ")
                    .hasMessageContaining(" Check: ")
                    .hasMessageNotContaining("NullPointerException"));
  }
}
