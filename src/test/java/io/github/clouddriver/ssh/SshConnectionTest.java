package io.github.clouddriver.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import net.schmizz.sshj.transport.TransportException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Writes that sshj takes for timed out since the next key exchange overtook them. */
@Timeout(60)
class SshConnectionTest {
  private static final Duration LONG = Duration.ofMinutes(5);

  private final AtomicInteger tries = new AtomicInteger();
  private RawServer server;
  private SshConnection connection;

  /** No keys are exchanged: what is written is made up here. */
  @BeforeEach
  void connect() throws IOException {
    server = new RawServer(socket -> PlainPackets.say(socket, PlainPackets.banner()));
    connection =
        SshConnection.over(
            new Socket(InetAddress.getLoopbackAddress(), server.port()),
            new Endpoint(
                new TestTarget(server.port(), TestTarget.anything()),
                "127.0.0.1",
                server.port(),
                "me"),
            new Timeouts(LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG));
  }

  @AfterEach
  void close() throws IOException {
    connection.fail("the test is over");
    server.close();
  }

  /** What sshj throws. */
  private static TransportException overtaken() {
    return TransportException.chainer.chain(new TimeoutException("Timeout expired"));
  }

  @Test
  void aWriteThatIsOvertakenIsTriedAgainUntilItGetsAway() throws Exception {
    String written =
        connection.written(
            () -> {
              if (tries.incrementAndGet() < 4) {
                throw overtaken();
              }
              return "away";
            });
    assertThat(written).isEqualTo("away");
    assertThat(tries).hasValue(4);
  }

  @Test
  void aWriteThatIsOvertakenIsNotTriedAgainOnceTheConnectionIsDead() {
    assertThatThrownBy(
            () ->
                connection.written(
                    () -> {
                      assertThat(tries.incrementAndGet()).isLessThan(4); // or it never ended
                      if (tries.get() == 3) {
                        connection.fail("dead");
                      }
                      throw overtaken();
                    }))
        .isInstanceOf(TransportException.class)
        .hasCauseInstanceOf(TimeoutException.class);
    assertThat(tries).hasValue(3);
  }

  @Test
  void aWriteThatFailsOtherwiseIsNotTriedAgain() {
    TransportException failure = new TransportException("no");
    assertThatThrownBy(
            () ->
                connection.written(
                    () -> {
                      tries.incrementAndGet();
                      throw failure;
                    }))
        .isSameAs(failure);
    assertThat(tries).hasValue(1);
  }
}
