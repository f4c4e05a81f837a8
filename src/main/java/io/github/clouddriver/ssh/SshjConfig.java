package io.github.clouddriver.ssh;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import net.schmizz.sshj.Config;
import net.schmizz.sshj.DefaultConfig;
import net.schmizz.sshj.common.Factory;
import net.schmizz.sshj.common.LoggerFactory;
import net.schmizz.sshj.common.SecurityUtils;
import net.schmizz.sshj.transport.cipher.Cipher;
import org.slf4j.Logger;
import org.slf4j.helpers.NOPLogger;

/**
 * What our sshj connections offer to a server. Made once, at the first connection, since it is
 * costly (it tries every cipher), and shared from then on; never changed, so safe for use by any
 * thread.
 */
final class SshjConfig {
  /** How much of a channel's output the server may send ahead, in bytes. */
  static final int WINDOW = 2 << 20;

  /** The largest piece of output in one packet, in bytes. */
  static final int MAX_PACKET = 32 << 10;

  private static final List<String> KEY_EXCHANGES =
      List.of(
          "curve25519-sha256",
          "curve25519-sha256@libssh.org",
          "ecdh-sha2-nistp256",
          "ecdh-sha2-nistp384",
          "ecdh-sha2-nistp521",
          "diffie-hellman-group16-sha512",
          "diffie-hellman-group18-sha512",
          "diffie-hellman-group-exchange-sha256",
          "diffie-hellman-group14-sha256");

  /**
   * No certificates, since a driver would be handed a type of sshj's; no DSA, and no RSA with
   * SHA-1.
   */
  private static final List<String> HOST_KEYS =
      List.of(
          "ssh-ed25519",
          "ecdsa-sha2-nistp256",
          "ecdsa-sha2-nistp384",
          "ecdsa-sha2-nistp521",
          "rsa-sha2-512",
          "rsa-sha2-256");

  private static final List<String> CIPHERS =
      List.of(
          "aes128-gcm@openssh.com",
          "aes256-gcm@openssh.com",
          "chacha20-poly1305@openssh.com",
          "aes128-ctr",
          "aes192-ctr",
          "aes256-ctr");

  /** Where ours are better than sshj's of the same name. */
  private static final List<Factory.Named<Cipher>> OWN_CIPHERS =
      List.of(JdkAes.gcm(128), JdkAes.gcm(256), JdkAes.ctr(128), JdkAes.ctr(192), JdkAes.ctr(256));

  private static final List<String> MACS =
      List.of(
          "hmac-sha2-256-etm@openssh.com",
          "hmac-sha2-512-etm@openssh.com",
          "hmac-sha2-256",
          "hmac-sha2-512");

  private SshjConfig() {}

  static Config shared() {
    return Holder.CONFIG;
  }

  private static Config make() {
    DefaultConfig config = new DefaultConfig();
    config.setLoggerFactory(Silent.INSTANCE);
    config.setKeyExchangeFactories(
        select(KEY_EXCHANGES, config.getKeyExchangeFactories()).stream()
            .map(CheckedKeyExchange::factory)
            .toList());
    config.setKeyAlgorithms(select(hostKeys(), config.getKeyAlgorithms()));
    List<Factory.Named<Cipher>> ciphers = new ArrayList<>(OWN_CIPHERS);
    ciphers.addAll(config.getCipherFactories());
    config.setCipherFactories(select(CIPHERS, ciphers));
    config.setMACFactories(select(MACS, config.getMACFactories()));
    return config;
  }

  /**
   * Without ECDSA where sshj cannot read such a key, so that a server which has another one shows
   * that: sshj asks for the key factory by a name that only Bouncy Castle knows, and a host may
   * have kept that out.
   */
  private static List<String> hostKeys() {
    try {
      SecurityUtils.getKeyFactory("ECDSA");
      return HOST_KEYS;
    } catch (GeneralSecurityException e) {
      return HOST_KEYS.stream().filter(name -> !name.startsWith("ecdsa-")).toList();
    }
  }

  /** Those of what there is that are wanted, in the wanted order, which is that of preference. */
  private static <T> List<Factory.Named<T>> select(
      List<String> wanted, List<Factory.Named<T>> all) {
    List<Factory.Named<T>> selected = new ArrayList<>();
    for (String name : wanted) {
      all.stream().filter(each -> each.getName().equals(name)).findFirst().ifPresent(selected::add);
    }
    return selected;
  }

  private static final class Holder {
    static final Config CONFIG = make();
  }

  /**
   * sshj logs what it also throws, at the level of errors and with a stack trace; whoever calls us
   * hears of it by exceptions and by the logger they gave.
   */
  private static final class Silent implements LoggerFactory {
    static final Silent INSTANCE = new Silent();

    @Override
    public Logger getLogger(String name) {
      return NOPLogger.NOP_LOGGER;
    }

    @Override
    public Logger getLogger(Class<?> type) {
      return NOPLogger.NOP_LOGGER;
    }
  }
}
