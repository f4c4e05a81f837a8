package io.github.clouddriver.memory;

import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * What every instance of a cloud runs on. Thread-safe.
 *
 * @param servers null where instances do not answer SSH
 */
record Hosting(
    SshSettings ssh,
    boolean publicKeys,
    MemoryShell shell,
    @Nullable SshServers servers,
    Faults faults,
    InstantSource time) {

  Guest guest(Machine machine, Logger logger) {
    return new Guest(machine.id(), shell, logger);
  }

  /** The SSH service of a machine, which has not begun. */
  InstanceSsh service(Machine machine, Guest guest, Logger logger) {
    return new InstanceSsh(
        guest,
        Objects.requireNonNull(servers, "servers"),
        ssh.remoteUser(),
        publicKeys ? machine.request().publicKey().orElse(null) : null,
        () -> machine.state(time.instant()),
        () -> faults.sshFault(machine.id()),
        logger);
  }
}
