package io.github.clouddriver.ssh;

import java.util.concurrent.CompletableFuture;
import net.schmizz.sshj.common.SSHException;

/** Where one output stream of a command goes. */
interface Output {

  /**
   * Takes data, on the thread that reads the connection, and does not block. The channel is told,
   * now or later, when the data needs no more room.
   */
  void put(SshChannel from, byte[] data, int offset, int length) throws SSHException;

  /** No more data will be put. */
  void end();

  /**
   * Done when no more data will come and all of it is where it goes; fails as soon as the caller's
   * own stream fails.
   */
  CompletableFuture<Void> done();

  /** Nobody has any more interest in the data. */
  void abandon();
}
