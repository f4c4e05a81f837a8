package io.github.clouddriver.internal.sshserver;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.jspecify.annotations.Nullable;

/**
 * One command on its way through a thread of its own. The streams are set before it starts; what
 * changes later is guarded by its monitor, which is never held while a listener is called.
 */
final class ExecTask implements Command, ExecCall, Runnable {
  /** A client that sends signals nobody listens for does not fill the memory. */
  private static final int MAX_EARLY_SIGNALS = 100;

  private final ExecChannel channel;
  private final Executor executor;
  private final String user;
  private final byte[] command;
  private final Map<String, String> environment;
  private @Nullable InputStream stdin;
  private @Nullable OutputStream stdout;
  private @Nullable OutputStream stderr;

  private @Nullable Thread runner;
  private boolean ended;
  private boolean cancelled;
  private final List<String> earlySignals = new ArrayList<>();
  private @Nullable Consumer<String> signalListener;
  private @Nullable Runnable closeListener;

  ExecTask(
      ExecChannel channel,
      Executor executor,
      String user,
      byte[] command,
      Map<String, String> environment) {
    this.channel = channel;
    this.executor = executor;
    this.user = user;
    this.command = command;
    this.environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
  }

  @Override
  public void setInputStream(InputStream in) {
    stdin = in;
  }

  @Override
  public void setOutputStream(OutputStream out) {
    stdout = out;
  }

  @Override
  public void setErrorStream(OutputStream err) {
    stderr = err;
  }

  /** Not used: how a command ended may be more than a number. */
  @Override
  public void setExitCallback(ExitCallback callback) {}

  @Override
  public void start(ChannelSession channelSession, Environment unused) {
    try {
      executor.execute(this);
    } catch (RejectedExecutionException | OutOfMemoryError e) {
      // The Error is how Java says that the system gives no thread: not this connection's fault.
      EmbeddedSshServer server = channel.server();
      server
          .logger()
          .warn("{} did not run a command, being closed or busy: {}", server, e.toString());
      channel.end(ExecExit.lost());
    }
  }

  @Override
  public void destroy(ChannelSession channelSession) {
    cancel();
  }

  @Override
  public void run() {
    synchronized (this) {
      if (cancelled) {
        return;
      }
      runner = Thread.currentThread();
    }
    EmbeddedSshServer server = channel.server();
    ExecExit exit = ExecExit.lost();
    try {
      if (channel.behaviour() == Behaviour.CUT_COMMANDS) {
        cutConnection();
      }
      exit = server.service().execute(this);
    } catch (InterruptedException | IOException e) {
      server.logger().debug("a command on {} ended without a status", server, e);
    } catch (RuntimeException | Error e) {
      server.logger().warn("a command on {} failed and ends without a status", server, e);
    } finally {
      if (finish()) {
        channel.end(exit);
      }
    }
  }

  /** Whether the client is still there to be told. From here on nobody interrupts this thread. */
  private synchronized boolean finish() {
    runner = null;
    ended = true;
    Thread.interrupted();
    return !cancelled;
  }

  /** Called when the channel ends; has no effect on a command that has ended. */
  void cancel() {
    Runnable listener;
    synchronized (this) {
      if (ended || cancelled) {
        return;
      }
      cancelled = true;
      listener = closeListener;
      if (runner != null) {
        runner.interrupt();
      }
    }
    if (listener != null) {
      listener.run();
    }
  }

  void signal(String name) {
    Consumer<String> listener;
    synchronized (this) {
      listener = signalListener;
      if (listener == null) {
        if (earlySignals.size() < MAX_EARLY_SIGNALS) {
          earlySignals.add(name);
        }
        return;
      }
    }
    listener.accept(name);
  }

  @Override
  public void onSignal(Consumer<String> listener) {
    List<String> early;
    synchronized (this) {
      signalListener = listener;
      early = List.copyOf(earlySignals);
      earlySignals.clear();
    }
    early.forEach(listener);
  }

  @Override
  public void onClose(Runnable listener) {
    synchronized (this) {
      closeListener = listener;
      if (!cancelled) {
        return;
      }
    }
    listener.run();
  }

  @Override
  public void cutConnection() {
    channel.getSession().getIoSession().close(true);
  }

  @Override
  public String user() {
    return user;
  }

  @Override
  public byte[] commandBytes() {
    return command.clone();
  }

  @Override
  public String command() {
    return new String(command, StandardCharsets.UTF_8);
  }

  @Override
  public Map<String, String> environment() {
    return environment;
  }

  @Override
  public InputStream stdin() {
    return started(stdin);
  }

  @Override
  public OutputStream stdout() {
    return started(stdout);
  }

  @Override
  public OutputStream stderr() {
    return started(stderr);
  }

  private static <T> T started(@Nullable T stream) {
    if (stream == null) {
      throw new IllegalStateException("the command has not been started");
    }
    return stream;
  }
}
