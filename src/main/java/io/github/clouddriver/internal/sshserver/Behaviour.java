package io.github.clouddriver.internal.sshserver;

/** How a connection is treated, from its beginning to its end. */
public enum Behaviour {
  /** As a healthy server does. */
  SERVE,
  /** Nobody listens on the port: connecting fails. Where a port must stay open, as DROP. */
  REFUSE,
  /** The connection is accepted and closed at once. */
  DROP,
  /** The connection is accepted, and not a byte is ever sent on it. */
  STALL,
  /** Another host key is shown, a new one each time. */
  OTHER_HOST_KEY,
  /** No key of anybody is accepted. */
  REJECT_LOGINS,
  /** The connection is cut, without a word, when a command on it has begun. */
  CUT_COMMANDS
}
