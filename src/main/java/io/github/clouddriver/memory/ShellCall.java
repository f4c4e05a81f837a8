package io.github.clouddriver.memory;

import io.github.clouddriver.InstanceId;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One command that an in-memory instance was told to run, as its {@link ShellScript} sees it. Each
 * stream may be used by a thread of its own.
 */
public interface ShellCall {

  /**
   * The instance that runs the command.
   *
   * @return its id
   */
  InstanceId instance();

  /**
   * Who runs the command.
   *
   * @return the user who logged in, or {@code root} for an init command
   */
  String user();

  /**
   * Whether this is the instance's init command (clause S3), which has no input and whose output
   * nobody reads.
   *
   * @return false for what came over SSH
   */
  boolean isInit();

  /**
   * The command as text.
   *
   * @return the bytes that came, read as UTF-8
   */
  String command();

  /**
   * The command as it came, byte for byte.
   *
   * @return a new array
   */
  byte[] commandBytes();

  /**
   * The environment variables that the client set.
   *
   * @return an unmodifiable map in the client's order
   */
  Map<String, String> environment();

  /**
   * What the client sends, up to the end of its input.
   *
   * @return always the same stream; reading blocks until bytes come
   */
  InputStream stdin();

  /**
   * The command's standard output.
   *
   * @return always the same stream; each write is sent at once, and blocks while the client is slow
   */
  OutputStream stdout();

  /**
   * The command's standard error.
   *
   * @return always the same stream; each write is sent at once, and blocks while the client is slow
   */
  OutputStream stderr();

  /**
   * Sets who is told of the signals that the client sends; the ones that came before are told at
   * once.
   *
   * @param listener called with the name as SSH writes it, such as {@code TERM}; must not block
   */
  void onSignal(Consumer<String> listener);
}
