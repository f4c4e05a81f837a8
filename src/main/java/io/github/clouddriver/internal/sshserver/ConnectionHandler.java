package io.github.clouddriver.internal.sshserver;

import org.apache.sshd.common.io.IoHandler;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.session.helpers.AbstractSession;
import org.apache.sshd.common.util.Readable;

/**
 * Stands between the sockets and MINA: a connection becomes an SSH session only if its server
 * serves it. What arrives on another one is thrown away. Safe for use by several threads.
 */
final class ConnectionHandler implements IoHandler {
  private final IoHandler ssh;

  ConnectionHandler(IoHandler ssh) {
    this.ssh = ssh;
  }

  static EmbeddedSshServer serverOf(IoSession connection) {
    return (EmbeddedSshServer) connection.getAttribute(EmbeddedSshServer.class);
  }

  static Behaviour behaviourOf(IoSession connection) {
    return (Behaviour) connection.getAttribute(Behaviour.class);
  }

  @Override
  public void sessionCreated(IoSession connection) throws Exception {
    switch (serverOf(connection).admit(connection)) {
      case REFUSE, DROP -> connection.close(true);
      case STALL -> {}
      default -> ssh.sessionCreated(connection);
    }
  }

  @Override
  public void messageReceived(IoSession connection, Readable message) throws Exception {
    if (hasSession(connection)) {
      ssh.messageReceived(connection, message);
    }
  }

  @Override
  public void exceptionCaught(IoSession connection, Throwable cause) throws Exception {
    if (hasSession(connection)) {
      ssh.exceptionCaught(connection, cause);
    } else {
      connection.close(true);
    }
  }

  @Override
  public void sessionClosed(IoSession connection) throws Exception {
    serverOf(connection).forget(connection);
    if (hasSession(connection)) {
      ssh.sessionClosed(connection);
    }
  }

  private static boolean hasSession(IoSession connection) {
    return AbstractSession.getSession(connection, true) != null;
  }
}
