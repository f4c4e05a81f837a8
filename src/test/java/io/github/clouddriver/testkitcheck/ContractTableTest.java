package io.github.clouddriver.testkitcheck;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.clouddriver.testkit.DriverKit;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.support.ReflectionSupport;

/** The table of docs/contract.md that says which tests prove which clause. */
class ContractTableTest {
  private static final String KIT = DriverKit.class.getPackageName();
  private static final String HEAD = "| clause | tests of the kit |\n|---|---|\n";
  private static final Comparator<String> AS_IN_THE_CONTRACT =
      Comparator.<String>comparingInt(clause -> "DSITEXP".indexOf(clause.charAt(0)))
          .thenComparingInt(clause -> Integer.parseInt(clause.substring(1)));

  @Test
  void theTableListsTheTestsOfTheKit() throws IOException {
    String page = Files.readString(Path.of("docs", "contract.md"));
    assertThat(page).contains(HEAD);
    String table = page.substring(page.indexOf(HEAD) + HEAD.length());

    assertThat(table).as("what belongs below the table's head").isEqualTo(rows(tests()));
  }

  @Test
  void noClauseIsWithoutATest() throws IOException {
    assertThat(tests().keySet()).containsAll(ContractClauses.required());
  }

  private static String rows(Map<String, Set<String>> tests) {
    return tests.entrySet().stream()
        .map(row -> "| " + row.getKey() + " | " + String.join("<br>", row.getValue()) + " |\n")
        .collect(Collectors.joining());
  }

  /** By clause: class and name of its tests. */
  private static Map<String, Set<String>> tests() {
    Map<String, Set<String>> tests = new TreeMap<>(AS_IN_THE_CONTRACT);
    List<Class<?>> kit = ReflectionSupport.findAllClassesInPackage(KIT, type -> true, name -> true);
    for (Class<?> type : kit) {
      Arrays.stream(type.getDeclaredMethods())
          .filter(method -> method.isAnnotationPresent(Test.class))
          .map(Method::getName)
          .forEach(
              name ->
                  tests
                      .computeIfAbsent(name.split("_")[1], any -> new TreeSet<>())
                      .add("`" + type.getSimpleName() + "." + name + "`"));
    }
    return tests;
  }
}
