package io.github.clouddriver.ssh;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import net.schmizz.sshj.common.Buffer;

/**
 * A question to an SSH agent, over a connection of its own (draft-ietf-sshm-ssh-agent): a length, a
 * type, and what belongs to the type, both ways.
 */
final class AgentConnection {
  private static final byte FAILURE = 5;

  /** What OpenSSH's agent takes and sends at most, in bytes. */
  private static final int LARGEST = 256 << 10;

  private AgentConnection() {}

  /**
   * Asks and waits for the answer.
   *
   * @param request the type and what belongs to it
   * @param expected the type of the answer
   * @param limit how long all of it may take
   * @return what belongs to the answer's type
   * @throws IOException if the agent cannot be reached, does not answer in time, refuses, or
   *     answers anything else
   */
  static Buffer.PlainBuffer ask(
      Path socket, Buffer.PlainBuffer request, byte expected, Duration limit)
      throws IOException, InterruptedException {
    byte[] answer;
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      Alarm late =
          Alarm.after(Deadline.nanos(limit), "give up the agent " + socket, () -> close(channel));
      try {
        channel.connect(UnixDomainSocketAddress.of(socket));
        send(channel, request.getCompactData());
        answer = receive(channel);
      } finally {
        late.cancel();
      }
    } catch (ClosedByInterruptException e) {
      Thread.interrupted(); // it is what the exception says from here on
      throw new InterruptedException("interrupted while waiting for the SSH agent at " + socket);
    } catch (ClosedChannelException e) {
      throw new IOException(
          "the SSH agent at " + socket + " did not answer within " + Deadline.words(limit), e);
    } catch (IOException | UnsupportedOperationException e) {
      throw new IOException(
          "cannot ask the SSH agent at " + socket + ": " + Printable.message(e), e);
    }
    if (answer[0] == FAILURE) {
      throw new IOException("the SSH agent at " + socket + " refused");
    }
    if (answer[0] != expected) {
      throw nonsense(socket, new IOException("it is of the type " + answer[0]));
    }
    return new Buffer.PlainBuffer(Arrays.copyOfRange(answer, 1, answer.length));
  }

  /** The exception for an answer that is none. */
  static IOException nonsense(Path socket, IOException why) {
    return new IOException(
        "the SSH agent at " + socket + " answered what is no answer: " + Printable.message(why),
        why);
  }

  private static void send(SocketChannel channel, byte[] message) throws IOException {
    ByteBuffer out = ByteBuffer.allocate(4 + message.length);
    out.putInt(message.length).put(message).flip();
    while (out.hasRemaining()) {
      channel.write(out);
    }
  }

  private static byte[] receive(SocketChannel channel) throws IOException {
    int length = ByteBuffer.wrap(receive(channel, 4)).getInt();
    if (length < 1 || length > LARGEST) {
      throw new IOException("it sends a message of " + Integer.toUnsignedString(length) + " bytes");
    }
    return receive(channel, length);
  }

  private static byte[] receive(SocketChannel channel, int length) throws IOException {
    ByteBuffer in = ByteBuffer.allocate(length);
    while (in.hasRemaining()) {
      if (channel.read(in) < 0) {
        throw new EOFException("it closed the connection");
      }
    }
    return in.array();
  }

  private static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // It is closed all the same.
    }
  }
}
