package io.github.clouddriver.ssh;

import io.github.clouddriver.exec.SshSigner;
import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import net.schmizz.sshj.common.Buffer;
import org.jspecify.annotations.Nullable;

/** An SSH agent that answers what a test says, or not at all. */
final class FakeAgent implements Closeable {
  static final byte[] REFUSAL = {0, 0, 0, 1, 5};

  /** What is answered to a message: bytes as they are; none at all to close the connection. */
  interface Answers {
    byte @Nullable [] answer(byte[] message)
        throws IOException, GeneralSecurityException, InterruptedException;
  }

  final AtomicInteger asked = new AtomicInteger();

  /** Connections whose end the client has closed. */
  final AtomicInteger closed = new AtomicInteger();

  final Path socket;
  private final ServerSocketChannel server;

  FakeAgent(Path directory, Answers answers) throws IOException {
    socket = directory.resolve("agent");
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    thread(
        () -> {
          while (true) {
            SocketChannel client = server.accept();
            thread(() -> serve(client, answers));
          }
        });
  }

  /** Has these keys, and signs with them. */
  static Answers holding(SshSigner... signers) {
    return message ->
        message[0] == 11 ? identities(signers) : sign(new Buffer.PlainBuffer(message), signers);
  }

  static byte[] identities(SshSigner... signers) {
    Buffer.PlainBuffer answer = new Buffer.PlainBuffer();
    answer.putByte((byte) 12).putUInt32(signers.length);
    for (SshSigner each : signers) {
      answer.putString(each.publicKey()).putString("comment");
    }
    return framed(answer);
  }

  private static byte[] sign(Buffer.PlainBuffer message, SshSigner... signers)
      throws IOException, GeneralSecurityException, InterruptedException {
    message.readByte();
    byte[] key = message.readBytes();
    byte[] data = message.readBytes();
    long flags = message.readUInt32();
    for (SshSigner each : signers) {
      if (Arrays.equals(key, each.publicKey())) {
        String algorithm =
            each.algorithms().get(flags == 2 ? 1 : 0); // RSA has SHA-512 first, then SHA-256
        return framed(
            new Buffer.PlainBuffer().putByte((byte) 14).putString(each.sign(data, algorithm)));
      }
    }
    return REFUSAL;
  }

  static byte[] framed(Buffer<?> message) {
    return new Buffer.PlainBuffer().putString(message.getCompactData()).getCompactData();
  }

  private interface Work {
    void run() throws Exception;
  }

  private static void thread(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (Exception e) {
                // closed, by one side or the other
              }
            },
            "fake agent");
    thread.setDaemon(true);
    thread.start();
  }

  private void serve(SocketChannel client, Answers answers) throws Exception {
    try (client) {
      ByteBuffer length = ByteBuffer.allocate(4);
      while (length.hasRemaining()) {
        if (client.read(length) < 0) {
          return;
        }
      }
      ByteBuffer message = ByteBuffer.allocate(length.getInt(0));
      while (message.hasRemaining()) {
        client.read(message);
      }
      asked.incrementAndGet();
      byte[] answer = answers.answer(message.array());
      if (answer == null) {
        return;
      }
      client.write(ByteBuffer.wrap(answer));
      if (client.read(ByteBuffer.allocate(1)) < 0) {
        closed.incrementAndGet();
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
