package io.github.clouddriver.internal.sshserver;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.throttle.DefaultChannelStreamWriter;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.common.util.buffer.Buffer;

/**
 * Lets a channel run ahead of its socket by a few packets only. MINA alone keeps in memory what the
 * client's window allows, which may be gigabytes. One stream of one channel, whose writes come one
 * at a time.
 */
final class BoundedWriter extends DefaultChannelStreamWriter {
  private static final int PACKETS_AHEAD = 16;

  private final Queue<IoWriteFuture> unsent = new ArrayDeque<>();

  BoundedWriter(Channel channel) {
    super(channel);
  }

  @Override
  public IoWriteFuture writeData(Buffer buffer) throws IOException {
    while (unsent.size() >= PACKETS_AHEAD) {
      // Ends when the packet is on its way, or with the connection.
      unsent.element().await();
      unsent.remove();
    }
    IoWriteFuture packet = super.writeData(buffer);
    unsent.add(packet);
    return packet;
  }
}
