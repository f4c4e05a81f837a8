package io.github.clouddriver.testkitcheck;

import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.error.HostKeyMismatchException;
import io.github.clouddriver.error.NotImplementedException;
import io.github.clouddriver.exec.ExecResult;
import io.github.clouddriver.exec.Executor;
import io.github.clouddriver.exec.ExecutorTarget;
import io.github.clouddriver.exec.HostPort;
import io.github.clouddriver.exec.RemoteCommand;
import io.github.clouddriver.exec.RemoteConnection;
import io.github.clouddriver.exec.RemoteStream;
import io.github.clouddriver.exec.SshPublicKeys;
import java.io.IOException;
import java.io.InputStream;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Executors that are wrong about host keys. */
final class BrokenHostKeys {
  private BrokenHostKeys() {}

  /** A target that passes everything on. */
  static class Target implements ExecutorTarget {
    final ExecutorTarget right;

    Target(ExecutorTarget right) {
      this.right = right;
    }

    @Override
    public Optional<HostPort> address() {
      return right.address();
    }

    @Override
    public String remoteUser() {
      return right.remoteUser();
    }

    @Override
    public void verifyHostKey(PublicKey key, @Nullable RemoteConnection connection)
        throws CloudException, InterruptedException {
      right.verifyHostKey(key, connection);
    }

    @Override
    public String toString() {
      return right.toString();
    }
  }

  /** Asks targets in its own way. */
  abstract static class OfAnotherQuestion extends BrokenExecutor {
    abstract ExecutorTarget other(ExecutorTarget target);

    @Override
    Executor broken(Duration limit) {
      return new OfOtherTargets(right(limit)) {
        @Override
        ExecutorTarget other(ExecutorTarget target) {
          return OfAnotherQuestion.this.other(target);
        }
      };
    }
  }

  /** Gives the right executor another target than it was given. */
  abstract static class OfOtherTargets extends BrokenExecutor.Decorator {
    private volatile @Nullable ExecutorTarget given;

    OfOtherTargets(Executor right) {
      super(right);
    }

    abstract ExecutorTarget other(ExecutorTarget target);

    @Override
    public void setTarget(ExecutorTarget target) {
      super.setTarget(other(target));
      given = target;
    }

    @Override
    public @Nullable ExecutorTarget target() {
      return given;
    }
  }

  /** Asks nobody. */
  @Breaks({"E2", "E3"}) // so an open connection suits every new target
  static final class AcceptsAnyHostKey extends OfAnotherQuestion {
    @Override
    ExecutorTarget other(ExecutorTarget target) {
      return new Target(target) {
        @Override
        public void verifyHostKey(PublicKey key, @Nullable RemoteConnection connection) {
          return;
        }
      };
    }
  }

  /** Takes only a mismatch for a no. */
  @Breaks("E2")
  static final class IgnoresAFailedCheck extends OfAnotherQuestion {
    @Override
    ExecutorTarget other(ExecutorTarget target) {
      return new Target(target) {
        @Override
        public void verifyHostKey(PublicKey key, @Nullable RemoteConnection connection)
            throws CloudException, InterruptedException {
          try {
            super.verifyHostKey(key, connection);
          } catch (NotImplementedException | HostKeyMismatchException e) {
            throw e;
          } catch (CloudException e) {
            if (connection != null) {
              throw e;
            }
          }
        }
      };
    }
  }

  /** Logs in first. */
  @Breaks("E2")
  static final class AsksAfterTheLogin extends OfAnotherQuestion {
    @Override
    ExecutorTarget other(ExecutorTarget target) {
      return new Target(target) {
        @Override
        public void verifyHostKey(PublicKey key, @Nullable RemoteConnection connection)
            throws CloudException, InterruptedException {
          if (connection == null) {
            throw new NotImplementedException("not before the login");
          }
          try {
            super.verifyHostKey(key, null);
          } catch (NotImplementedException e) {
            super.verifyHostKey(key, connection);
          }
        }
      };
    }
  }

  /** Gives up where the target needs the login. */
  @Breaks("E2")
  static final class AsksWithoutTheLoginOnly extends OfAnotherQuestion {
    @Override
    ExecutorTarget other(ExecutorTarget target) {
      return new Target(target) {
        @Override
        public void verifyHostKey(PublicKey key, @Nullable RemoteConnection connection)
            throws CloudException, InterruptedException {
          super.verifyHostKey(key, null);
        }
      };
    }
  }

