package io.github.clouddriver.testkit;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The whole kit for an executor: the test class of who implements {@code Executor} extends it and
 * overrides {@link #executor}. Drivers do not need it.
 *
 * <p>The SSH servers that the executor is tried on run in this process; they need Apache MINA SSHD
 * (artifact {@code sshd-core} or {@code sshd-osgi}) among the test's dependencies. Waits and the
 * report follow the same properties as in {@link DriverKit}.
 */
@ExtendWith(KitExtension.class)
@Execution(ExecutionMode.SAME_THREAD)
@Isolated("counts threads and connections")
public abstract class ExecutorKit implements ExecutorUnderTest {

  /** For the test class of an executor's author. */
  protected ExecutorKit() {}

  /** Clauses E1, E6, E8, E9: commands and their streams. */
  @Nested
  @DisplayName("E1, E6, E8, E9: commands and their streams")
  public class Commands extends CommandContract {

    /** JUnit makes it. */
    public Commands() {}

    @Override
    protected ExecutorUnderTest subject() {
      return ExecutorKit.this;
    }
  }

  /** Clauses E2, T5: host keys. */
  @Nested
  @DisplayName("E2, T5: host keys")
  public class HostKeys extends HostKeyContract {

    /** JUnit makes it. */
    public HostKeys() {}

    @Override
    protected ExecutorUnderTest subject() {
      return ExecutorKit.this;
    }
  }

  /** Clause E3: new targets and signers. */
  @Nested
  @DisplayName("E3: new targets and signers")
  public class Retargeting extends RetargetContract {

    /** JUnit makes it. */
    public Retargeting() {}

    @Override
    protected ExecutorUnderTest subject() {
      return ExecutorKit.this;
    }
  }

  /** Clauses E4, E7: the shared connection. */
  @Nested
  @DisplayName("E4, E7: the shared connection")
  public class Connections extends ConnectionContract {

    /** JUnit makes it. */
    public Connections() {}

    @Override
    protected ExecutorUnderTest subject() {
      return ExecutorKit.this;
    }
  }

  /** Clause E5: deadlines, interrupts, close. */
  @Nested
  @DisplayName("E5: deadlines, interrupts, close")
  public class Ends extends EndContract {

    /** JUnit makes it. */
    public Ends() {}

    @Override
    protected ExecutorUnderTest subject() {
      return ExecutorKit.this;
    }
  }
}
