package io.github.clouddriver.testkit;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The whole kit for a driver: a driver author's test class extends it and overrides {@link
 * #driver()}, {@link #instanceType()} and, where there is one, {@link #config()}. See {@link
 * DriverUnderTest} for what else can be told.
 *
 * <p>It runs alone, since it counts threads and connections, and prints its report at the end.
 * {@code -Dclouddriver.testkit.timeScale=3} triples its waits, for a slow machine; {@code
 * -Dclouddriver.testkit.quiet=true} leaves out the report; {@code
 * -Dclouddriver.testkit.testLimit=60} gives up on a test after as many seconds, 900 unless told.
 */
@ExtendWith(KitExtension.class)
@Execution(ExecutionMode.SAME_THREAD)
@Isolated("counts threads and connections")
public abstract class DriverKit implements DriverUnderTest {

  /** For the test class of a driver author. */
  protected DriverKit() {}

  /** Clauses D2: how the configuration is read. */
  @Nested
  @DisplayName("D2: how the configuration is read")
  public class Configuration extends ConfigContract {

    /** JUnit makes it. */
    public Configuration() {}

    @Override
    protected DriverUnderTest subject() {
      return DriverKit.this;
    }
  }

  /** Clauses D: the driver and its resources. */
  @Nested
  @DisplayName("D: the driver and its resources")
  public class DriverItself extends DriverContract {

    /** JUnit makes it. */
    public DriverItself() {}

    @Override
    protected DriverUnderTest subject() {
      return DriverKit.this;
    }
  }

  /** Clauses S: making instances. */
  @Nested
  @DisplayName("S: making instances")
  public class Creating extends CreateContract {

    /** JUnit makes it. */
    public Creating() {}

    @Override
    protected DriverUnderTest subject() {
      return DriverKit.this;
    }
  }

  /** Clauses S: lists. */
  @Nested
  @DisplayName("S: lists")
  public class Listing extends ListContract {

    /** JUnit makes it. */
    public Listing() {}

    @Override
    protected DriverUnderTest subject() {
      return DriverKit.this;
    }
  }

  /** Clauses S: threads, stop, interrupts. */
  @Nested
  @DisplayName("S: threads, stop, interrupts")
  public class Lifecycle extends LifecycleContract {

    /** JUnit makes it. */
    public Lifecycle() {}

    @Override
    protected DriverUnderTest subject() {
      return DriverKit.this;
    }
  }

  /** Clauses I: instances. */
  @Nested
  @DisplayName("I: instances")
  public class Instances extends InstanceContract {

    /** JUnit makes it. */
    public Instances() {}

    @Override
    protected DriverUnderTest subject() {
      return DriverKit.this;
    }
  }

  /** Clauses T: instances as targets of commands. */
  @Nested
  @DisplayName("T: instances as targets of commands")
  public class Targets extends TargetContract {

    /** JUnit makes it. */
    public Targets() {}

    @Override
    protected DriverUnderTest subject() {
      return DriverKit.this;
    }
  }

  /** Clauses X: classes of errors. */
  @Nested
  @DisplayName("X: classes of errors")
  public class Errors extends ErrorContract {

    /** JUnit makes it. */
    public Errors() {}

    @Override
    protected DriverUnderTest subject() {
      return DriverKit.this;
    }
  }

  /** Clauses P: price histories. */
  @Nested
  @DisplayName("P: price histories")
  public class Prices extends PriceContract {

    /** JUnit makes it. */
    public Prices() {}

    @Override
    protected DriverUnderTest subject() {
      return DriverKit.this;
    }
  }
}
