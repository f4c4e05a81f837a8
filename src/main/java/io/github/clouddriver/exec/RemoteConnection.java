package io.github.clouddriver.exec;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * What a driver may do with a login that is not trusted yet, in order to find out whose host key it
 * saw (clause T5).
 *
 * <p>Handed to {@link ExecutorTarget#verifyHostKey}, which uses it and lets it go; the executor
 * closes it. Calls block, until the executor's deadline for verification at the latest. May be used
 * from several threads.
 */
public interface RemoteConnection {

  /**
   * Runs a shell command as {@link Executor#execute(RemoteCommand)} does, with up to 64 KiB
   * captured of each output stream.
   *
   * @param command the command for the remote user's shell
   * @param stdin what the command reads, never closed by this method; null for nothing
   * @return how it ended and what it wrote; a non-zero exit is a result
   * @throws IOException if the connection failed or the deadline passed; the driver turns it into a
   *     plain {@code CloudException}
   * @throws InterruptedException if the calling thread was interrupted
   */
  ExecResult execute(String command, @Nullable InputStream stdin)
      throws IOException, InterruptedException;

  /**
   * Opens a TCP connection from the instance to an address that it can reach, such as its
   * provider's metadata service.
   *
   * @param host host name or address, as the instance sees it
   * @param port 1 to 65535
   * @return the open stream, closed by the driver
   * @throws IOException if the instance refused or could not connect, or the deadline passed; the
   *     driver turns it into a plain {@code CloudException}
   * @throws InterruptedException if the calling thread was interrupted
   */
  RemoteStream open(String host, int port) throws IOException, InterruptedException;
}
