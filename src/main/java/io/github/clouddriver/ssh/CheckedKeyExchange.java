package io.github.clouddriver.ssh;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.DisconnectReason;
import net.schmizz.sshj.common.Factory;
import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.transport.Transport;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.transport.digest.Digest;
import net.schmizz.sshj.transport.kex.AbstractDHGex;
import net.schmizz.sshj.transport.kex.KeyExchange;

/**
 * A key exchange of sshj's that is shown no host key which is not whole. sshj makes room for as
 * much of a key as the key says that it has, gigabytes perhaps, and does so before anybody knows
 * who the server is. Used by the one thread that reads the connection.
 */
final class CheckedKeyExchange implements KeyExchange {
  private final KeyExchange exchange;

  /** The message that has the host key. */
  private final Message reply;

  /** The kind of host key that was agreed on; known when the exchange begins. */
  private String kind = "";

  private CheckedKeyExchange(KeyExchange exchange) {
    this.exchange = exchange;
    // In a group exchange, the number that is elsewhere the reply's is that of the group.
    reply = exchange instanceof AbstractDHGex ? Message.KEX_DH_GEX_REPLY : Message.KEXDH_31;
  }

  /** Makes the same key exchanges under the same name, each of them checked. */
  static Factory.Named<KeyExchange> factory(Factory.Named<KeyExchange> exchanges) {
    return new Factory.Named<>() {
      @Override
      public String getName() {
        return exchanges.getName();
      }

      @Override
      public KeyExchange create() {
        return new CheckedKeyExchange(exchanges.create());
      }

      @Override
      public String toString() {
        return getName();
      }
    };
  }

  @Override
  public void init(
      Transport transport, String serverId, String clientId, byte[] serverOffer, byte[] clientOffer)
      throws GeneralSecurityException, TransportException {
    kind = transport.getHostKeyAlgorithm().getKeyFormat().toString();
    exchange.init(transport, serverId, clientId, serverOffer, clientOffer);
  }

  @Override
  public boolean next(Message message, SSHPacket packet)
      throws GeneralSecurityException, TransportException {
    if (message == reply) {
      requireWholeKey(new Buffer.PlainBuffer(packet)); // a copy, as the exchange reads it again
    }
    return exchange.next(message, packet);
  }

  /**
   * Refuses a host key of which a part ends behind its end. Every kind that we offer is a sequence
   * of strings (RFC 4253, section 6.6); sshj would also read others, such as certificates, which
   * have keys inside of their parts.
   */
  private void requireWholeKey(Buffer.PlainBuffer from) throws TransportException {
    String presented;
    try {
      Buffer.PlainBuffer key = new Buffer.PlainBuffer(from.readBytes());
      presented = key.readString();
      while (key.available() > 0) {
        key.readBytes();
      }
    } catch (Buffer.BufferException e) {
      throw new TransportException(
          DisconnectReason.PROTOCOL_ERROR, "the server's host key is damaged or cut short", e);
    }
    if (!presented.equals(kind)) {
      throw new TransportException(
          DisconnectReason.PROTOCOL_ERROR,
          "the server's host key is not of the kind " + kind + ", which was agreed on");
    }
  }

  @Override
  public byte[] getH() {
    return exchange.getH();
  }

  @Override
  public BigInteger getK() {
    return exchange.getK();
  }

  @Override
  public Digest getHash() {
    return exchange.getHash();
  }

  @Override
  public PublicKey getHostKey() {
    return exchange.getHostKey();
  }
}
