package io.github.clouddriver.ssh;

import io.github.clouddriver.exec.SshPublicKeys;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.sshd.client.future.DefaultOpenFuture;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.common.Service;
import org.apache.sshd.common.ServiceFactory;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.ChannelFactory;
import org.apache.sshd.common.channel.RequestHandler;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.common.session.ReservedSessionMessagesHandler;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.Signal;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.channel.ChannelSessionFactory;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;
import org.apache.sshd.server.forward.DirectTcpipFactory;
import org.apache.sshd.server.session.AbstractServerSession;
import org.apache.sshd.server.session.ServerConnectionService;
import org.apache.sshd.server.session.ServerConnectionServiceFactory;
import org.apache.sshd.server.session.ServerUserAuthServiceFactory;

/** An SSH server whose commands are Java code, and which counts what clients do. */
final class ScriptedServer implements AutoCloseable {

  /** What a command does. */
  interface Script {
    int run(Call call) throws IOException, InterruptedException;
  }

  /** One run of a command. */
  record Call(
      String text, InputStream in, OutputStream out, OutputStream err, ChannelSession channel) {

    Session session() {
      return channel.getSession();
    }

    /** Sends the client a packet about the channel, whether it makes sense or not. */
    void send(int message, Consumer<Buffer> contents) throws IOException {
      ScriptedServer.send(channel, message, contents);
    }
  }

  /** What becomes of a channel that a client wants to open for a command. */
  interface Opening {
    Opening AS_USUAL = (channel, answer) -> false;

    /**
     * Answers, by itself or with the future, or leaves the client without an answer.
     *
     * @return false if it did nothing, and the channel is to be opened as usual
     */
    boolean open(ChannelSession channel, OpenFuture answer) throws IOException;
  }

  /** Sends the client a packet about a channel, whether it makes sense or not. */
  static void send(Channel channel, int message, Consumer<Buffer> contents) throws IOException {
    send(
        channel.getSession(),
        message,
        packet -> {
          packet.putUInt(channel.getRecipient());
          contents.accept(packet);
        });
  }

  /** Sends the client a packet, whether it makes sense or not. */
  static IoWriteFuture send(Session session, int message, Consumer<Buffer> contents)
      throws IOException {
    Buffer packet = session.createBuffer((byte) message);
    contents.accept(packet);
    return session.writePacket(packet);
  }

  /** How often a client asked to be let in at all, which comes before any attempt. */
  final AtomicInteger loginRequests = new AtomicInteger();

  final AtomicInteger logins = new AtomicInteger();
  final AtomicInteger loginAttempts = new AtomicInteger();
  final AtomicInteger connections = new AtomicInteger();
  final AtomicInteger globalRequests = new AtomicInteger();
  final List<String> started = Collections.synchronizedList(new ArrayList<>());
  final List<String> signals = Collections.synchronizedList(new ArrayList<>());

  /** The types of the messages that are answers to what no server should have sent. */
  final List<Integer> answers = new CopyOnWriteArrayList<>();

  final CountDownLatch release = new CountDownLatch(1);
  private final SshServer server = SshServer.setUpDefaultServer();
  private final Map<String, Script> scripts = new ConcurrentHashMap<>();
  private volatile List<KeyPair> hostKeys;
  private volatile Opening opening = Opening.AS_USUAL;

  ScriptedServer(KeyPair... hostKeys) throws IOException {
    this.hostKeys = List.of(hostKeys);
    server.setHost("127.0.0.1");
    server.setPort(0);
    CoreModuleProperties.TCP_NODELAY.set(server, true); // tests are to take no longer than need be
    server.setKeyPairProvider(session -> this.hostKeys);
    server.setForwardingFilter(AcceptAllForwardingFilter.INSTANCE);
    server.setPublickeyAuthenticator(
        (user, key, session) -> {
          loginAttempts.incrementAndGet();
          return SshPublicKeys.same(key, TestKeys.CLIENT.getPublic());
        });
    server.setCommandFactory((channel, text) -> new Scripted(text));
    server.addSessionListener(
        new SessionListener() {
          @Override
          public void sessionCreated(Session session) {
            connections.incrementAndGet();
          }

          @Override
          public void sessionEvent(Session session, Event event) {
            if (event == Event.Authenticated) {
              logins.incrementAndGet();
            }
          }
        });
    server.setServiceFactories(List.of(loginService(), commandService()));
    server.setChannelFactories(List.of(commandChannel(), DirectTcpipFactory.INSTANCE));
    server.setReservedSessionMessagesHandler(
        new ReservedSessionMessagesHandler() {
          @Override
          public boolean handleUnimplementedMessage(Session session, int type, Buffer packet) {
            return type == SshConstants.SSH_MSG_UNIMPLEMENTED && answers.add(type);
          }
        });
    server.setGlobalRequestHandlers(
        List.of(
            (service, request, wantReply, buffer) -> {
              globalRequests.incrementAndGet();
              return RequestHandler.Result.ReplyFailure;
            }));
    on("true", call -> 0);
    on("false", call -> 1);
    on(
        "cat",
        call -> {
          call.in.transferTo(call.out);
          return 0;
        });
    on(
        "block",
        call -> {
          release.await();
          return 0;
        });
    on(
        "drop",
        call -> {
          call.session().close(true);
          release.await();
          return 0;
        });
    server.start();
  }

