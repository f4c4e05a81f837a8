package io.github.clouddriver.internal.sshserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.clouddriver.memory.RecordingLogger;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.helpers.NOPLogger;

@Timeout(60)
class AcceptorTest {

  /** Each of the many tries fails while there is no file descriptor, say. */
  @Test
  void that_no_connection_is_accepted_is_told_once_and_so_is_its_end() throws Exception {
    RecordingLogger logger = new RecordingLogger();
    ScriptedService service = new ScriptedService();
    service.logger = logger;
    try (SshServerPool pool = new SshServerPool("test", NOPLogger.NOP_LOGGER);
        EmbeddedSshServer server = pool.start(service);
        AsynchronousServerSocketChannel listener = AsynchronousServerSocketChannel.open()) {
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      Acceptor.Accepted accepted = pool.acceptor().new Accepted(listener);

      accepted.onFailed(new IOException("on purpose"), server);
      accepted.onFailed(new IOException("on purpose"), server);

      assertThat(told(logger)).singleElement().asString().contains("cannot accept connections");

      int port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        assertThat(socket.isConnected()).isTrue();
        await().until(() -> told(logger).size() > 1);
      }
      assertThat(told(logger).get(1)).contains("accepts connections again");
    }
  }

  private static List<String> told(RecordingLogger logger) {
    return logger.lines().stream().filter(line -> !line.startsWith("DEBUG")).toList();
  }
}
