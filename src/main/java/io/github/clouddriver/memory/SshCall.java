package io.github.clouddriver.memory;

import io.github.clouddriver.InstanceId;
import io.github.clouddriver.internal.sshserver.ExecCall;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.function.Consumer;

/** A command that came over SSH. */
record SshCall(InstanceId instance, ExecCall call) implements ShellCall {

  @Override
  public String user() {
    return call.user();
  }

  @Override
  public boolean isInit() {
    return false;
  }

  @Override
  public String command() {
    return call.command();
  }

  @Override
  public byte[] commandBytes() {
    return call.commandBytes();
  }

  @Override
  public Map<String, String> environment() {
    return call.environment();
  }

  @Override
  public InputStream stdin() {
    return call.stdin();
  }

  @Override
  public OutputStream stdout() {
    return call.stdout();
  }

  @Override
  public OutputStream stderr() {
    return call.stderr();
  }

  @Override
  public void onSignal(Consumer<String> listener) {
    call.onSignal(listener);
  }
}
