package io.github.clouddriver.testkitcheck;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.clouddriver.testkit.DriverKit;
import io.github.clouddriver.testkit.ExecutorContract;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.support.ReflectionSupport;

/** What the published kit is made of, and that no clause is left out. */
class KitRulesTest {
  private static final String KIT = DriverKit.class.getPackageName();
  private static final Pattern NAME =
      Pattern.compile("(required|optional|untested)_([DSITEXP]\\d+)_[a-z]\\w+");
  private static final int MOST_UNTESTED = 5;

  /** Clauses that must be tested, whatever it takes. */
  private static final List<String> NEVER_UNTESTED =
      List.of("D5", "S4", "S9", "S10", "I3", "I5", "E2", "E4", "T3", "X3");

  /** What a consumer of the kit has anyway: the JDK, JUnit, this library and what it brings. */
  private static final List<String> KNOWN =
      List.of(
          "java.",
          "org.junit.jupiter.api.",
          "org.opentest4j.",
          "com.fasterxml.jackson.databind.",
          "io.micrometer.core.instrument.",
          "org.slf4j.",
          "org.jspecify.annotations.");

  private static final JavaClasses CLASSES = new ClassFileImporter().importPackages(KIT);

  @Test
  void theKitNeedsOnlyWhatItsUsersHave() {
    classes()
        .that()
        .resideInAPackage(KIT)
        .should()
        .onlyDependOnClassesThat(
            describe(
                "are of the JDK, JUnit's API, this library or what it brings",
                type ->
                    type.isPrimitive()
                        || type.isArray()
                        || KNOWN.stream().anyMatch(type.getName()::startsWith)
                        || isOursAndExported(type.getPackageName())))
        .check(CLASSES);
  }

  private static boolean isOursAndExported(String name) {
    return name.equals("io.github.clouddriver")
        || Stream.of(".error", ".exec", ".memory", ".ssh", ".testkit")
            .anyMatch(each -> name.equals("io.github.clouddriver" + each));
  }

  @Test
  void nothingInTheKitSleeps() {
    noClasses()
        .should()
        .callMethodWhere(
            describe(
                "the target is a sleep",
                call ->
                    call.getTarget().getName().equals("sleep")
                        || call.getTarget().getName().startsWith("parkNanos")))
        .check(CLASSES);
  }

  @Test
  void testsArePublicAndNamedAfterTheirClauses() {
    assertThat(tests())
        .isNotEmpty()
        .allSatisfy(
            test -> {
              assertThat(Modifier.isPublic(test.getModifiers())).isTrue();
              assertThat(Modifier.isPublic(test.getDeclaringClass().getModifiers())).isTrue();
              assertThat(test.getName()).matches(NAME);
            });
  }

  @Test
  void everyRequiredClauseHasATest() throws IOException {
    Set<String> untested = clauses("untested");
    Set<String> named = clauses("required");
    named.addAll(untested);
    assertThat(named).isEqualTo(ContractClauses.required());
    assertThat(untested).hasSizeLessThanOrEqualTo(MOST_UNTESTED);
    assertThat(untested).doesNotContainAnyElementsOf(NEVER_UNTESTED);
    assertThat(untested).doesNotContainAnyElementsOf(clauses("required"));
  }

  @Test
  void everyTestedClauseIsBrokenByADriverOrAnExecutor() {
    Set<String> broken = new TreeSet<>();
    Stream.concat(BrokenDriversTest.brokenDrivers(), BrokenExecutorsTest.brokenExecutors())
        .forEach(
            each -> broken.addAll(List.of(each.getPayload().getAnnotation(Breaks.class).value())));
    assertThat(broken).isEqualTo(clauses("required"));
  }

  private static Set<String> clauses(String strength) {
    Set<String> clauses = new TreeSet<>();
    for (Method test : tests()) {
      Matcher name = NAME.matcher(test.getName());
      if (name.matches() && name.group(1).equals(strength)) {
        clauses.add(name.group(2));
      }
    }
    return clauses;
  }

  /** The names of the tests of what a driver must do. */
  static Set<String> testsThatADriverMustPass() {
    return tests().stream()
        .filter(test -> !ExecutorContract.class.isAssignableFrom(test.getDeclaringClass()))
        .map(Method::getName)
        .filter(name -> name.startsWith("required_"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<Method> tests() {
    return ReflectionSupport.findAllClassesInPackage(KIT, type -> true, name -> true).stream()
        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
        .filter(method -> method.isAnnotationPresent(Test.class))
        .toList();
  }
}
