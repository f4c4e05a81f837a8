package io.github.clouddriver.ssh;

/**
 * How much data either end of a channel may still send (RFC 4254, section 5.2). Safe for use by any
 * thread: its monitor guards all of it, and is held for arithmetic only.
 */
final class ChannelWindow {
  private long remoteWindow;
  private int remotePacket;

  /** Nobody at the other end takes any more. */
  private boolean deaf;

  /** What the server may still send, and what was taken since it was last told so. */
  private long localWindow = SshjConfig.WINDOW;

  private long taken;

  /** The server has opened the channel, and takes so much. */
  synchronized void open(long size, long largestPacket) {
    remoteWindow = size;
    remotePacket = (int) Math.max(1, Math.min(largestPacket, SshjConfig.MAX_PACKET));
  }

  /** The server takes so much more. */
  synchronized void expand(long size) {
    remoteWindow += size;
    notifyAll();
  }

  /** Wakes a waiting writer for good. */
  synchronized void deafen() {
    deaf = true;
    notifyAll();
  }

  /** Takes room for the next packet, waiting for it; none if nobody takes data any more. */
  synchronized int awaitRoom(int wanted) throws InterruptedException {
    // Ends at the latest when the command's deadline passes, for that closes the channel.
    while (remoteWindow == 0 && !deaf) {
      wait();
    }
    if (deaf) {
      return 0;
    }
    int room = (int) Math.min(Math.min(wanted, remotePacket), remoteWindow);
    remoteWindow -= room;
    return room;
  }

  /** Notes what the server sent; false if it was not to send as much. */
  synchronized boolean receive(long length) {
    localWindow -= length;
    return localWindow >= 0;
  }

  /**
   * Notes that so much of what the server sent needs no more room.
   *
   * @return how much more the server is to be told that it may send; 0 as long as that is not worth
   *     a packet
   */
  synchronized long consume(int length) {
    taken += length;
    if (taken < SshjConfig.WINDOW / 2) {
      return 0;
    }
    long adjustment = taken;
    taken = 0;
    localWindow += adjustment;
    return adjustment;
  }
}
