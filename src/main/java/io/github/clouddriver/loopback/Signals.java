package io.github.clouddriver.loopback;

import java.io.IOException;
import java.time.Duration;

/**
 * Reaches the processes of one command.
 *
 * <p>None is ever reached by an id that may be another's by now: ids are used only while the
 * command's {@link Leader} lives, which never ends by itself while they are needed. Used by one
 * thread at a time.
 */
interface Signals {

  /**
   * Sends a signal to all of them.
   *
   * @param signal its name, such as {@code TERM}
   * @return whether somebody got it
   * @throws IOException if this host starts no process for it, or that took too long
   * @throws InterruptedException if the thread was interrupted; some may have got it
   */
  boolean send(String signal) throws IOException, InterruptedException;

  /**
   * Sends KILL to all of them, and to their leader last. Neither fails nor heeds interruptions.
   *
   * @param limit how long to wait for what does it best, before the second best is done
   * @return false if this host does not even tell which processes there are, for want of a file
   *     descriptor, say; the leader then lives, so that this can be repeated
   */
  boolean kill(Duration limit);
}
