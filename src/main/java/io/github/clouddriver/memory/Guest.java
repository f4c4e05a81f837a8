package io.github.clouddriver.memory;

import io.github.clouddriver.InitCommand;
import io.github.clouddriver.InstanceId;
import io.github.clouddriver.exec.SshPublicKeys;
import io.github.clouddriver.internal.sshserver.HostKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.UUID;
import org.slf4j.Logger;

/**
 * The inside of an instance: its host key, its files, and the shell that its commands go to.
 * Thread-safe.
 */
final class Guest {

  /** Where the host key can be read on the instance, as {@link SshPublicKeys#toOpenSsh} has it. */
  static final String HOST_KEY_FILE = "/etc/ssh/ssh_host_ecdsa_key.pub";

  /**
   * Where the instance can be recognised: its proof, and its host key behind that. Nobody else's
   * machine has the proof.
   */
  static final String PROOF_FILE = "/run/cloud/host-key";

  private final InstanceId id;
  private final MemoryShell shell;
  private final Logger logger;
  private final String proof = UUID.randomUUID().toString();
  private final InstanceFiles files = new InstanceFiles();

  private final Once<KeyPair> hostKey = new Once<>(this::newHostKey);

  Guest(InstanceId id, MemoryShell shell, Logger logger) {
    this.id = id;
    this.shell = shell;
    this.logger = logger;
  }

  InstanceId id() {
    return id;
  }

  /** Made at first use, in a few milliseconds. */
  KeyPair hostKey() {
    return hostKey.get();
  }

  private KeyPair newHostKey() {
    KeyPair key = HostKeys.generate();
    String line = SshPublicKeys.toOpenSsh(key.getPublic()) + "\n";
    files.write(HOST_KEY_FILE, line.getBytes(StandardCharsets.US_ASCII));
    files.write(PROOF_FILE, (proof + " " + line).getBytes(StandardCharsets.US_ASCII));
    return key;
  }

  /** What {@link #PROOF_FILE} holds, which the provider knows too. */
  String proof() {
    return proof + " " + SshPublicKeys.toOpenSsh(hostKey().getPublic()) + "\n";
  }

  /**
   * Runs the init command, in the calling thread. That it fails is no reason not to boot; a script
   * that raises something unchecked is a mistake in the test, which is to hear of it.
   *
   * @throws InterruptedException if the calling thread was interrupted meanwhile
   */
  void runInit(InitCommand command) throws InterruptedException {
    if (command.isEmpty()) {
      return;
    }
    try {
      run(new InitCall(id, command));
    } catch (IOException e) {
      // The message may tell a part of the command.
      logger.warn("the init command of instance {} failed: {}", id, e.getClass().getName());
    }
  }

  ShellExit run(ShellCall call) throws IOException, InterruptedException {
    return shell.run(call, this::runUnscripted);
  }

  private ShellExit runUnscripted(ShellCall call) throws IOException {
    hostKey(); // Its file can be read.
    return BuiltinShell.run(call, files);
  }
}
