package io.github.clouddriver.memory;

/**
 * The ways in which SSH to an instance can be broken ({@link Fault#breakSsh}). More may be added.
 */
public enum SshFault {
  /** Connecting fails, or the connection is closed before a word is said. */
  REFUSE,
  /** The connection is accepted, but the server never says a word. */
  STALL,
  /** The connection is cut while a command runs. */
  DROP_CONNECTION,
  /** The server shows a host key that is not the instance's own (clause T3). */
  WRONG_HOST_KEY,
  /** The server lets nobody in, whatever key is offered. */
  REJECT_LOGIN
}
