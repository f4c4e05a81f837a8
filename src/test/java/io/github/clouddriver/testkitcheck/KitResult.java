package io.github.clouddriver.testkitcheck;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** How the kit has ended for one test class: run by JUnit itself, within a test. */
final class KitResult {
  private static final Pattern NAME = Pattern.compile("(?:required|optional)_([DSITEXP]\\d+)_\\w+");

  private final Map<String, Throwable> failures = new LinkedHashMap<>();
  private final List<String> passed = new ArrayList<>();
  private final Map<String, String> aborted = new TreeMap<>();

  private KitResult() {}

  static KitResult of(Class<?> kit) {
    KitResult result = new KitResult();
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectClass(kit))
            .configurationParameter("clouddriver.testkit.quiet", "true")
            .configurationParameter("clouddriver.testkit.testLimit", "20")
            .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
            .configurationParameter(
                "junit.jupiter.testmethod.order.default",
                "org.junit.jupiter.api.MethodOrderer$Random")
            .build();
    LauncherFactory.create().execute(request, result.listener());
    return result;
  }

  private TestExecutionListener listener() {
    return new TestExecutionListener() {
      @Override
      public void executionFinished(TestIdentifier test, TestExecutionResult ended) {
        String name = name(test);
        if (ended.getStatus() == Status.FAILED) {
          failures.put(name, ended.getThrowable().orElseThrow());
        } else if (ended.getStatus() == Status.ABORTED) {
          aborted.put(name, ended.getThrowable().map(Throwable::getMessage).orElse(""));
        } else if (test.isTest()) {
          passed.add(name);
        }
      }
    };
  }

  private static String name(TestIdentifier test) {
    return test.getSource()
        .filter(MethodSource.class::isInstance)
        .map(source -> ((MethodSource) source).getMethodName())
        .orElse(test.getDisplayName());
  }

  /** By the name of the test; or of the class, where something failed outside of a test. */
  Map<String, Throwable> failures() {
    return failures;
  }

  /** The tests that have passed. */
  List<String> passed() {
    return passed;
  }

  /** The tests that were skipped, with the reason. */
  Map<String, String> aborted() {
    return aborted;
  }

  /** The clauses whose tests have failed; a failure outside of a test counts by its own name. */
  TreeSet<String> failedClauses() {
    TreeSet<String> clauses = new TreeSet<>();
    failures.keySet().forEach(test -> clauses.add(clause(test)));
    return clauses;
  }

  static String clause(String test) {
    Matcher name = NAME.matcher(test);
    return name.matches() ? name.group(1) : test;
  }
}
