package io.github.clouddriver.testkit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.clouddriver.CreateRequest;
import io.github.clouddriver.ImageId;
import io.github.clouddriver.Instance;
import io.github.clouddriver.InstanceSet;
import io.github.clouddriver.InstanceType;
import io.github.clouddriver.SharedResourceTags;
import io.github.clouddriver.exec.ExecResult;
import io.github.clouddriver.exec.Executor;
import io.github.clouddriver.exec.ExecutorException;
import io.github.clouddriver.exec.HostPort;
import io.github.clouddriver.exec.RemoteCommand;
import io.github.clouddriver.exec.SshSigner;
import io.github.clouddriver.memory.MemoryCloud;
import io.github.clouddriver.memory.MemoryCloudBuilder;
import io.github.clouddriver.memory.MemoryShell;
import io.github.clouddriver.memory.ShellRun;
import io.github.clouddriver.memory.ShellScript;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.helpers.NOPLogger;

/**
 * What one test of an executor works with: hosts to log in to, executors, the usual calls, checks
 * and waits.
 *
 * <p>A plain command that fails where nothing was broken is a breach of E1, whatever the test is
 * about. Thread-safe, but for the making of hosts.
 */
final class ExecutorLab implements KitTest.Bench {

  /** How long a setter, and what is told at once, may take. */
  static final Duration AT_ONCE = Duration.ofSeconds(1);

  /** How long what has to end may take, beyond its own deadline. */
  static final Duration SOON = Duration.ofSeconds(5);

  private static final Duration USUAL_LIMIT = Duration.ofSeconds(20);
  private static final Duration QUIET = Duration.ofMillis(100);
  private static final InstanceType TYPE = InstanceType.builder("small", "small").build();

  private final ExecutorUnderTest subject;
  private final KitRun run;
  private final Clause clause;
  private final SetThreads threads;

  /** Not of the test's own group, whose threads are the executor's. */
  private final ThreadGroup servers = new ThreadGroup("contract kit, SSH servers");

  private final KitSigner signer = new KitSigner(Keys.pair(), false);
  private final List<Executor> executors = new CopyOnWriteArrayList<>();
  private final List<Wire> wires = new CopyOnWriteArrayList<>();
  private final List<HeldCommand> held = new CopyOnWriteArrayList<>();
  private UnaryOperator<MemoryCloudBuilder> settings = UnaryOperator.identity();
  private @Nullable MemoryCloud cloud;
  private @Nullable InstanceSet set;

  ExecutorLab(ExecutorUnderTest subject, KitRun run, Clause clause, SetThreads threads) {
    this.subject = subject;
    this.run = run;
    this.clause = clause;
    this.threads = threads;
  }

  // ---- checks and waits

  /** A breach of the test's own clause, unless this is true. */
  void check(boolean kept, String what, String lookAt) {
    if (!kept) {
      throw breach(what, lookAt, null);
    }
  }

  /** A breach of another clause, which the test meets on its way, unless this is true. */
  static void step(boolean kept, String clause, String what, String lookAt) {
    if (!kept) {
      throw new Breach(clause, what, lookAt, null);
    }
  }

  /** A breach of the test's own clause. */
  Breach breach(String what, String lookAt, @Nullable Throwable cause) {
    return new Breach(clause.number(), what, lookAt, cause);
  }

  KitRun run() {
    return run;
  }

  SetThreads threads() {
    return threads;
  }

  /** A time limit of the kit: longer on a slow machine, never shorter. */
  Duration bound(Duration limit) {
    return Duration.ofNanos((long) (limit.toNanos() * Math.max(1, run.scale())));
  }

  boolean soon(Pace.Condition condition) throws Exception {
    return Pace.within(bound(SOON), condition);
  }

  /** Whether a condition goes on holding for a while. */
  boolean staysTrue(Pace.Condition condition) throws Exception {
    return !Pace.within(bound(QUIET), () -> !condition.holds());
  }

  /** A call in a thread of its own. */
  <T> InFlight<T> start(Callable<T> call) {
    return new InFlight<>(threads, call);
  }

  /** What a call raised; null if nothing. */
  @Nullable Throwable raisedBy(Lab.Step call) throws InterruptedException {
    try {
      call.run();
      return null;
    } catch (Breach | InterruptedException e) {
      throw e;
    } catch (Exception | LinkageError | AssertionError e) {
      return e;
    }
  }

