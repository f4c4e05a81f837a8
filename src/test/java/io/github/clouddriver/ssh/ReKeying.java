package io.github.clouddriver.ssh;

import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.sshd.common.kex.KexProposalOption;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.common.session.helpers.AbstractSession;
import org.apache.sshd.common.util.buffer.Buffer;

/** A server that exchanges keys anew in the midst of a connection, and what it does meanwhile. */
final class ReKeying {

  /** What is done between the offers and the exchange itself. */
  interface Meanwhile {
    void run() throws Exception;
  }

  private ReKeying() {}

  static void start(Session session, Meanwhile meanwhile) throws IOException {
    session.addSessionListener(
        new SessionListener() {
          @Override
          public void sessionNegotiationEnd(
              Session each,
              Map<KexProposalOption, String> client,
              Map<KexProposalOption, String> server,
              Map<KexProposalOption, String> negotiated,
              Throwable reason) {
            try {
              meanwhile.run();
            } catch (Exception e) {
              throw new IllegalStateException(e);
            }
          }
        });
    session.reExchangeKeys();
  }

  /** Sends a packet though keys are being exchanged, which the server's library would not do. */
  static void sendNow(Session session, int message, Consumer<Buffer> contents) throws Exception {
    Buffer packet = session.createBuffer((byte) message);
    contents.accept(packet);
    var write = AbstractSession.class.getDeclaredMethod("doWritePacket", Buffer.class);
    write.setAccessible(true);
    write.invoke(session, packet);
  }
}
