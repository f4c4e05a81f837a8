package io.github.clouddriver.testkitcheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Modifier;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.commons.support.ReflectionSupport;
import org.opentest4j.AssertionFailedError;

/** Every broken driver is caught by exactly the clauses it names, with a message of use. */
class BrokenDriversTest {
  private static final Map<Class<?>, KitResult> RESULTS = new ConcurrentHashMap<>();

  private static KitResult result(Class<?> broken) {
    return RESULTS.computeIfAbsent(broken, KitResult::of);
  }

  static Stream<Named<Class<?>>> brokenDrivers() {
    return broken(type -> !BrokenExecutor.class.isAssignableFrom(type));
  }

  /** The classes that break something on purpose, of one kind. */
  static Stream<Named<Class<?>>> broken(Predicate<Class<?>> kind) {
    return ReflectionSupport.findAllClassesInPackage(
            BrokenDriversTest.class.getPackageName(),
            type -> type.isAnnotationPresent(Breaks.class) && kind.test(type) && !isAbstract(type),
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
    checkExactlyWhatIsBrokenFails(broken, result(broken));
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

  /** A test that no driver can fail proves nothing, nor does its clause. */
  @Test
  void everyRequiredTestFailsForSomeBrokenDriver() {
    Set<String> failed = new TreeSet<>();
    brokenDrivers().forEach(each -> failed.addAll(result(each.getPayload()).failures().keySet()));
    assertThat(failed).containsAll(KitRulesTest.testsThatADriverMustPass());
  }

  @Test
  void whatADriverShouldDoIsToldAndFailsNothing() {
    KitResult result = result(BrokenSharing.TellsNothingOfStrangers.class);
    assertThat(result.failures()).isEmpty();
    assertThat(result.aborted())
        .hasEntrySatisfying(
            "optional_D6_strangersAreLoggedOnce", why -> assertThat(why).startsWith("[D6] "));
  }
}