  /** The failure of a call that has to fail; anything else is a breach of the test's clause. */
  ExecutorException failureOf(String what, Lab.Step call) throws InterruptedException {
    return failure(what, raisedBy(call));
  }

  ExecutorException failure(String what, @Nullable Throwable raised) {
    if (raised instanceof ExecutorException failure) {
      return failure;
    }
    throw breach(
        what
            + (raised == null
                ? ", execute returned a result."
                : ", execute raised " + raised + "."),
        "what becomes of the call then? It ends with an ExecutorException.",
        raised);
  }

  // ---- servers

  /** Changes the servers, before the first one. */
  void settings(UnaryOperator<MemoryCloudBuilder> change) {
    settings = change;
  }

  /** Another server, which lets the kit's key in. */
  SshHost host() throws Exception {
    return beside(
        () -> {
          Instance made =
              open()
                  .create(
                      CreateRequest.builder(TYPE, ImageId.of("kit-image"))
                          .publicKey(Keys.pair().getPublic())
                          .build());
          HostPort server = made.address().orElseThrow();
          Wire wire = wire(server);
          return new SshHost(
              made.id(),
              made.remoteUser(),
              cloud().instances().stream()
                  .filter(each -> each.id().equals(made.id()))
                  .findFirst()
                  .orElseThrow()
                  .hostKey(),
              server,
              wire);
        });
  }

  /** Another way to the same server. */
  Wire anotherWire(SshHost host) throws Exception {
    return beside(() -> wire(host.server()));
  }

  private Wire wire(HostPort server) throws IOException {
    Wire wire = new Wire(server, this::serverThread);
    wires.add(wire);
    return wire;
  }

  private Thread serverThread(Runnable work) {
    Thread thread = new Thread(servers, work, "contract kit, wire");
    thread.setDaemon(true);
    return thread;
  }

