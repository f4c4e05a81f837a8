package io.github.clouddriver.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.clouddriver.exec.ExecutorException;
import io.github.clouddriver.exec.SshSigner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Single attempts to connect. */
@Timeout(60)
class ConnectingTest {
  private static final KeyPair HOST_KEY = TestKeys.ec("secp256r1");
  private static final Duration LONG = Duration.ofSeconds(30);

  /** The end of an attempt, and whether whoever tells of it was interrupted. */
  private static final class Ended implements Connecting.Listener {
    final CompletableFuture<SshConnection> connection = new CompletableFuture<>();
    volatile boolean interrupted;

    @Override
    public void connected(SshConnection made) {
      connection.complete(made);
    }

    @Override
    public void failed(ExecutorException why) {
      interrupted = Thread.currentThread().isInterrupted();
      connection.completeExceptionally(why);
    }
  }

  private static void connect(
      TestTarget target, Duration keyExchange, Ended ended, BiConsumer<String, Runnable> workers) {
    new Connecting(
            new Endpoint(
                target,
                "127.0.0.1",
                target.address().orElseThrow().port().orElseThrow(),
                target.remoteUser()),
            List.of(SshSigner.of(TestKeys.CLIENT)),
            new Timeouts(LONG, keyExchange, LONG, LONG, LONG, LONG, LONG, LONG),
            new TrustedKeys(),
            null,
            ended,
            workers)
        .start();
  }

  @Test
  void whoHearsOfAFailureIsNotInterrupted() throws IOException {
    int port;
    try (ServerSocket once = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = once.getLocalPort();
    }
    Ended ended = new Ended();
    connect(new TestTarget(port, TestTarget.anything()), LONG, ended, Workers::run);
    assertThat(ended.connection.handle((made, failure) -> failure).join())
        .isInstanceOf(ExecutorException.class)
        .hasMessageContaining("cannot connect");
    assertThat(ended.interrupted).isFalse();
  }

  /** The thread that is to end the phase comes to it when the next one has begun. */
  @Test
  void E5_anAlarmThatComesTooLateEndsNothing() throws Exception {
    CompletableFuture<Runnable> alarm = new CompletableFuture<>();
    BiConsumer<String, Runnable> workers =
        (what, task) -> {
          if (what.startsWith("give up")) {
            alarm.complete(task);
          } else {
            Workers.run(what, task);
          }
        };
    CompletableFuture<Void> verifying = new CompletableFuture<>();
    CountDownLatch verified = new CountDownLatch(1);
    try (ScriptedServer server = new ScriptedServer(HOST_KEY)) {
      TestTarget target =
          new TestTarget(
              server.port(),
              (key, connection) -> {
                verifying.complete(null);
                verified.await();
              });
      Ended ended = new Ended();
      connect(target, Duration.ofNanos(1), ended, workers); // at once, and long before its end
      verifying.join();
      alarm.join().run();
      verified.countDown();
      SshConnection made = ended.connection.join();
      assertThat(made.isAlive()).isTrue();
      made.shutDown("the test is over");
    }
  }
}
