package io.github.clouddriver.exec;

/**
 * How far an {@link Executor} got before it failed. In this order; more phases may be added, so a
 * {@code switch} needs a default branch.
 */
public enum Phase {
  /** Finding out where the target is. */
  ADDRESS,
  /** The TCP connection and the exchange of version banners. */
  CONNECT,
  /** Agreement on keys and ciphers. */
  KEY_EXCHANGE,
  /** The proof that the host key is the target's own, before or after login. */
  HOST_KEY,
  /** The login. */
  AUTHENTICATION,
  /** Opening a channel for the command and asking the server to start it. */
  CHANNEL,
  /** The command's own run, from its start until its exit status. */
  COMMAND
}
