package io.github.clouddriver.ssh;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import net.schmizz.sshj.common.DisconnectReason;
import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.connection.ConnectionException;
import net.schmizz.sshj.connection.channel.OpenFailException;

/**
 * One channel of a connection (RFC 4254, section 5). What arrives is handled by the one thread that
 * reads the connection, which must never wait for anybody; what is sent may come from any thread.
 */
abstract class SshChannel extends ChannelAdapter {
  private final SshConnection connection;
  private final String type;
  private final int id;

  /** Done when the server agreed to the channel; fails if it refused, or the connection broke. */
  private final CompletableFuture<Void> opened = new CompletableFuture<>();

  /** Done when the server closed the channel; fails if the connection broke before. */
  private final CompletableFuture<Void> closed = new CompletableFuture<>();

  /**
   * Puts what is sent in order, since a packet behind CLOSE would cost the whole connection. Held
   * while a packet is written, and by nobody who holds another lock of ours.
   */
  private final ReentrantLock sending = new ReentrantLock();

  /** The server's number of the channel; guarded by {@link #sending}, -1 until it is known. */
  private int recipient = -1;

  /** Guarded by {@link #sending}. */
  private boolean eofSent;

  /** Whether CLOSE was sent, or is to be sent once the recipient is known; guarded as above. */
  private boolean closing;

  private final ChannelWindow window = new ChannelWindow();

  SshChannel(SshConnection connection, String type) {
    this.connection = connection;
    this.type = type;
    this.id = connection.nextChannel();
  }

  /**
   * Asks the server for the channel; {@link #opened} has the answer.
   *
   * @throws IOException if the connection is broken
   */
  final void open() throws IOException {
    connection.attach(this);
    SSHPacket request =
        new SSHPacket(Message.CHANNEL_OPEN)
            .putString(type)
            .putUInt32(id)
            .putUInt32(SshjConfig.WINDOW)
            .putUInt32(SshjConfig.MAX_PACKET);
    putDestination(request);
    boolean sent = false;
    try {
      connection.send(request);
      sent = true;
    } finally {
      if (!sent) {
        connection.detach(this); // no answer will come, nor a CLOSE
      }
    }
  }

  /** Adds what this type of channel says when it is opened. */
  void putDestination(SSHPacket request) {}

  final CompletableFuture<Void> opened() {
    return opened;
  }

  final CompletableFuture<Void> closed() {
    return closed;
  }

  // What arrives; all of it on the thread that reads the connection.

  @Override
  public final void handle(Message message, SSHPacket packet) throws SSHException {
    switch (message) {
      case CHANNEL_OPEN_CONFIRMATION -> confirmed(packet);
      case CHANNEL_OPEN_FAILURE -> refused(packet);
      case CHANNEL_DATA -> data(false, packet);
      case CHANNEL_EXTENDED_DATA -> {
        if (packet.readUInt32() != 1) {
          throw violation("data of an unknown kind");
        }
        data(true, packet);
      }
      case CHANNEL_WINDOW_ADJUST -> window.expand(packet.readUInt32());
      case CHANNEL_EOF -> receivedEof();
      case CHANNEL_REQUEST -> requested(packet);
      case CHANNEL_SUCCESS -> replied(true);
      case CHANNEL_FAILURE -> replied(false);
      case CHANNEL_CLOSE -> receivedClose();
      default -> throw violation("a message " + message);
    }
  }

  private static SSHException violation(String what) {
    return new ConnectionException(
        DisconnectReason.PROTOCOL_ERROR, "the server sent " + what + " on a channel");
  }

  private void confirmed(SSHPacket packet) throws SSHException {
    int number = packet.readUInt32AsInt();
    long size = packet.readUInt32();
    long largest = packet.readUInt32();
    window.open(size, largest);
    sending.lock();
    try {
      if (recipient != -1) {
        throw violation("a second confirmation");
      }
      recipient = number;
      if (closing) {
        connection.send(to(Message.CHANNEL_CLOSE));
      }
    } finally {
      sending.unlock();
    }
    opened.complete(null);
  }

  private void refused(SSHPacket packet) throws SSHException {
    if (opened.isDone()) {
      throw violation("a refusal too late");
    }
    OpenFailException refusal =
        new OpenFailException(type, packet.readUInt32AsInt(), packet.readString());
    connection.detach(this);
    opened.completeExceptionally(refusal);
    closed.completeExceptionally(refusal);
  }

  private void data(boolean extended, SSHPacket packet) throws SSHException {
    long length = packet.readUInt32();
    if (!window.receive(length) || length > packet.available()) {
      throw violation("more data than it may");
    }
    if (length == 0) {
      return; // it costs the server nothing, so it must cost us nothing
    }
    received(extended, packet.array(), packet.rpos(), (int) length);
  }

