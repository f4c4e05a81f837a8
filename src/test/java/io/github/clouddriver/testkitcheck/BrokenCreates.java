package io.github.clouddriver.testkitcheck;

import io.github.clouddriver.CreateRequest;
import io.github.clouddriver.ForwardingInstance;
import io.github.clouddriver.Instance;
import io.github.clouddriver.InstanceId;
import io.github.clouddriver.InstanceSet;
import io.github.clouddriver.InstanceTags;
import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.error.OutcomeUnknownException;
import io.github.clouddriver.exec.Executor;
import io.github.clouddriver.ssh.SshExecutor;
import io.github.clouddriver.testkit.ProviderView;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Drivers whose creates are wrong: what they return, what they leave, what they repeat. */
final class BrokenCreates {
  private BrokenCreates() {}

  /** A driver with something wrong about its creates; here, nothing. */
  abstract static class CreateDriver extends BrokenDriver {

    @Override
    InstanceSet broken(InstanceSet set) {
      return new OfBroken(set) {
        @Override
        public Instance create(CreateRequest request) throws CloudException, InterruptedException {
          return CreateDriver.this.create(set, request);
        }
      };
    }

    abstract Instance create(InstanceSet right, CreateRequest request)
        throws CloudException, InterruptedException;
  }

  /** Shows the caller's name of the type. */
  @Breaks("S1")
  static final class TellsTheWrongType extends BrokenDriver {
    @Override
    Instance broken(Instance instance) {
      return new ForwardingInstance(instance) {
        @Override
        public String providerType() {
          return instanceType().name();
        }
      };
    }
  }

  /** Shows no tags before a list has told them. */
  @Breaks("S1")
  static final class LearnsTagsFromLists extends CreateDriver {
    @Override
    Instance create(InstanceSet right, CreateRequest request)
        throws CloudException, InterruptedException {
      return new ForwardingInstance(right.create(request)) {
        private volatile boolean known;

        @Override
        public InstanceTags tags() {
          return known ? super.tags() : InstanceTags.empty();
        }

        @Override
        public void setTags(InstanceTags tags) throws CloudException, InterruptedException {
          super.setTags(tags);
          known = true;
        }
      };
    }
  }

  /** Takes an empty value for none. */
  @Breaks("S1")
  static final class DropsEmptyTags extends CreateDriver {
    @Override
    Instance create(InstanceSet right, CreateRequest request)
        throws CloudException, InterruptedException {
      InstanceTags tags = request.tags();
      for (Map.Entry<String, String> each : request.tags().asMap().entrySet()) {
        tags = each.getValue().isEmpty() ? tags.without(each.getKey()) : tags;
      }
      return right.create(request.toBuilder().tags(tags).build());
    }
  }

  /** Cannot do without a public key. */
  @Breaks("S2")
  static final class NeedsAPublicKey extends CreateDriver {
    @Override
    Instance create(InstanceSet right, CreateRequest request)
        throws CloudException, InterruptedException {
      if (request.publicKey().isEmpty()) {
        throw new IllegalArgumentException("no public key");
      }
      return right.create(request);
    }
  }

  /** A driver whose instances can be logged in to, were it not for what is wrong about it. */
  abstract static class LoginDriver extends BrokenDriver {
    LoginDriver() {
      super(builder -> builder.ssh(true));
    }

    @Override
    public Optional<Executor> executor() {
      return Optional.of(SshExecutor.builder().build());
    }

    @Override
    public boolean belongsToProvider(Thread thread) {
      return thread.getName().startsWith("memory-");
    }

    @Override
    public Duration settleTimeout() {
      return Duration.ofSeconds(5); // each try to log in is a real one
    }
  }

  /** Forgets the public key. */
  @Breaks("S2")
  static final class SendsNoPublicKey extends LoginDriver {
    @Override
    InstanceSet broken(InstanceSet set) {
      return new OfBroken(set) {
        @Override
        public Instance create(CreateRequest request) throws CloudException, InterruptedException {
          return super.create(request.toBuilder().publicKey(null).build());
        }
      };
    }
  }

  /** Has the key put where another user logs in. */
  @Breaks("S2")
  static final class TellsAnotherUser extends LoginDriver {
    @Override
    Instance broken(Instance instance) {
      return new ForwardingInstance(instance) {
        @Override
        public String remoteUser() {
          return "another";
        }
      };
    }
  }

  /** Returns nothing where there is nothing to tell yet. */
  @Breaks("S10")
  static final class ReturnsNullFromCreate extends CreateDriver {
    @Override
    @SuppressWarnings("NullAway") // which is the point
    Instance create(InstanceSet right, CreateRequest request)
        throws CloudException, InterruptedException {
      right.create(request);
      return null;
    }
  }

  /** Takes a lost answer for a refusal. */
  @Breaks("S10")
  static final class LosesAnUnknownOutcome extends BrokenDriver {
    @Override
    InstanceSet broken(InstanceSet set) {
      return new OfBroken(set) {
        private volatile boolean stopping;

        @Override
        public Instance create(CreateRequest request) throws CloudException, InterruptedException {
          try {
            return super.create(request);
          } catch (OutcomeUnknownException e) {
            if (stopping) {
              throw e;
            }
            throw new CloudException("no answer", e);
          }
        }

        @Override
        public void stop() {
          stopping = true;
          super.stop();
        }
      };
    }
  }

  /** Creates, and tags what it has created. */
  @Breaks("S10")
  static final class TagsAfterTheCreate extends CreateDriver {
    @Override
    Instance create(InstanceSet right, CreateRequest request)
        throws CloudException, InterruptedException {
      if (request.attemptToken().isPresent()) {
        return right.create(request);
      }
      Instance made = right.create(request.toBuilder().tags(InstanceTags.empty()).build());
      made.setTags(request.tags());
      return made;
    }
  }

  /** Tries a refused create again, and forgets what has come of it. */
  @Breaks("S10")
  static final class LeavesAnInstance extends CreateDriver {
    @Override
    Instance create(InstanceSet right, CreateRequest request)
        throws CloudException, InterruptedException {
      try {
        return right.create(request);
      } catch (OutcomeUnknownException e) {
        throw e;
      } catch (CloudException e) {
        right.create(request);
        throw e;
      }
    }
  }

  /** Makes a disk first, and keeps it where there is no instance for it. */
  @Breaks("S10")
  static final class LeavesADisk extends CreateDriver {
    private final Disks disks = new Disks();

    @Override
    Instance create(InstanceSet right, CreateRequest request)
        throws CloudException, InterruptedException {
      try {
        return right.create(request);
      } catch (CloudException e) {
        if (request.attemptToken().isEmpty() && !(e instanceof OutcomeUnknownException)) {
          disks.add(request, InstanceId.of("i-never"));
        }
        throw e;
      }
    }

    @Override
    public Optional<ProviderView> provider() {
      return super.provider().map(disks::with);
    }
  }

  /** Raises what its HTTP client raises. */
  @Breaks("S10")
  static final class RaisesUncheckedExceptions extends CreateDriver {
    @Override
    Instance create(InstanceSet right, CreateRequest request)
        throws CloudException, InterruptedException {
      try {
        return right.create(request);
      } catch (CloudException e) {
        if (e.providerCode().equals(Optional.of("InternalError"))) {
          throw new UnsupportedOperationException("status 500", e);
        }
        throw e;
      }
    }
  }
}
