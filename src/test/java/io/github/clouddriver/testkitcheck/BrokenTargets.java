package io.github.clouddriver.testkitcheck;

import io.github.clouddriver.Capability;
import io.github.clouddriver.ForwardingInstance;
import io.github.clouddriver.Instance;
import io.github.clouddriver.InstanceSet;
import io.github.clouddriver.InstanceState;
import io.github.clouddriver.Interruption;
import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.error.HostKeyMismatchException;
import io.github.clouddriver.error.NotImplementedException;
import io.github.clouddriver.exec.HostPort;
import io.github.clouddriver.exec.RemoteConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.PublicKey;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Drivers that tell the wrong things of an instance: state, stop, address, user, host key. */
final class BrokenTargets {
  private BrokenTargets() {}

  /** Never learns that an instance runs. */
  @Breaks("I7")
  static final class BootsForEver extends BrokenDriver {
    @Override
    Instance broken(Instance instance) {
      return new ForwardingInstance(instance) {
        @Override
        public InstanceState state() {
          InstanceState state = super.state();
          return state == InstanceState.RUNNING ? InstanceState.BOOTING : state;
        }
      };
    }
  }

  /** Tells states, and does not claim to. */
  @Breaks("I7")
  static final class TellsStatesUnclaimed extends Unclaiming {
    TellsStatesUnclaimed() {
      super(Capability.STATE);
    }
  }

  /** A driver that does not claim what it can do. */
  abstract static class Unclaiming extends BrokenDriver {
    private final Capability capability;

    Unclaiming(Capability capability) {
      this.capability = capability;
    }

    @Override
    InstanceSet broken(InstanceSet set) {
      return new OfBroken(set) {
        @Override
        public Set<Capability> capabilities() {
          Set<Capability> less = EnumSet.copyOf(super.capabilities());
          less.remove(capability);
          return less;
        }
      };
    }
  }

  /** A driver with something wrong about interruptions. */
  abstract static class Interrupting extends BrokenDriver {
    @Override
    Instance broken(Instance instance) {
      return new ForwardingInstance(instance) {
        @Override
        public Optional<Interruption> interruption() {
          return told(super.interruption());
        }
      };
    }

    abstract Optional<Interruption> told(Optional<Interruption> right);
  }

  /** Does not look for announcements. */
  @Breaks("I8")
  static final class TellsOfNoStop extends Interrupting {
    @Override
    Optional<Interruption> told(Optional<Interruption> right) {
      return Optional.empty();
    }
  }

  /** Tells of a stop that nobody has announced. */
  @Breaks("I8")
  static final class TellsOfAStopAlways extends Interrupting {
    @Override
    Optional<Interruption> told(Optional<Interruption> right) {
      return Optional.of(Interruption.of(Interruption.Kind.REBALANCE, null));
    }
  }

  /** Takes the time of the announcement for that of the stop. */
  @Breaks("I8")
  static final class TellsTheWrongDeadline extends Interrupting {
    @Override
    Optional<Interruption> told(Optional<Interruption> right) {
      return right.map(
          each ->
              Interruption.of(
                  each.kind(), each.deadline().orElseThrow().minus(Duration.ofMinutes(1))));
    }
  }

  /** A driver with something wrong about addresses. */
  abstract static class Addressing extends BrokenDriver {
    @Override
    Instance broken(Instance instance) {
      return new ForwardingInstance(instance) {
        @Override
        public Optional<HostPort> address() {
          return told(super.address());
        }
      };
    }

    abstract Optional<HostPort> told(Optional<HostPort> right);
  }

  /** Shows what the provider shows until there is an address. */
  @Breaks("T1")
  static final class ShowsAPlaceholder extends Addressing {
    @Override
    Optional<HostPort> told(Optional<HostPort> right) {
      return Optional.of(right.orElse(HostPort.of("0.0.0.0", 22)));
    }
  }

  /** Has null for no address. */
  @Breaks("T1")
  static final class HasNullForAnAddress extends Addressing {
    @Override
    @SuppressWarnings({"NullAway", "OptionalAssignedToNull"}) // which is the point
    Optional<HostPort> told(Optional<HostPort> right) {
      return right.isPresent() ? right : null;
    }
  }

  /** Never learns an address. */
  @Breaks("T1")
  static final class HasNoAddress extends Addressing {
    @Override
    Optional<HostPort> told(Optional<HostPort> right) {
      return Optional.empty();
    }
  }

  /** Leaves the user to the caller. */
  @Breaks("T2")
  static final class HasNoUser extends BrokenDriver {
    @Override
    Instance broken(Instance instance) {
      return new ForwardingInstance(instance) {
        @Override
        public String remoteUser() {
          return "";
        }
      };
    }
  }

  /** A driver with something wrong about host keys. */
  abstract static class Verifying extends BrokenDriver {
    Verifying(boolean overConnection, Capability... lacking) {
      super(builder -> builder.hostKeyOverConnection(overConnection).without(lacking));
    }

    @Override
    Instance broken(Instance instance) {
      return new ForwardingInstance(instance) {
        @Override
        public void verifyHostKey(PublicKey key, @Nullable RemoteConnection connection)
            throws CloudException, InterruptedException {
          verify(instance, key, connection);
        }
      };
    }

    abstract void verify(Instance right, PublicKey key, @Nullable RemoteConnection connection)
        throws CloudException, InterruptedException;
  }