  /** Runs in a thread of the servers, so that theirs are not taken for the executor's. */
  private <T> T beside(Callable<T> work) throws Exception {
    FutureTask<T> task = new FutureTask<>(work);
    serverThread(task).start();
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "the kit's SSH server did not start: " + e.getCause(), e.getCause());
    }
  }

  private MemoryCloud cloud() {
    if (cloud == null) {
      cloud = settings.apply(MemoryCloud.builder()).build();
    }
    return cloud;
  }

  private InstanceSet open() throws Exception {
    if (set == null) {
      set =
          cloud()
              .driver()
              .instanceSet(
                  JsonNodeFactory.instance.objectNode(),
                  Lab.newId(),
                  SharedResourceTags.of("kit-shared", "contract kit"),
                  NOPLogger.NOP_LOGGER,
                  new SimpleMeterRegistry());
    }
    return set;
  }

  /** Decides what a command does on all hosts. */
  void on(String command, ShellScript script) throws Exception {
    MemoryShell shell = beside(() -> cloud().shell());
    shell.on(command, script);
  }

  /** Makes a command run until it is released. */
  HeldCommand hold(String command) throws Exception {
    HeldCommand script = new HeldCommand();
    held.add(script);
    on(command, script);
    return script;
  }

  /** What was run on a host, oldest first. */
  List<String> runs(SshHost host) {
    return cloud().shell().runs(host.id()).stream().map(ShellRun::command).toList();
  }

  /** What was run on a host, as it came. */
  List<byte[]> runBytes(SshHost host) {
    return cloud().shell().runs(host.id()).stream().map(ShellRun::commandBytes).toList();
  }

  /** Begins a held command in a thread of its own, and waits until its caller knows it runs. */
  InFlight<ExecResult> begin(Executor executor, String command) throws Exception {
    CountDownLatch heard = new CountDownLatch(1);
    OutputStream sink =
        new OutputStream() {
          @Override
          public void write(int b) {
            heard.countDown();
          }
        };
    RemoteCommand streaming = RemoteCommand.builder(command).stdoutSink(sink).build();
    InFlight<ExecResult> call = start(() -> executor.execute(streaming));
    step(
        soon(() -> heard.getCount() == 0 || call.isDone()) && !call.isDone(),
        "E1",
        "a command that writes, and then runs until it is released, "
            + (call.isDone() ? "ended with " + call.raised() + "." : "was not heard of."),
        "nothing was broken; the server is in this process, on the loopback address.");
    return call;
  }

  /** Waits until a target is asked during a call. */
  void asked(CountDownLatch asked, InFlight<ExecResult> call) throws Exception {
    step(
        soon(() -> asked.getCount() == 0 || call.isDone()) && asked.getCount() == 0,
        "E2",
        "the target was not asked for its host key.",
        "no command runs before that.");
  }

  /** Waits for the end of a call whose connection was cut; it must not run its command again. */
  void endsAfterCut(InFlight<ExecResult> call, SshHost host, String command, HeldCommand script)
      throws Exception {
    boolean noticed = soon(() -> call.isDone() || Collections.frequency(runs(host), command) > 1);
    script.release();
    step(
        noticed && call.ends(bound(SOON)),
        "E8",
        "5 s after its connection was cut a call of execute still waited.",
        "the end of a connection is an exception for all who wait on it.");
    int runs = Collections.frequency(runs(host), command);
    step(
        runs == 1,
        "E4",
        "the server ran a command " + runs + " times that the caller asked for once.",
        "repeat only what certainly never started; the rest is the caller's to decide.");
  }

  // ---- executors

  /** The kit's key, which all hosts let in. */
  KitSigner signer() {
    return signer;
  }

  /** An executor with the kit's key and no target. */
  Executor executor() {
    return executor(USUAL_LIMIT);
  }

  Executor executor(Duration limit) {
    return executor(limit, signer);
  }

  Executor executor(Duration limit, SshSigner key) {
    Executor made = subject.executor(bound(limit));
    executors.add(made);
    made.setSigners(key);
    return made;
  }

  /** An executor with another key. */
  Executor executor(SshHost host, SshSigner key) {
    Executor made = executor(USUAL_LIMIT, key);
    made.setTarget(host.target());
    return made;
  }

  /** An executor for a host. */
  Executor executor(SshHost host) {
    Executor made = executor();
    made.setTarget(host.target());
    return made;
  }

  /** Runs a command that ends with status 0 where nothing is broken. */
  ExecResult run(Executor executor, String command) throws InterruptedException {
    return run(executor, RemoteCommand.builder(command).build());
  }

  ExecResult run(Executor executor, RemoteCommand command) throws InterruptedException {
    try {
      ExecResult result = executor.execute(command);
      if (result == null) {
        throw new Breach(
            "E1", "execute returned null.", "each end of a command is a result.", null);
      }
      return result;
    } catch (IOException | RuntimeException e) {
      throw new Breach(
          "E1",
          "a plain command raised " + e + " though nothing was broken.",
          "the cause below; the server is in this process, on the loopback address.",
          e);
    }
  }

  /** A call that must not wait for a running command (clause E3). */
  void atOnce(String what, Runnable call) throws InterruptedException {
    InFlight<Object> setter =
        start(
            () -> {
              call.run();
              return what;
            });
    if (!setter.ends(bound(AT_ONCE))) {
      throw new Breach(
          "E3",
          what + " did not return within a second while a call of execute was going on.",
          "is there a lock that execute holds meanwhile?",
          null);
    }
    Throwable raised = setter.raised();
    if (raised != null) {
      throw new Breach("E3", what + " raised " + raised + ".", "setters only set.", raised);
    }
  }

  /** Closes, as the cleaning up does. */
  void close(Executor executor) throws InterruptedException {
    InFlight<Object> closing =
        start(
            () -> {
              executor.close();
              return "";
            });
    if (!closing.ends(bound(SOON))) {
      throw new Breach("E5", "close() did not return within 5 s.", "what does it wait for?", null);
    }
    Throwable raised = closing.raised();
    if (raised != null) {
      throw new Breach("E5", "close() raised " + raised + ".", "it never fails.", raised);
    }
  }

  /** Whether the executors have closed all their connections. */
  void checkConnectionsClosed() throws Exception {
    if (!Pace.within(
        run.threadPatience(this::bound), () -> wires.stream().allMatch(each -> each.open() == 0))) {
      run.threadsOutlive();
      throw new Breach(
          "E5",
          "5 s after close() the executor has a connection open.",
          "close every socket in close(), and that of a connection that is replaced when its last"
              + " command has ended.",
          null);
    }
  }

  /** Ends everything, whatever goes wrong on the way, and raises the first thing that did. */
  @Override
  public void cleanUp() throws Exception {
    try {
      Breach first = null;
      for (Executor each : executors) {
        try {
          close(each);
        } catch (Breach e) {
          first = first == null ? e : first;
        }
      }
      held.forEach(HeldCommand::release);
      if (first != null) {
        throw first;
      }
      checkConnectionsClosed();
    } finally {
      wires.forEach(Wire::close);
      if (cloud != null) {
        cloud.close();
      }
    }
  }
}
