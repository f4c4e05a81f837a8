package io.github.clouddriver.memory;

import io.github.clouddriver.InstanceId;
import java.util.Map;

/** A command that an in-memory instance was told to run. Immutable. */
public final class ShellRun {
  private final InstanceId instance;
  private final String user;
  private final boolean init;
  private final String command;
  private final byte[] bytes;
  private final Map<String, String> environment;

  ShellRun(ShellCall call) {
    instance = call.instance();
    user = call.user();
    init = call.isInit();
    command = call.command();
    bytes = call.commandBytes();
    environment = call.environment();
  }

  /**
   * The instance that ran the command.
   *
   * @return its id
   */
  public InstanceId instance() {
    return instance;
  }

  /**
   * Who ran the command.
   *
   * @return the user who logged in, or {@code root} for an init command
   */
  public String user() {
    return user;
  }

  /**
   * Whether this was the instance's init command.
   *
   * @return false for what came over SSH
   */
  public boolean isInit() {
    return init;
  }

  /**
   * The command as text.
   *
   * @return the bytes that came, read as UTF-8
   */
  public String command() {
    return command;
  }

  /**
   * The command as it came, byte for byte.
   *
   * @return a new array
   */
  public byte[] commandBytes() {
    return bytes.clone();
  }

  /**
   * The environment variables that the client set.
   *
   * @return an unmodifiable map in the client's order
   */
  public Map<String, String> environment() {
    return environment;
  }

  /**
   * The instance and the user, and the command's length, for it may hold a secret.
   *
   * @return a description for test output
   */
  @Override
  public String toString() {
    return "ShellRun["
        + instance
        + ", "
        + user
        + (init ? ", init command of " : ", command of ")
        + bytes.length
        + " bytes]";
  }
}
