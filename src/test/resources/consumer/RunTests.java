import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintWriter;
import java.util.Arrays;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Runs test classes, as a build tool does, and exits with the number of failures. */
class RunTests {
  public static void main(String[] names) {
    SummaryGeneratingListener result = new SummaryGeneratingListener();
    LauncherDiscoveryRequestBuilder tests = LauncherDiscoveryRequestBuilder.request();
    Arrays.stream(names).forEach(each -> tests.selectors(selectClass(each)));
    LauncherFactory.create().execute(tests.build(), result);
    result.getSummary().printFailuresTo(new PrintWriter(System.out, true));
    result.getSummary().printTo(new PrintWriter(System.out, true));
    System.exit((int) result.getSummary().getTotalFailureCount());
  }
}