  private ServiceFactory loginService() {
    return new ServerUserAuthServiceFactory() {
      @Override
      public Service create(Session session) throws IOException {
        loginRequests.incrementAndGet();
        return super.create(session);
      }
    };
  }

  private ServiceFactory commandService() {
    return new ServerConnectionServiceFactory() {
      @Override
      public Service create(Session session) throws IOException {
        ServerConnectionService service =
            new ServerConnectionService((AbstractServerSession) session) {
              @Override
              public void process(int type, Buffer packet) throws Exception {
                switch (type) {
                  case SshConstants.SSH_MSG_REQUEST_SUCCESS,
                      SshConstants.SSH_MSG_REQUEST_FAILURE,
                      SshConstants.SSH_MSG_CHANNEL_OPEN_CONFIRMATION,
                      SshConstants.SSH_MSG_CHANNEL_OPEN_FAILURE ->
                      answers.add(type);
                  default -> super.process(type, packet);
                }
              }
            };
        service.addPortForwardingEventListenerManager(this);
        return service;
      }
    };
  }

  private ChannelFactory commandChannel() {
    return new ChannelSessionFactory() {
      @Override
      public Channel createChannel(Session session) {
        return new ChannelSession() {
          @Override
          protected OpenFuture doInit(Buffer buffer) {
            OpenFuture answer = new DefaultOpenFuture(this, this);
            try {
              return opening.open(this, answer) ? answer : super.doInit(buffer);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        };
      }
    };
  }

  ScriptedServer on(String text, Script script) {
    scripts.put(text, script);
    return this;
  }

  /** From now on, does this whenever a client wants to open a channel for a command. */
  void onOpen(Opening instead) {
    opening = instead;
  }

  /** Opens channels as usual again. */
  void openAgain() {
    opening = Opening.AS_USUAL;
  }

  SshServer mina() {
    return server;
  }

  int port() {
    return server.getPort();
  }

  void hostKeys(KeyPair... next) {
    hostKeys = List.of(next);
  }

  List<? extends Session> sessions() {
    return server.getActiveSessions();
  }

  int runsOf(String text) {
    return Collections.frequency(List.copyOf(started), text);
  }

  @Override
  public void close() throws IOException {
    release.countDown();
    server.stop(true);
  }

  private final class Scripted implements Command {
    private final String text;
    private InputStream in;
    private OutputStream out;
    private OutputStream err;
    private ExitCallback exit;
    private Thread thread;

    Scripted(String text) {
      this.text = text;
    }

    @Override
    public void setInputStream(InputStream in) {
      this.in = in;
    }

    @Override
    public void setOutputStream(OutputStream out) {
      this.out = out;
    }

    @Override
    public void setErrorStream(OutputStream err) {
      this.err = err;
    }

    @Override
    public void setExitCallback(ExitCallback callback) {
      this.exit = callback;
    }

    @Override
    public void start(ChannelSession channel, Environment environment) {
      started.add(text);
      environment.addSignalListener(
          (source, signal) -> signals.add(text + " " + signal), List.of(Signal.values()));
      thread =
          new Thread(
              () -> {
                try {
                  Script script = scripts.get(text);
                  int status =
                      script == null ? 127 : script.run(new Call(text, in, out, err, channel));
                  out.flush();
                  err.flush();
                  exit.onExit(status);
                } catch (IOException | InterruptedException e) {
                  exit.onExit(255, e.toString(), true);
                }
              },
              "test command " + text);
      thread.setDaemon(true);
      thread.start();
    }

    @Override
    public void destroy(ChannelSession channel) {
      if (thread != null) {
        thread.interrupt();
      }
    }
  }
}
