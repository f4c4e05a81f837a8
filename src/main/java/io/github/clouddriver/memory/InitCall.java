package io.github.clouddriver.memory;

import io.github.clouddriver.InitCommand;
import io.github.clouddriver.InstanceId;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;

/** An init command on its way through the shell: no input, and nobody reads what it writes. */
record InitCall(InstanceId instance, InitCommand init) implements ShellCall {

  @Override
  public String user() {
    return "root";
  }

  @Override
  public boolean isInit() {
    return true;
  }

  @Override
  public String command() {
    return init.value();
  }

  @Override
  public byte[] commandBytes() {
    return init.value().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public Map<String, String> environment() {
    return Map.of();
  }

  @Override
  public InputStream stdin() {
    return InputStream.nullInputStream();
  }

  @Override
  public OutputStream stdout() {
    return OutputStream.nullOutputStream();
  }

  @Override
  public OutputStream stderr() {
    return OutputStream.nullOutputStream();
  }

  /** Nobody sends one. */
  @Override
  public void onSignal(Consumer<String> listener) {}
}