  /** Takes another key for any failure. */
  @Breaks("T3")
  static final class RefusesAnotherKeyAsAnyFailure extends Verifying {
    RefusesAnotherKeyAsAnyFailure() {
      super(false);
    }

    @Override
    void verify(Instance right, PublicKey key, @Nullable RemoteConnection connection)
        throws CloudException, InterruptedException {
      try {
        right.verifyHostKey(key, connection);
      } catch (HostKeyMismatchException e) {
        throw new CloudException("the host key is another one");
      }
    }
  }

  /** Compares keys as objects. */
  @Breaks("T3")
  static final class ComparesKeysByEquals extends Verifying {
    ComparesKeysByEquals() {
      super(false);
    }

    @Override
    void verify(Instance right, PublicKey key, @Nullable RemoteConnection connection)
        throws CloudException, InterruptedException {
      right.verifyHostKey(key, connection);
      if (cloud().instances().stream().noneMatch(each -> each.hostKey().equals(key))) {
        throw new HostKeyMismatchException("the host key is another one");
      }
    }
  }

  /** Claims to tell, and never does. */
  @Breaks("T3")
  static final class ClaimsToTellHostKeys extends Verifying {
    ClaimsToTellHostKeys() {
      super(false);
    }

    @Override
    void verify(Instance right, PublicKey key, @Nullable RemoteConnection connection)
        throws CloudException {
      throw new NotImplementedException("host keys cannot be told");
    }
  }

  /** Cannot tell without a connection, and says so in a class of its own. */
  @Breaks("T4")
  static final class HasItsOwnNotImplemented extends Verifying {
    HasItsOwnNotImplemented() {
      super(true);
    }

    @Override
    void verify(Instance right, PublicKey key, @Nullable RemoteConnection connection)
        throws CloudException, InterruptedException {
      if (connection == null) {
        throw new NotWithoutConnection();
      }
      right.verifyHostKey(key, connection);
    }
  }

  private static final class NotWithoutConnection extends NotImplementedException {
    private static final long serialVersionUID = 1L;

    NotWithoutConnection() {
      super("not without a connection");
    }
  }

  /** Cannot tell, and says that something went wrong. */
  @Breaks("T4")
  static final class CannotTellAndFails extends Verifying {
    CannotTellAndFails() {
      super(false, Capability.HOST_KEY);
    }

    @Override
    void verify(Instance right, PublicKey key, @Nullable RemoteConnection connection)
        throws CloudException, InterruptedException {
      try {
        right.verifyHostKey(key, connection);
      } catch (NotImplementedException e) {
        throw new CloudException("host keys are not supported", e);
      }
    }
  }

  /** Cannot tell, and says so in a class of its own. */
  @Breaks("T4")
  static final class CannotTellAndIsUnsupported extends Verifying {
    CannotTellAndIsUnsupported() {
      super(false, Capability.HOST_KEY);
    }

    @Override
    void verify(Instance right, PublicKey key, @Nullable RemoteConnection connection) {
      throw new UnsupportedOperationException("host keys are not supported");
    }
  }

  /** Cannot tell, and trusts. */
  @Breaks("T4")
  static final class CannotTellAndTrusts extends Verifying {
    CannotTellAndTrusts() {
      super(false, Capability.HOST_KEY);
    }

    @Override
    void verify(Instance right, PublicKey key, @Nullable RemoteConnection connection) {}
  }

  /** Can tell over a connection, and fails without one. */
  @Breaks("T5")
  static final class MustHaveAConnection extends Verifying {
    MustHaveAConnection() {
      super(true);
    }

    @Override
    void verify(Instance right, PublicKey key, @Nullable RemoteConnection connection)
        throws CloudException, InterruptedException {
      if (connection == null) {
        throw new CloudException("no connection");
      }
      right.verifyHostKey(key, connection);
    }
  }

  /** Takes a broken connection for another machine. */
  @Breaks("T5")
  static final class TakesABreakForAMismatch extends Verifying {
    TakesABreakForAMismatch() {
      super(true);
    }

    @Override
    void verify(Instance right, PublicKey key, @Nullable RemoteConnection connection)
        throws CloudException, InterruptedException {
      try {
        right.verifyHostKey(key, connection);
      } catch (CloudException e) {
        if (e.getCause() instanceof IOException) {
          throw new HostKeyMismatchException("no proof");
        }
        throw e;
      }
    }
  }

  /** Takes a broken connection for having no way to tell. */
  @Breaks("T5")
  static final class TakesABreakForNoWay extends Verifying {
    TakesABreakForNoWay() {
      super(true);
    }

    @Override
    void verify(Instance right, PublicKey key, @Nullable RemoteConnection connection)
        throws CloudException, InterruptedException {
      try {
        right.verifyHostKey(key, connection);
      } catch (CloudException e) {
        if (e.getCause() instanceof IOException) {
          throw new NotImplementedException("no proof");
        }
        throw e;
      }
    }
  }

  /** Lets a broken connection through. */
  @Breaks("T5")
  static final class RaisesWhatTheConnectionRaised extends Verifying {
    RaisesWhatTheConnectionRaised() {
      super(true);
    }

    @Override
    void verify(Instance right, PublicKey key, @Nullable RemoteConnection connection)
        throws CloudException, InterruptedException {
      try {
        right.verifyHostKey(key, connection);
      } catch (CloudException e) {
        if (e.getCause() instanceof IOException broken) {
          throw new UncheckedIOException(broken);
        }
        throw e;
      }
    }
  }
}
