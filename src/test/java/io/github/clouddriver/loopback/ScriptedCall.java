package io.github.clouddriver.loopback;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.clouddriver.internal.sshserver.ExecCall;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** A command of a client that is not there; its streams are what a test puts into the fields. */
final class ScriptedCall implements ExecCall {
  final Map<String, String> environment = new LinkedHashMap<>();
  final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  final ByteArrayOutputStream complained = new ByteArrayOutputStream();
  InputStream stdin = InputStream.nullInputStream();
  OutputStream stderr = complained;

  /** Where the client's signals go; there once the latch is down. */
  volatile Consumer<String> signals;

  final CountDownLatch begun = new CountDownLatch(1);

  private final String command;

  ScriptedCall(String command) {
    this.command = command;
  }

  @Override
  public String user() {
    return Incarnation.REMOTE_USER;
  }

  @Override
  public byte[] commandBytes() {
    return command.getBytes(UTF_8);
  }

  @Override
  public String command() {
    return command;
  }

  @Override
  public Map<String, String> environment() {
    return environment;
  }

  @Override
  public InputStream stdin() {
    return stdin;
  }

  @Override
  public OutputStream stdout() {
    return printed;
  }

  @Override
  public OutputStream stderr() {
    return stderr;
  }

  @Override
  public void onSignal(Consumer<String> listener) {
    signals = listener;
    begun.countDown();
  }

  @Override
  public void onClose(Runnable listener) {}

  @Override
  public void cutConnection() {
    throw new UnsupportedOperationException();
  }
}
