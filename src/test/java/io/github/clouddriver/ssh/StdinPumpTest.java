package io.github.clouddriver.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.SocketException;
import net.schmizz.sshj.transport.TransportException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What feeds a command. */
@Timeout(60)
class StdinPumpTest {

  /** It may be the first to notice, before whoever reads the connection. */
  @Test
  void E8_aConnectionThatBreaksUnderItIsToldAsSuch() throws Exception {
    TransportException broken = new TransportException(new SocketException("Broken pipe"));
    IOException why = new IOException("the connection was lost (Broken pipe)", broken);
    SshChannel channel = mock(SshChannel.class);
    when(channel.write(any(), anyInt(), anyInt())).thenThrow(broken);
    when(channel.why(broken)).thenReturn(why);
    assertThat(
            StdinPump.start(new ByteArrayInputStream(new byte[1]), channel, "stdin")
                .handle((done, failure) -> failure)
                .join())
        .isSameAs(why);
  }
}
