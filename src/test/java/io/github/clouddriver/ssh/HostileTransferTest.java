package io.github.clouddriver.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.clouddriver.exec.ExecResult;
import io.github.clouddriver.exec.Phase;
import io.github.clouddriver.exec.RemoteCommand;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.core.CoreModuleProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that send without measure, and transfers that are disturbed. */
class HostileTransferTest extends HostileFixture {
  private static final long LARGE = 200_000_000;
  private static final int CAPTURE = 1_000;
  private static final Duration ENOUGH = Duration.ofSeconds(30);

  private static void write(OutputStream stream, long size) throws IOException {
    byte[] piece = new byte[64_000];
    for (long left = size; left > 0; left -= piece.length) {
      stream.write(piece, 0, (int) Math.min(left, piece.length));
    }
    stream.flush();
  }

  private void onLarge() {
    server.on(
        "large stdout",
        call -> {
          write(call.out(), LARGE);
          return 0;
        });
    server.on(
        "large stderr",
        call -> {
          write(call.err(), LARGE);
          return 0;
        });
  }

  @Test
  void E9_200MbOnStderrWhileStdoutIsSilentAreCaptured() throws Exception {
    onLarge();
    ExecResult result =
        executor.execute(
            RemoteCommand.builder("large stderr").captureLimit(CAPTURE).deadline(ENOUGH).build());
    assertThat(result.succeeded()).isTrue();
    assertThat(result.stderr()).hasSize(CAPTURE);
    assertThat(result.stderrCut()).isEqualTo(LARGE - CAPTURE);
    assertThat(result.stdout()).isEmpty();
    assertThat(result.stdoutCut()).isZero();
    assertRecovers();
    assertThat(server.connections).hasValue(1);
  }

  @Test
  void E9_200MbOnStdoutWhileStderrIsSilentAreCaptured() throws Exception {
    onLarge();
    ExecResult result =
        executor.execute(
            RemoteCommand.builder("large stdout").captureLimit(CAPTURE).deadline(ENOUGH).build());
    assertThat(result.succeeded()).isTrue();
    assertThat(result.stdout()).hasSize(CAPTURE);
    assertThat(result.stdoutCut()).isEqualTo(LARGE - CAPTURE);
    assertThat(result.stderr()).isEmpty();
    assertThat(result.stderrCut()).isZero();
    assertRecovers();
    assertThat(server.connections).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"large stderr", "large stdout"})
  void E9_200MbOnOneStreamWhileTheOtherIsSilentGoToSinks(String command) throws Exception {
    onLarge();
    CountingSink out = new CountingSink();
    CountingSink err = new CountingSink();
    ExecResult result =
        executor.execute(
            RemoteCommand.builder(command)
                .stdoutSink(out)
                .stderrSink(err)
                .deadline(ENOUGH)
                .build());
    assertThat(result.succeeded()).isTrue();
    assertThat(out.count()).isEqualTo(command.endsWith("stdout") ? LARGE : 0);
    assertThat(err.count()).isEqualTo(command.endsWith("stderr") ? LARGE : 0);
    assertRecovers();
    assertThat(server.connections).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void E9_stdoutWithoutAnEndEndsAtTheDeadline(boolean sink) throws Exception {
    server.on(
        "endless",
        call -> {
          write(call.out(), Long.MAX_VALUE);
          return 0;
        });
    RemoteCommand.Builder command =
        RemoteCommand.builder("endless").captureLimit(CAPTURE).deadline(SHORT);
    if (sink) {
      command.stdoutSink(new CountingSink());
    }
    assertMayHaveStarted(command.build(), Phase.COMMAND, "longer than 1 s");
    await().untilAsserted(() -> assertThat(server.signals).containsExactly("endless KILL"));
    assertRecovers();
    assertThat(server.connections).hasValue(1);
  }

  @Test
  void E8_aServerThatHangsUpInTheMidstOfATransfer() throws Exception {
    server.on(
        "half",
        call -> {
          call.in().readNBytes(1 << 20);
          write(call.out(), 1 << 20);
          call.session().close(true);
          server.release.await();
          return 0;
        });
    RemoteCommand command =
        RemoteCommand.builder("half").stdin(new ByteArrayInputStream(new byte[8 << 20])).build();
    assertMayHaveStarted(command, Phase.COMMAND, "the connection was lost");
    assertRecovers();
    assertThat(server.runsOf("half")).isOne();
  }

  @Test
  void keysAreExchangedAnewAllTheTimeInTheMidstOfATransfer() throws Exception {
    CoreModuleProperties.REKEY_BYTES_LIMIT.set(server.mina(), 1L << 20);
    long seed = 23;
    byte[] data = new byte[12 << 20];
    new Random(seed).nextBytes(data);
    AtomicInteger exchanges = new AtomicInteger();
    server
        .mina()
        .addSessionListener(
            new SessionListener() {
              @Override
              public void sessionEvent(Session session, Event event) {
                if (event == Event.KeyEstablished) {
                  exchanges.incrementAndGet();
                }
              }
            });
    ExecResult result = executor.execute("cat", new ByteArrayInputStream(data));
    assertThat(result.stdout()).isEqualTo(data);
    assertThat(exchanges).hasValueGreaterThan(4);
    assertThat(target.asked()).hasSize(1);
    assertThat(server.connections).hasValue(1);
  }
}
