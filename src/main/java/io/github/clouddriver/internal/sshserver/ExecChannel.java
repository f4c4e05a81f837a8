package io.github.clouddriver.internal.sshserver;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import org.apache.sshd.client.future.DefaultOpenFuture;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.ChannelOutputStream;
import org.apache.sshd.common.channel.RequestHandler.Result;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.apache.sshd.common.session.helpers.AbstractConnectionService;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.channel.ChannelSession;
import org.jspecify.annotations.Nullable;

/**
 * A session channel that runs one command. Every other request is answered with a failure: no
 * shell, no terminal, no subsystem, no forwarding of agents or X11.
 *
 * <p>MINA calls it by the thread that reads the connection; only {@link #end} is called by the
 * command's.
 */
final class ExecChannel extends ChannelSession {
  private static final int MAX_VARIABLES = 1000;

  private final EmbeddedSshServer server;
  private final Executor commands;
  private final Map<String, String> variables = new LinkedHashMap<>();
  private volatile @Nullable ExecTask task;

  ExecChannel(EmbeddedSshServer server, Executor commands) {
    this.server = server;
    this.commands = commands;
  }

  @Override
  protected OpenFuture doInit(Buffer buffer) {
    // This channel is counted already.
    int channels = ((AbstractConnectionService) service).getChannels().size();
    if (channels <= server.maxChannels()) {
      return super.doInit(buffer);
    }
    OpenFuture refused = new DefaultOpenFuture(this, this);
    refused.setException(
        new SshChannelOpenException(
            getChannelId(), SshConstants.SSH_OPEN_RESOURCE_SHORTAGE, "too many channels"));
    close(true);
    return refused;
  }

  @Override
  protected Result handleEnvParsed(String name, String value) {
    if (task != null || variables.size() >= MAX_VARIABLES) {
      return Result.ReplyFailure;
    }
    variables.put(name, value);
    return Result.ReplySuccess;
  }

  @Override
  protected Result handleExec(String request, Buffer buffer, boolean wantReply) throws IOException {
    if (isClosing()) {
      return Result.ReplyFailure;
    }
    String user = getSession().getUsername();
    ExecTask started = new ExecTask(this, commands, user, buffer.getBytes(), variables);
    task = started;
    commandInstance = started;
    Result result = prepareChannelCommand(request, started);
    sendAtOnce(out);
    sendAtOnce(err);
    return result;
  }

  /** MINA would collect small writes until somebody flushes. */
  private static void sendAtOnce(OutputStream stream) {
    if (stream instanceof ChannelOutputStream channelStream) {
      channelStream.setNoDelay(true);
    }
  }

  @Override
  protected Result handleSignal(Buffer buffer, boolean wantReply) {
    ExecTask running = task;
    if (running == null) {
      return Result.ReplyFailure;
    }
    running.signal(buffer.getString());
    return Result.ReplySuccess;
  }

  @Override
  protected Result handleBreak(Buffer buffer, boolean wantReply) {
    return Result.ReplyFailure;
  }

  @Override
  protected Result handlePtyReq(Buffer buffer, boolean wantReply) {
    return Result.ReplyFailure;
  }

  @Override
  protected Result handleWindowChange(Buffer buffer, boolean wantReply) {
    return Result.ReplyFailure;
  }

  @Override
  protected Result handleShell(String request, Buffer buffer, boolean wantReply) {
    return Result.ReplyFailure;
  }

  @Override
  protected Result handleSubsystem(String request, Buffer buffer, boolean wantReply) {
    return Result.ReplyFailure;
  }

  @Override
  protected Result handleAgentForwarding(String request, Buffer buffer, boolean wantReply) {
    return Result.ReplyFailure;
  }

  @Override
  protected Result handleX11Forwarding(String request, Buffer buffer, boolean wantReply) {
    return Result.ReplyFailure;
  }

  @Override
  protected void preClose() {
    ExecTask running = task;
    if (running != null) {
      // First, so that a command sees its interruption before the end of its input.
      running.cancel();
    }
    super.preClose();
  }

  EmbeddedSshServer server() {
    return server;
  }

  Behaviour behaviour() {
    return ConnectionHandler.behaviourOf(getSession().getIoSession());
  }

  /** Tells the client how its command ended, and ends the channel. */
  void end(ExecExit exit) {
    try {
      out.close();
      err.close();
      sendEof();
      if (exit instanceof ExecExit.Status status) {
        sendExitStatus(status.code());
      } else if (exit instanceof ExecExit.Signal signal) {
        sendExitSignal(signal);
      }
      commandExitFuture.setClosed();
      close(false);
    } catch (IOException e) {
      server.logger().debug("a client of {} went before it knew how its command ended", server, e);
      close(true);
    }
  }

  /** RFC 4254, section 6.10. */
  private void sendExitSignal(ExecExit.Signal signal) throws IOException {
    Buffer packet = getSession().createBuffer(SshConstants.SSH_MSG_CHANNEL_REQUEST);
    packet.putUInt(getRecipient());
    packet.putString("exit-signal");
    packet.putBoolean(false);
    packet.putString(signal.name());
    packet.putBoolean(signal.coreDumped());
    packet.putString(signal.message());
    packet.putString("");
    writePacket(packet);
  }
}
