package io.github.clouddriver.internal.sshserver;

import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.ChannelFactory;
import org.apache.sshd.common.global.KeepAliveHandler;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionContext;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.ServerBuilder;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.pubkey.PublickeyAuthenticator;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.apache.sshd.server.global.NoMoreSessionsHandler;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.server.session.SessionFactory;

/**
 * MINA's server, set up for all servers of a pool at once and never started: whatever differs
 * between them is asked of the {@link EmbeddedSshServer} that the connection belongs to.
 */
final class MinaServer extends SshServer implements KeyPairProvider, PublickeyAuthenticator {
  /** A slow client is no fault; the wait ends with the channel. */
  private static final Duration SLOW_CLIENT = Duration.ofDays(365);

  private MinaServer() {}

  static MinaServer create(ScheduledExecutorService timer, Executor commands) {
    MinaServer server =
        (MinaServer)
            ServerBuilder.builder()
                .factory(MinaServer::new)
                .channelFactories(
                    List.of(
                        factory("session", each -> new ExecChannel(each, commands)),
                        factory("direct-tcpip", each -> new ForwardChannel(each, commands))))
                .globalRequestHandlers(
                    List.of(KeepAliveHandler.INSTANCE, NoMoreSessionsHandler.INSTANCE))
                .forwardingFilter(RejectAllForwardingFilter.INSTANCE)
                .channelStreamPacketWriterResolver((channel, type) -> new BoundedWriter(channel))
                .build();
    server.setServiceFactories(DEFAULT_SERVICE_FACTORIES);
    server.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
    server.setKeyPairProvider(server);
    server.setPublickeyAuthenticator(server);
    server.setScheduledExecutorService(timer);
    CoreModuleProperties.TCP_NODELAY.set(server, true);
    CoreModuleProperties.IDLE_TIMEOUT.set(server, Duration.ZERO);
    CoreModuleProperties.WAIT_FOR_SPACE_TIMEOUT.set(server, SLOW_CLIENT);
    // With a limit the runtime would start a thread for it that nobody can name.
    CoreModuleProperties.NIO2_MIN_WRITE_TIMEOUT.set(server, Duration.ZERO);
    // As OpenSSH does; MINA would exchange keys anew after an hour or a gigabyte.
    CoreModuleProperties.REKEY_TIME_LIMIT.set(server, Duration.ZERO);
    CoreModuleProperties.REKEY_BYTES_LIMIT.set(server, 0L);
    CoreModuleProperties.REKEY_BLOCKS_LIMIT.set(server, Long.MAX_VALUE);
    SessionFactory sessions = new SessionFactory(server);
    server.setSessionFactory(sessions);
    // What start() would do, had this server a port: without it nobody ends a login that hangs.
    server.setupSessionTimeout(sessions);
    return server;
  }

  private static ChannelFactory factory(
      String name, Function<EmbeddedSshServer, Channel> constructor) {
    return new ChannelFactory() {
      @Override
      public String getName() {
        return name;
      }

      @Override
      public Channel createChannel(Session session) {
        return constructor.apply(ConnectionHandler.serverOf(session.getIoSession()));
      }
    };
  }

  /** The key that was the server's when the connection began, also when keys are renewed. */
  @Override
  public Iterable<KeyPair> loadKeys(SessionContext context) {
    IoSession connection = ((Session) context).getIoSession();
    return List.of((KeyPair) connection.getAttribute(KeyPair.class));
  }

  @Override
  public boolean authenticate(String user, PublicKey key, ServerSession session) {
    IoSession connection = session.getIoSession();
    EmbeddedSshServer server = ConnectionHandler.serverOf(connection);
    try {
      return ConnectionHandler.behaviourOf(connection) != Behaviour.REJECT_LOGINS
          && server.service().authenticate(user, key);
    } catch (RuntimeException e) {
      server.logger().warn("{} could not tell whether to let a user in, and did not", server, e);
      return false;
    }
  }
}
