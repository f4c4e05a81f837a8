package io.github.clouddriver.ssh;

import io.github.clouddriver.exec.SshSigner;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import net.schmizz.sshj.AbstractService;
import net.schmizz.sshj.Service;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.DisconnectReason;
import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.transport.Transport;
import net.schmizz.sshj.transport.TransportException;

/**
 * The login by public key (RFC 4252, section 7) with keys that need not be in this process. sshj's
 * own authentication wants a private key object, and signs on the thread that reads the connection;
 * here the caller's thread signs, for a signer may wait for a person.
 */
final class PublicKeyLogin extends AbstractService {
  private static final int MOST_REPLIES = 64;

  private final Service next;
  private final BlockingQueue<Reply> replies = new LinkedBlockingQueue<>(MOST_REPLIES);
  private volatile String banner = "";

  /** What the server answered, or that it never will. */
  private sealed interface Reply {
    record Accepted() implements Reply {}

    record KeyIsFine() implements Reply {}

    record Refused(String otherMethods, boolean partialSuccess) implements Reply {}

    record Broken(SSHException why) implements Reply {}
  }

  /**
   * A login that has not begun.
   *
   * @param next the service that takes over when it succeeded
   */
  PublicKeyLogin(Transport transport, Service next) {
    super("ssh-userauth", transport);
    this.next = next;
  }

  /**
   * Tries the keys in their order, each with its best algorithm first, and only then with the
   * others: servers allow few failures.
   *
   * @throws IOException if the server refused them all, a key could not sign, or the connection
   *     broke
   */
  void login(String user, List<SshSigner> signers)
      throws IOException, GeneralSecurityException, InterruptedException {
    request();
    String others = "";
    int rounds = signers.stream().mapToInt(each -> each.algorithms().size()).max().orElse(0);
    for (int round = 0; round < rounds; round++) {
      for (SshSigner signer : signers) {
        if (round < signer.algorithms().size()) {
          Reply reply = attempt(user, signer, signer.algorithms().get(round));
          if (reply instanceof Reply.Accepted) {
            return;
          }
          if (reply instanceof Reply.Refused refused) {
            others = refused.otherMethods();
            if (refused.partialSuccess()) {
              throw new IOException(
                  "the server accepted a key but wants " + others + " as well" + banner());
            }
          }
        }
      }
    }
    throw new IOException(
        "the server refused "
            + (signers.size() == 1 ? "the key" : "each of the " + signers.size() + " keys")
            + " for this user"
            + (others.isEmpty() ? "" : "; it allows: " + others)
            + banner());
  }

  private String banner() {
    return banner.isEmpty() ? "" : "; it says: " + banner;
  }

  /** Asks whether a key would do, and signs only if it would. */
  private Reply attempt(String user, SshSigner signer, String algorithm)
      throws IOException, GeneralSecurityException, InterruptedException {
    byte[] key = signer.publicKey();
    trans.write(request(user, algorithm, key, false));
    Reply reply = reply();
    if (!(reply instanceof Reply.KeyIsFine)) {
      return reply;
    }
    SSHPacket request = request(user, algorithm, key, true);
    byte[] challenge =
        new Buffer.PlainBuffer()
            .putString(trans.getSessionID())
            .putBuffer(request)
            .getCompactData();
    byte[] signature = signer.sign(challenge, algorithm);
    trans.write(request.putString(signature));
    return reply();
  }

  private SSHPacket request(String user, String algorithm, byte[] key, boolean signed) {
    return new SSHPacket(Message.USERAUTH_REQUEST)
        .putString(user)
        .putString(next.getName())
        .putString("publickey")
        .putBoolean(signed)
        .putString(algorithm)
        .putString(key);
  }

  /** Waits for the server; ends at the latest when the deadline interrupts this thread. */
  private Reply reply() throws SSHException, InterruptedException {
    Reply reply = replies.take();
    if (reply instanceof Reply.Broken broken) {
      throw new TransportException(broken.why());
    }
    return reply;
  }

  // On the thread that reads the connection.

  @Override
  public void handle(Message message, SSHPacket packet) throws SSHException {
    switch (message) {
      case USERAUTH_BANNER -> banner = Printable.text(packet.readString());
      case USERAUTH_60 -> put(new Reply.KeyIsFine());
      case USERAUTH_FAILURE ->
          put(new Reply.Refused(Printable.text(packet.readString()), packet.readBoolean()));
      case USERAUTH_SUCCESS -> {
        // At once, since the next packet may be for the next service.
        trans.setAuthenticated();
        trans.setService(next);
        put(new Reply.Accepted());
      }
      default -> super.handle(message, packet);
    }
  }

  private void put(Reply reply) throws SSHException {
    if (!replies.offer(reply)) {
      throw new TransportException(
          DisconnectReason.PROTOCOL_ERROR, "the server answers what it was never asked");
    }
  }

  @Override
  public void notifyError(SSHException error) {
    if (!replies.offer(new Reply.Broken(error))) {
      replies.clear();
      replies.add(new Reply.Broken(error));
    }
  }
}
