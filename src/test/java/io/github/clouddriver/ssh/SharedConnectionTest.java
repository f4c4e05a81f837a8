package io.github.clouddriver.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.github.clouddriver.exec.ExecResult;
import io.github.clouddriver.exec.ExecutorException;
import io.github.clouddriver.exec.Phase;
import io.github.clouddriver.exec.RemoteCommand;
import io.github.clouddriver.exec.SshSigner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.helpers.NOPLogger;

/** The shared connection where threads cannot be had, callers' objects fail, or keys change. */
class SharedConnectionTest extends ExecutorFixture {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Timeouts TIMEOUTS =
      new Timeouts(LONG, LONG, LONG, LONG, LONG, LONG, LONG, Duration.ofSeconds(1));

  private final List<SshSigner> signers = List.of(SshSigner.of(TestKeys.CLIENT));
  private final List<String> startedUnderLock = Collections.synchronizedList(new ArrayList<>());
  private final SharedConnection shared = shared(NOPLogger.NOP_LOGGER);

  /** How the name of workers begins that no thread can be had for. */
  private volatile String without = "none";

  private SharedConnection shared(Logger log) {
    return new SharedConnection(TIMEOUTS, new DebugLog(log), this::startWorker);
  }

  private void startWorker(String what, Runnable task) {
    if (what.startsWith(without)) {
      throw new InternalError("there is no thread to be had");
    }
    try {
      // It takes the lock, on a thread that does not hold it.
      CompletableFuture.runAsync(shared::checkOpen).get(5, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      startedUnderLock.add(what);
    } catch (ExecutionException | InterruptedException e) {
      assertThat(e).hasRootCauseMessage("the executor is closed"); // so it had the lock
    }
    Workers.run(what, task);
  }

  @AfterEach
  void stop() {
    shared.close();
  }

  private Endpoint endpoint(String user) {
    return new Endpoint(
        new TestTarget(server.port(), TestTarget.anything()), "127.0.0.1", server.port(), user);
  }

  private static ExecResult run(Lease lease, String text) throws Exception {
    return new CommandRun(lease, RemoteCommand.builder(text).build()).run();
  }

  @Test
  void anAttemptThatGetsNoThreadFailsAndTheNextOneIsMadeAnew() throws Exception {
    Endpoint endpoint = endpoint("me");
    without = "connect";
    ExecutorException failure =
        catchThrowableOfType(ExecutorException.class, () -> shared.acquire(endpoint, signers));
    assertThat(failure.phase()).isEqualTo(Phase.CONNECT);
    assertThat(failure.commandMayHaveStarted()).isFalse();
    assertThat(failure)
        .hasMessageContaining("there is no thread to be had")
        .hasRootCauseInstanceOf(InternalError.class);
    without = "none";
    Lease lease = shared.acquire(endpoint, signers);
    assertThat(run(lease, "true").succeeded()).isTrue();
    lease.release();
  }

  @Test
  void anAttemptSucceedsOrFailsAsItWouldThoughTheLoggerFails() throws Exception {
    SharedConnection logging = shared(BrokenLogger.make());
    Endpoint endpoint = endpoint("me");
    for (int i = 0; i < 2; i++) {
      Lease lease = logging.acquire(endpoint, signers);
      assertThat(run(lease, "true").succeeded()).isTrue();
      lease.release();
    }
    assertThat(server.connections).hasValue(1);
    assertThat(
            catchThrowableOfType(
                ExecutorException.class,
                () -> logging.acquire(endpoint("you"), List.of(SshSigner.of(TestKeys.RSA)))))
        .hasMessageContaining("refused the key");
    logging.close();
    await().untilAsserted(() -> assertThat(server.sessions()).isEmpty());
  }

  @Test
  void E5_closeEndsEverythingThoughTheLoggerFails() throws Exception {
    try (RawServer silent = new RawServer(socket -> {})) {
      SshExecutor logging = SshExecutor.builder().logger(BrokenLogger.make()).build();
      logging.setSigners(SshSigner.of(TestKeys.CLIENT));
      logging.setTarget(new TestTarget(server.port(), TestTarget.anything()));
      List<Background> calls = new ArrayList<>();
      calls.add(Background.execute(logging, "block"));
      await().until(() -> server.runsOf("block") == 1);
      for (int i = 1; i <= 3; i++) {
        int connecting = i;
        logging.setTarget(new TestTarget(silent.port(), TestTarget.anything()));
        calls.add(Background.execute(logging, "true"));
        await().until(() -> silent.accepted.get() == connecting);
      }
      logging.close();
      for (Background call : calls) {
        assertThat(call.thrown())
            .isInstanceOf(ExecutorException.class)
            .hasMessageContaining("the executor was closed");
      }
      await().untilAsserted(() -> assertThat(server.sessions()).isEmpty());
    }
  }

  @Test
  void aConnectionIsClosedThoughThereIsNoThreadToDoItInGoodOrder() throws Exception {
    without = "close";
    Lease lease = shared.acquire(endpoint("me"), signers);
    shared.retire(lease);
    assertThat(server.sessions()).hasSize(1);
    lease.release();
    await().untilAsserted(() -> assertThat(server.sessions()).isEmpty());
    shared.acquire(endpoint("me"), signers).release();
    shared.close();
    await().untilAsserted(() -> assertThat(server.sessions()).isEmpty());
  }

  @Test
  void noThreadIsStartedWhileTheLockIsHeld() throws Exception {
    shared.acquire(endpoint("me"), signers).release();
    // Another login closes the connection of the first, another host key that of the second.
    shared.acquire(endpoint("you"), signers).release();
    server.hostKeys(OTHER_KEY);
    TestTarget other = new TestTarget(server.port(), TestTarget.only(OTHER_KEY.getPublic()));
    Lease lease = shared.acquire(new Endpoint(other, "127.0.0.1", server.port(), "you"), signers);
    shared.retire(lease);
    lease.release();
    await().untilAsserted(() -> assertThat(server.sessions()).isEmpty());
    assertThat(server.connections).hasValue(3);
    assertThat(startedUnderLock).isEmpty();
  }

  @Test
  void E5_anInterruptWhileKeysAreExchangedAnewLeavesNoChannelBehind() throws Exception {
    Lease lease = shared.acquire(endpoint("me"), signers);
    CountDownLatch exchanging = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    ReKeying.start(
        server.sessions().get(0),
        () -> {
          exchanging.countDown();
          goOn.await();
        });
    exchanging.await();
    Background waiting = Background.run(() -> run(lease, "cat"));
    await().until(() -> waiting.thread.getState() == Thread.State.TIMED_WAITING);
    waiting.thread.interrupt();
    assertThat(waiting.thrown())
        .isInstanceOf(InterruptedException.class)
        .hasMessageContaining("not started");
    goOn.countDown();
    assertThat(run(lease, "true").succeeded()).isTrue();
    await().untilAsserted(() -> assertThat(lease.connection().layer().get(0)).isNull());
    assertThat(server.started).containsExactly("true");
    assertThat(server.connections).hasValue(1);
    lease.release();
  }
}
