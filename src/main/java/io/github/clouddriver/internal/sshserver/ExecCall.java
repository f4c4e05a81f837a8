package io.github.clouddriver.internal.sshserver;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.function.Consumer;

/** One command that a client asked to run. Each stream may be used by a thread of its own. */
public interface ExecCall {

  /** The user who is logged in. */
  String user();

  /** The command, byte for byte; a new array. */
  byte[] commandBytes();

  /** The command, read as UTF-8. */
  String command();

  /** The variables that the client set, in its order; unmodifiable. */
  Map<String, String> environment();

  /** What the client sends, up to its end of input. Reading it is what lets the client send on. */
  InputStream stdin();

  /** Every write is sent at once, and blocks while the client is slow. */
  OutputStream stdout();

  /** Every write is sent at once, and blocks while the client is slow. */
  OutputStream stderr();

  /**
   * Sets who is told of the client's signals, by their SSH names ({@code TERM}, {@code KILL}); the
   * ones that came before are told at once. The listener must not block.
   */
  void onSignal(Consumer<String> listener);

  /**
   * Sets who is told when the channel ends before the command has; at once, if it already did. The
   * listener must not block.
   */
  void onClose(Runnable listener);

  /** Ends the whole connection at once, without a word; this thread is interrupted. */
  void cutConnection();
}