  /** Runs commands where nobody can tell. */
  @Breaks("E2")
  static final class TakesNotImplementedForYes extends OfAnotherQuestion {
    @Override
    ExecutorTarget other(ExecutorTarget target) {
      return new Target(target) {
        @Override
        public void verifyHostKey(PublicKey key, @Nullable RemoteConnection connection)
            throws CloudException, InterruptedException {
          try {
            super.verifyHostKey(key, connection);
          } catch (NotImplementedException e) {
            if (connection == null) {
              throw e;
            }
          }
        }
      };
    }
  }

  /** Asks each target only once. */
  @Breaks("E2")
  static final class TrustsATargetThatHasSaidYes extends OfAnotherQuestion {
    @Override
    ExecutorTarget other(ExecutorTarget target) {
      return new Target(target) {
        private volatile boolean trusted;

        @Override
        public void verifyHostKey(PublicKey key, @Nullable RemoteConnection connection)
            throws CloudException, InterruptedException {
          if (!trusted) {
            super.verifyHostKey(key, connection);
            trusted = true;
          }
        }
      };
    }
  }

  /** Remembers which keys were accepted, and not by whom. */
  @Breaks({"E2", "E3"})
  static final class KeepsTheConnectionUnasked extends OfAnotherQuestion {
    private final Set<String> trusted = ConcurrentHashMap.newKeySet();

    @Override
    ExecutorTarget other(ExecutorTarget target) {
      return new Target(target) {
        @Override
        public void verifyHostKey(PublicKey key, @Nullable RemoteConnection connection)
            throws CloudException, InterruptedException {
          if (!trusted.contains(SshPublicKeys.fingerprint(key))) {
            super.verifyHostKey(key, connection);
            trusted.add(SshPublicKeys.fingerprint(key));
          }
        }
      };
    }
  }

  /** Lets calls in while the login is being verified. */
  @Breaks("E2")
  static final class LetsOthersInMeanwhile extends BrokenExecutor {
    @Override
    Executor broken(Duration limit) {
      return new OfOtherTargets(right(limit)) {
        private volatile @Nullable RemoteConnection unverified;

        @Override
        ExecutorTarget other(ExecutorTarget target) {
          return new Target(target) {
            @Override
            public void verifyHostKey(PublicKey key, @Nullable RemoteConnection connection)
                throws CloudException, InterruptedException {
              unverified = connection;
              try {
                super.verifyHostKey(key, connection);
              } finally {
                unverified = null;
              }
            }
          };
        }

        @Override
        public ExecResult execute(RemoteCommand command) throws IOException, InterruptedException {
          RemoteConnection login = unverified;
          return login == null
              ? super.execute(command)
              : login.execute(command.text(), command.stdin().orElse(null));
        }
      };
    }
  }

  /** Lends targets a login that is less than it should be. */
  abstract static class OfAnotherLogin extends OfAnotherQuestion {
    abstract RemoteConnection other(RemoteConnection connection);

    @Override
    final ExecutorTarget other(ExecutorTarget target) {
      return new Target(target) {
        @Override
        public void verifyHostKey(PublicKey key, @Nullable RemoteConnection connection)
            throws CloudException, InterruptedException {
          super.verifyHostKey(
              key, connection == null ? null : OfAnotherLogin.this.other(connection));
        }
      };
    }
  }

  /** Lends targets a login that does not say what was cut. */
  @Breaks("T5")
  static final class CutsATargetsOutputSilently extends OfAnotherLogin {
    @Override
    RemoteConnection other(RemoteConnection right) {
      return new RemoteConnection() {
        @Override
        public ExecResult execute(String command, @Nullable InputStream stdin)
            throws IOException, InterruptedException {
          ExecResult result = right.execute(command, stdin);
          return BrokenExecutor.copy(result).stdout(result.stdout(), 0).build();
        }

        @Override
        public RemoteStream open(String host, int port) throws IOException, InterruptedException {
          return right.open(host, port);
        }
      };
    }
  }

  /** Lends targets a login that reaches nothing. */
  @Breaks("T5")
  static final class ReachesNoAddressForATarget extends OfAnotherLogin {
    @Override
    RemoteConnection other(RemoteConnection right) {
      return new RemoteConnection() {
        @Override
        public ExecResult execute(String command, @Nullable InputStream stdin)
            throws IOException, InterruptedException {
          return right.execute(command, stdin);
        }

        @Override
        public RemoteStream open(String host, int port) throws IOException {
          throw new IOException("not supported");
        }
      };
    }
  }

  /** Lets a verification go on for ever. */
  @Breaks("T5")
  static final class VerifiesWithoutADeadline extends BrokenExecutor {
    @Override
    Executor broken(Duration limit) {
      return builder(limit).hostKeyTimeout(Duration.ofHours(1)).build();
    }
  }
}
