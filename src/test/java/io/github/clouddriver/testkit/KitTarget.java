package io.github.clouddriver.testkit;

import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.error.HostKeyMismatchException;
import io.github.clouddriver.error.NotImplementedException;
import io.github.clouddriver.exec.ExecutorTarget;
import io.github.clouddriver.exec.HostPort;
import io.github.clouddriver.exec.RemoteConnection;
import io.github.clouddriver.exec.SshPublicKeys;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A target that answers as a test says, and notes what it was asked. Thread-safe. */
final class KitTarget implements ExecutorTarget {

  /** Whether a host key is the target's own. */
  @FunctionalInterface
  interface Check {
    void verify(PublicKey key, @Nullable RemoteConnection connection)
        throws CloudException, InterruptedException;
  }

  /** The same, by a target that cannot tell without a connection. */
  @FunctionalInterface
  interface CheckOverLogin {
    void verify(RemoteConnection connection) throws CloudException, InterruptedException;
  }

  /** One question. */
  record Question(PublicKey key, boolean overLogin) {}

  private final String user;
  private final Check check;
  private final List<Question> questions = new CopyOnWriteArrayList<>();
  private volatile Optional<HostPort> address;

  KitTarget(HostPort address, String user, Check check) {
    this.address = Optional.of(address);
    this.user = user;
    this.check = check;
  }

  /** Accepts one key. */
  static Check only(PublicKey own) {
    return (key, connection) -> {
      if (!SshPublicKeys.same(own, key)) {
        throw new HostKeyMismatchException("the kit's target has another host key");
      }
    };
  }

  /** Accepts no key. */
  static Check none() {
    return (key, connection) -> {
      throw new HostKeyMismatchException("the kit's target accepts no host key");
    };
  }

  /** Cannot tell without a connection. */
  static Check overLogin(CheckOverLogin check) {
    return (key, connection) -> {
      if (connection == null) {
        throw new NotImplementedException("the kit's target cannot tell without a connection");
      }
      check.verify(connection);
    };
  }

  void address(Optional<HostPort> next) {
    address = next;
  }

  /** What was asked so far, oldest first. */
  List<Question> questions() {
    return List.copyOf(questions);
  }

  boolean wasAskedFor(PublicKey key) {
    return questions.stream().anyMatch(each -> SshPublicKeys.same(each.key(), key));
  }

  @Override
  public Optional<HostPort> address() {
    return address;
  }

  @Override
  public String remoteUser() {
    return user;
  }

  @Override
  public void verifyHostKey(PublicKey key, @Nullable RemoteConnection connection)
      throws CloudException, InterruptedException {
    questions.add(new Question(key, connection != null));
    check.verify(key, connection);
  }

  @Override
  public String toString() {
    return "the kit's target";
  }
}
