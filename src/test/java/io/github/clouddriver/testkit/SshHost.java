package io.github.clouddriver.testkit;

import io.github.clouddriver.InstanceId;
import io.github.clouddriver.exec.HostPort;
import java.security.PublicKey;

/**
 * An in-memory instance that executors log in to.
 *
 * @param id its id, for the record of what it ran
 * @param user who may log in
 * @param hostKey the key that its server shows
 * @param server where it listens
 * @param wire how executors get there
 */
record SshHost(InstanceId id, String user, PublicKey hostKey, HostPort server, Wire wire) {

  /** A target that accepts the host's own key. */
  KitTarget target() {
    return new KitTarget(wire.address(), user, KitTarget.only(hostKey));
  }

  /** A target at the same address that decides otherwise. */
  KitTarget target(KitTarget.Check check) {
    return new KitTarget(wire.address(), user, check);
  }
}
