package io.github.clouddriver.ssh;

import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.error.HostKeyMismatchException;
import io.github.clouddriver.error.NotImplementedException;
import io.github.clouddriver.exec.ExecutorTarget;
import io.github.clouddriver.exec.HostPort;
import io.github.clouddriver.exec.RemoteConnection;
import io.github.clouddriver.exec.SshPublicKeys;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A target whose answers a test chooses, and which remembers how it was asked. */
final class TestTarget implements ExecutorTarget {

  /** What a target does about a host key. */
  interface Check {
    void verify(PublicKey key, @Nullable RemoteConnection connection)
        throws CloudException, InterruptedException;
  }

  private final List<PublicKey> asked = Collections.synchronizedList(new ArrayList<>());
  private final List<PublicKey> askedOverConnection =
      Collections.synchronizedList(new ArrayList<>());
  private final String user;
  volatile @Nullable HostPort address;
  volatile Check check;

  TestTarget(int port, Check check) {
    this(port, check, System.getProperty("user.name"));
  }

  TestTarget(int port, Check check, String user) {
    this.address = HostPort.of("127.0.0.1", port);
    this.check = check;
    this.user = user;
  }

  /** Accepts this key and no other, without a connection. */
  static Check only(PublicKey expected) {
    return (key, connection) -> {
      if (!SshPublicKeys.same(expected, key)) {
        throw new HostKeyMismatchException("expected " + SshPublicKeys.fingerprint(expected));
      }
    };
  }

  /** Cannot tell without a connection. */
  static Check withConnection(Check check) {
    return (key, connection) -> {
      if (connection == null) {
        throw new NotImplementedException("not without a connection");
      }
      check.verify(key, connection);
    };
  }

  static Check anything() {
    return (key, connection) -> {};
  }

  @Override
  public Optional<HostPort> address() {
    return Optional.ofNullable(address);
  }

  @Override
  public String remoteUser() {
    return user;
  }

  @Override
  public void verifyHostKey(PublicKey key, @Nullable RemoteConnection connection)
      throws CloudException, InterruptedException {
    (connection == null ? asked : askedOverConnection).add(key);
    check.verify(key, connection);
  }

  /** The keys it was asked about without a connection. */
  List<PublicKey> asked() {
    return List.copyOf(asked);
  }

  /** The keys it was asked about with a connection. */
  List<PublicKey> askedOverConnection() {
    return List.copyOf(askedOverConnection);
  }

  @Override
  public String toString() {
    return "i-test";
  }
}
