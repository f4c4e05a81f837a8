package io.github.clouddriver.bench;

import io.github.clouddriver.exec.SshPublicKeys;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;

/**
 * Where a client logs in, and the only host key that it accepts.
 *
 * @param knownHosts the host key again, in a file as OpenSSH's own client reads it
 * @param directory for what a client has to put somewhere
 */
record SshLogin(
    int port, String user, Path privateKey, PublicKey hostKey, Path knownHosts, Path directory) {

  static SshLogin parse(List<String> words) {
    return new SshLogin(
        Integer.parseInt(words.get(0)),
        words.get(1),
        Path.of(words.get(2)),
        SshPublicKeys.parse(words.get(3)),
        Path.of(words.get(4)),
        Path.of(words.get(5)));
  }

  /** What {@link #parse} reads. */
  List<String> words() {
    return List.of(
        Integer.toString(port),
        user,
        privateKey.toString(),
        SshPublicKeys.toOpenSsh(hostKey),
        knownHosts.toString(),
        directory.toString());
  }
}
