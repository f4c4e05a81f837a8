package io.github.clouddriver.ssh;

import io.github.clouddriver.exec.ExecutorTarget;

/** A target as it answered when a command asked for it: where to connect, and as whom. */
record Endpoint(ExecutorTarget target, String host, int port, String user) {

  /** Whether a connection to the other one leads to the same login. */
  boolean isSameLogin(Endpoint other) {
    return host.equals(other.host) && port == other.port && user.equals(other.user);
  }

  /** Whether it is the same login of the same target; targets are compared as objects (E2). */
  @SuppressWarnings("ReferenceEquality")
  boolean isSame(Endpoint other) {
    return target == other.target && isSameLogin(other);
  }

  /** The login in the form that people know: {@code user@host:port}. */
  @Override
  public String toString() {
    return user + "@" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}
