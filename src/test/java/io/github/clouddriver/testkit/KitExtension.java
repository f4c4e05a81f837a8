package io.github.clouddriver.testkit;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestWatcher;
import org.opentest4j.TestAbortedException;

/**
 * Runs each kit test in a thread group and a laboratory of its own, cleans up after it, decides
 * which clause a failure is a breach of, and reports at the end. JUnit makes it.
 */
final class KitExtension implements InvocationInterceptor, TestWatcher, AfterAllCallback {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(KitExtension.class);
  private static final Duration LAST_WORD = Duration.ofSeconds(5);

  @Override
  public void interceptTestMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    if (!(context.getRequiredTestInstance() instanceof KitTest test)) {
      invocation.proceed(); // a test that the driver author has added
      return;
    }
    KitRun run = run(context);
    String name = method.getExecutable().getName();
    Clause clause = Clause.of(name);
    SetThreads threads = new SetThreads(name);
    KitTest.Bench bench = test.begin(run, clause, threads);
    Throwable outcome = inThread(bench, run, clause, threads, name, invocation);
    if (outcome != null) {
      throw run.judged(clause, name, outcome);
    }
  }

  /** What the test or the cleaning up ended with; null if all is well. */
  private static Throwable inThread(
      KitTest.Bench bench,
      KitRun run,
      Clause clause,
      SetThreads threads,
      String name,
      Invocation<Void> invocation)
      throws InterruptedException {
    FutureTask<Throwable> work = new FutureTask<>(() -> outcome(bench, invocation));
    Thread thread = threads.start("contract kit " + name, work);
    try {
      return work.get(run.testLimit().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      StackTraceElement[] where = thread.getStackTrace();
      work.cancel(true);
      thread.join(LAST_WORD.toMillis());
      return new Breach(
          clause.number(),
          name + " did not end within " + run.testLimit() + "; it hangs at " + top(where),
          "what is waited for there, without an end?",
          null);
    } catch (ExecutionException e) {
      return e.getCause();
    }
  }

  private static String top(StackTraceElement[] where) {
    return String.join("\n    at ", Arrays.stream(where).limit(20).map(Object::toString).toList());
  }

  private static Throwable outcome(KitTest.Bench bench, Invocation<Void> invocation) {
    Throwable first = null;
    try {
      invocation.proceed();
    } catch (Throwable e) {
      first = e;
    }
    boolean ignored = Thread.interrupted(); // the cleaning up is not to be cut short by a test
    try {
      bench.cleanUp();
    } catch (Exception | AssertionError e) {
      if (first == null || first instanceof TestAbortedException && e instanceof Breach) {
        return e;
      }
      first.addSuppressed(e);
    }
    return first;
  }

  @Override
  public void testSuccessful(ExtensionContext context) {
    record(context, Verdict.PROVED, "");
  }

  @Override
  public void testAborted(ExtensionContext context, Throwable cause) {
    record(context, Verdict.ofAbort(cause), String.valueOf(cause.getMessage()));
  }

  @Override
  public void testFailed(ExtensionContext context, Throwable cause) {
    record(context, Verdict.FAILED, String.valueOf(cause.getMessage()));
  }

  @Override
  public void testDisabled(ExtensionContext context, Optional<String> reason) {
    record(context, Verdict.EXCUSED, "disabled: " + reason.orElse("no reason given"));
  }

  private static void record(ExtensionContext context, Verdict verdict, String why) {
    Method method = context.getRequiredTestMethod();
    if (KitTest.class.isAssignableFrom(method.getDeclaringClass())
        && method.getDeclaringClass().getPackage().equals(KitTest.class.getPackage())) {
      run(context).report().add(method.getName(), verdict, why);
    }
  }

  /** At the end of the outermost class: prints the report. */
  @Override
  public void afterAll(ExtensionContext context) {
    if (context.getEnclosingTestClasses().isEmpty()) {
      KitRun run = run(context);
      run.report().publish(context);
      run.failOnUnseenBreach();
    }
  }

  /** What belongs to one outermost test class. */
  private static KitRun run(ExtensionContext context) {
    Class<?> outermost =
        context.getEnclosingTestClasses().isEmpty()
            ? context.getRequiredTestClass()
            : context.getEnclosingTestClasses().get(0);
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(outermost, any -> KitRun.of(outermost.getName(), context), KitRun.class);
  }
}
