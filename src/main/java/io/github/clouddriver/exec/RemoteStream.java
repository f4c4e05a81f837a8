package io.github.clouddriver.exec;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A TCP connection that starts at an instance, made by {@link RemoteConnection#open}. One thread
 * may read while another writes; a read ends with an {@code IOException} at the executor's deadline
 * for verification.
 */
public interface RemoteStream extends Closeable {

  /**
   * What the far end sends.
   *
   * @return the stream, always the same one
   */
  InputStream input();

  /**
   * What the far end receives; data may wait until {@link OutputStream#flush()}.
   *
   * @return the stream, always the same one
   */
  OutputStream output();

  /**
   * Closes both directions. A second close does nothing.
   *
   * @throws IOException if the far end could not be told; the connection is given up all the same
   */
  @Override
  void close() throws IOException;
}