  private void requested(SSHPacket packet) throws SSHException {
    String request = packet.readString();
    boolean wantsReply = packet.readBoolean();
    boolean known = requested(request, packet);
    if (wantsReply) {
      send(known ? Message.CHANNEL_SUCCESS : Message.CHANNEL_FAILURE);
    }
  }

  private void receivedClose() throws SSHException {
    deafen();
    try {
      sendClose();
    } finally {
      connection.detach(this);
      connection.channelFreed();
      opened.completeExceptionally(
          new IOException("the server closed the channel before it was open"));
      closed.complete(null);
    }
  }

  @Override
  public final void notifyError(SSHException error) {
    broken(connection.lost(error));
  }

  /** What a failure means that somebody met who wrote to this channel. */
  final IOException why(SSHException failure) {
    return connection.why(failure);
  }

  /** The connection is of no more use. */
  final void broken(IOException cause) {
    deafen();
    opened.completeExceptionally(cause);
    closed.completeExceptionally(cause);
  }

  /** Data arrived, to be taken or copied before the return; stderr is extended data. */
  abstract void received(boolean extended, byte[] data, int offset, int length) throws SSHException;

  /** No more data will arrive. */
  abstract void receivedEof();

  /** The server asked for something; tells whether that is known. */
  boolean requested(String request, SSHPacket packet) throws SSHException {
    return false;
  }

  /** The server answered a request of ours. */
  void replied(boolean success) {}

  // What is sent, from any thread.

  /**
   * A packet of this kind to the other end; under {@link #sending}, once the recipient is known.
   */
  private SSHPacket to(Message message) {
    return new SSHPacket(message).putUInt32FromInt(recipient);
  }

  private boolean send(Message message) throws SSHException {
    return send(message, packet -> {});
  }

  /** Sends a packet, unless the channel is being closed already. */
  private boolean send(Message message, Contents contents) throws SSHException {
    sending.lock();
    try {
      if (closing || recipient == -1) {
        return false;
      }
      SSHPacket packet = to(message);
      contents.put(packet);
      connection.send(packet);
      return true;
    } finally {
      sending.unlock();
    }
  }

  /** What stands in a packet behind its recipient. */
  interface Contents {
    void put(SSHPacket packet);
  }

  /** Asks the server for something; {@link #replied} has the answer, if one is wanted. */
  final boolean sendRequest(String request, boolean wantReply, Contents contents)
      throws SSHException {
    return send(
        Message.CHANNEL_REQUEST,
        packet -> contents.put(packet.putString(request).putBoolean(wantReply)));
  }

  /**
   * Sends data as the server has room for it, and waits for that room.
   *
   * @return false if the other end takes no more, in which case some of it may not have been sent
   */
  final boolean write(byte[] data, int offset, int length)
      throws SSHException, InterruptedException {
    int from = offset;
    int left = length;
    while (left > 0) {
      int room = window.awaitRoom(left);
      int start = from;
      if (room == 0 || !send(Message.CHANNEL_DATA, packet -> packet.putString(data, start, room))) {
        return false;
      }
      from += room;
      left -= room;
    }
    return true;
  }

  /** Wakes a waiting writer for good. */
  final void deafen() {
    window.deafen();
  }

  /** Lets the server send as much again as was taken, once that is worth a packet. */
  final void consumed(int length) throws SSHException {
    long adjustment = window.consume(length);
    if (adjustment > 0) {
      send(Message.CHANNEL_WINDOW_ADJUST, packet -> packet.putUInt32(adjustment));
    }
  }

  /** Something that is sent. */
  interface Sending {
    void send() throws SSHException;
  }

  /** Sends, while nobody else does; whoever comes second sees all that the first has done. */
  final void exclusively(Sending what) throws SSHException {
    sending.lock();
    try {
      what.send();
    } finally {
      sending.unlock();
    }
  }

  /** Tells that no more data comes from us. */
  final void sendEof() throws SSHException {
    exclusively(
        () -> {
          if (!eofSent) {
            eofSent = true;
            send(Message.CHANNEL_EOF);
          }
        });
  }

  /** Closes the channel from our side, now or as soon as the server has opened it. */
  final void sendClose() throws SSHException {
    deafen();
    exclusively(
        () -> {
          if (!closing) {
            closing = true;
            if (recipient != -1) {
              connection.send(to(Message.CHANNEL_CLOSE));
            }
          }
        });
  }

  // What sshj's connection layer asks.

  @Override
  public final int getID() {
    return id;
  }

  @Override
  public final String getType() {
    return type;
  }

  @Override
  public final int getRecipient() {
    sending.lock();
    try {
      return recipient;
    } finally {
      sending.unlock();
    }
  }

  @Override
  public final boolean isOpen() {
    return opened.isDone() && !closed.isDone();
  }

  @Override
  public final void close() throws ConnectionException {
    try {
      sendClose();
    } catch (SSHException e) {
      // A target closes its streams itself.
      throw new ConnectionException(Printable.message(e), Printable.cause(e));
    }
  }
}
