package io.github.clouddriver.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.mock;

import io.github.clouddriver.exec.RemoteCommand;
import io.github.clouddriver.exec.RunningCommand;
import io.github.clouddriver.exec.SshSigner;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.transport.TransportException;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.core.CoreModuleProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How connections end, and what that must not cost. */
class EndOfConnectionTest extends ExecutorFixture {

  private SshExecutor another(SshExecutor.Builder builder, int port) {
    SshExecutor another = builder.build();
    another.setSigners(SshSigner.of(TestKeys.CLIENT));
    another.setTarget(new TestTarget(port, TestTarget.only(HOST_KEY.getPublic())));
    return another;
  }

  /** The goodbye to the command and the one to the server are said by two threads. */
  @Test
  void E5_noKillIsOvertakenByTheEndOfTheConnection() throws Exception {
    int runs = 300;
    for (int i = 1; i <= runs; i++) {
      SshExecutor closing = another(SshExecutor.builder(), server.port());
      RunningCommand running = closing.start(RemoteCommand.builder("block").build());
      running.close();
      closing.close();
    }
    await()
        .untilAsserted(() -> assertThat(server.signals).hasSize(runs).containsOnly("block KILL"));
  }

  /** The thread that asks for a sign of life waits for the end of an exchange that never ends. */
  @Test
  void E5_closeDoesNotWaitForAServerThatStopsWhileItRenewsKeys() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    SshExecutor idle =
        another(SshExecutor.builder().keepAliveInterval(Duration.ofMillis(100)), server.port());
    try {
      idle.execute("true", null);
      Thread stopped =
          new Thread(
              () -> {
                try {
                  ReKeying.start(server.sessions().get(0), over::await);
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      stopped.setDaemon(true);
      stopped.start();
      await().until(EndOfConnectionTest::isWaitingForKeys);
      long begun = System.nanoTime();
      idle.close();
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
      Leftovers.assertNoBusyThread();
    } finally {
      over.countDown();
    }
  }

  private static boolean isWaitingForKeys() {
    return Thread.getAllStackTraces().values().stream()
        .flatMap(Arrays::stream)
        .anyMatch(frame -> frame.getMethodName().equals("waitForDone"));
  }

  /**
   * sshj tells the server what is wrong, unless it does not know what to call that, and the server
   * reads nothing.
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void E5_aServerThatBreaksTheRulesAndReadsNothingHoldsNoThread(boolean told) throws Exception {
    CoreModuleProperties.WINDOW_SIZE.set(server.mina(), 1L << 30); // so that TCP is what gets full
    CountDownLatch full = new CountDownLatch(1);
    server.on(
        "break the rules",
        call -> {
          full.await();
          ScriptedServer.send(
              call.session(),
              SshConstants.SSH_MSG_CHANNEL_SUCCESS,
              packet -> {
                if (told) {
                  packet.putInt(12_345); // a channel that there is not
                }
              });
          server.release.await();
          return 0;
        });
    AtomicInteger pieces = new AtomicInteger();
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            throw new UnsupportedOperationException();
          }

          @Override
          public int read(byte[] into, int offset, int length) {
            pieces.incrementAndGet();
            return length;
          }
        };
    CountDownLatch end = new CountDownLatch(1);
    try (RawServer deaf = new RawServer(client -> passBackOnly(client, end));
        SshExecutor executor = another(SshExecutor.builder(), deaf.port())) {
      Background running =
          Background.execute(
              executor, RemoteCommand.builder("break the rules").stdin(endless).build());
      await().until(() -> server.runsOf("break the rules") == 1);
      reading = false;
      AtomicInteger last = new AtomicInteger(-1);
      await()
          .during(Duration.ofMillis(300))
          .until(() -> last.getAndSet(pieces.get()) == pieces.get());
      full.countDown();
      assertThat(running.thrown()).hasMessageContaining("the connection was lost");
      Leftovers.assertNoBusyThread(); // though nobody closes the executor or runs a command
    } finally {
      end.countDown();
    }
  }

  /** Whether what the client sends still reaches the server. */
  private volatile boolean reading = true;

  /** Passes on what the server says to the end, and what the client says until then. */
  private void passBackOnly(Socket client, CountDownLatch end) throws IOException {
    Socket there = new Socket(InetAddress.getLoopbackAddress(), server.port());
    there.setTcpNoDelay(true);
    Thread back =
        new Thread(
            () -> {
              try {
                there.getInputStream().transferTo(client.getOutputStream());
              } catch (IOException e) {
                // one side went away
              }
            });
    back.setDaemon(true);
    back.start();
    byte[] buffer = new byte[8192];
    int length;
    while (reading && (length = client.getInputStream().read(buffer)) >= 0) {
      there.getOutputStream().write(buffer, 0, length);
    }
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    there.close();
  }

  /** The deadline rings before the handle is made. */
  @Test
  void E5_aDeadlineThatIsOverAtTheStartGivesTheConnectionBack() throws Exception {
    target(TestTarget.anything());
    for (int i = 0; i < 200; i++) {
      RunningCommand running =
          executor.start(RemoteCommand.builder("block").deadline(Duration.ofNanos(1)).build());
      assertThatThrownBy(running::await).hasMessageContaining("took longer");
    }
    await().untilAsserted(() -> assertThat(server.signals).hasSize(200));
    target(TestTarget.anything());
    executor.setSigners(SshSigner.of(TestKeys.CLIENT));
    executor.execute("true", null);
    assertThat(server.runsOf("block")).isEqualTo(200);
    await().untilAsserted(() -> assertThat(server.sessions()).hasSize(1));
  }

  /** Data without content costs the server nothing, however much of it is sent. */
  @Test
  void E9_aSinkIsNotBotheredWithEmptyData() throws Exception {
    target(TestTarget.anything());
    server.on(
        "say nothing",
        call -> {
          for (int i = 0; i < 1_000; i++) {
            call.send(SshConstants.SSH_MSG_CHANNEL_DATA, packet -> packet.putBytes(new byte[0]));
          }
          call.out().write('x');
          return 0;
        });
    AtomicInteger writes = new AtomicInteger();
    executor.execute(
        RemoteCommand.builder("say nothing")
            .stdoutSink(
                new OutputStream() {
                  @Override
                  public void write(int b) {
                    throw new UnsupportedOperationException("a sink writes arrays");
                  }

                  @Override
                  public void write(byte[] data, int offset, int length) {
                    writes.incrementAndGet();
                  }
                })
            .build());
    assertThat(writes).hasValue(1);
  }

  /** As a cipher fails, or the packet itself. */
  @Test
  void E5_aPacketThatCannotBeWrittenEndsTheConnection() throws Exception {
    SshConnection connection = over(new Socket(InetAddress.getLoopbackAddress(), server.port()));
    connection.exchangeKeys();
    SSHPacket broken =
        mock(
            SSHPacket.class,
            call -> {
              throw new IllegalStateException("no cipher");
            });
    assertThatThrownBy(() -> connection.send(broken)).isInstanceOf(TransportException.class);
    assertThat(connection.isAlive()).isFalse();
    assertThat(connection.lost(null)).hasMessageContaining("no cipher");
    await().untilAsserted(() -> assertThat(server.sessions()).isEmpty());
  }

  private SshConnection over(Socket socket) throws IOException {
    TestTarget target = new TestTarget(server.port(), TestTarget.anything());
    Duration limit = Duration.ofSeconds(30);
    return SshConnection.over(
        socket,
        new Endpoint(target, "127.0.0.1", server.port(), target.remoteUser()),
        new Timeouts(limit, limit, limit, limit, limit, limit, limit, limit));
  }

  /** sshj's reader hands on exceptions only; whoever waits would wait out a deadline. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Timeout(20)
  void E5_anErrorOnTheThreadThatReadsEndsTheConnection(boolean atOnce) throws Exception {
    AtomicBoolean failing = new AtomicBoolean(atOnce);
    SshConnection connection =
        over(
            new TappedSocket(
                server.port(),
                socket ->
                    new FilterInputStream(socket) {
                      @Override
                      public int read(byte[] into, int offset, int length) throws IOException {
                        int count = super.read(into, offset, length);
                        if (failing.get()) {
                          throw new StackOverflowError("far too deep");
                        }
                        return count;
                      }
                    }));
    if (!atOnce) {
      connection.exchangeKeys();
      failing.set(true);
    }
    assertThatThrownBy(
            () -> {
              if (atOnce) {
                connection.exchangeKeys();
              } else {
                connection.logIn(List.of(SshSigner.of(TestKeys.CLIENT)));
              }
            })
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the connection was lost")
        .hasMessageContaining("StackOverflowError: far too deep");
    assertThat(connection.isAlive()).isFalse();
    await().untilAsserted(() -> assertThat(server.sessions()).isEmpty());
    Leftovers.assertNoBusyThread();
  }
}
