package io.github.clouddriver.testkitcheck;

import io.github.clouddriver.AttemptToken;
import io.github.clouddriver.Capability;
import io.github.clouddriver.CreateRequest;
import io.github.clouddriver.Instance;
import io.github.clouddriver.InstanceSet;
import io.github.clouddriver.error.CloudException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Drivers that are wrong about attempt tokens. */
final class BrokenTokens {
  private BrokenTokens() {}

  /** Has not heard of tokens, and says nothing. */
  @Breaks("S11")
  static final class IgnoresTokens extends BrokenCreates.CreateDriver {
    @Override
    Instance create(InstanceSet right, CreateRequest request)
        throws CloudException, InterruptedException {
      return right.create(request.toBuilder().attemptToken(null).build());
    }
  }

  /** Has not heard of tokens, and does not claim to, but creates all the same. */
  @Breaks("S11")
  static final class AcceptsTokensUnclaimed extends BrokenDriver {
    @Override
    InstanceSet broken(InstanceSet set) {
      return new OfBroken(set) {
        @Override
        public Set<Capability> capabilities() {
          Set<Capability> less = EnumSet.copyOf(super.capabilities());
          less.remove(Capability.ATTEMPT_TOKEN);
          return less;
        }
      };
    }
  }

  /** Forgets a token with its instance. */
  @Breaks("S11")
  static final class ForgetsTokens extends BrokenCreates.CreateDriver {
    @Override
    Instance create(InstanceSet right, CreateRequest request)
        throws CloudException, InterruptedException {
      try {
        return right.create(request);
      } catch (CloudException e) {
        if (e.providerCode().equals(Optional.of("IdempotentInstanceTerminated"))) {
          return right.create(request.toBuilder().attemptToken(null).build());
        }
        throw e;
      }
    }
  }

  /** Looks at the token and at nothing else. */
  @Breaks("S11")
  static final class ComparesTokensOnly extends BrokenCreates.CreateDriver {
    private final Map<AttemptToken, CreateRequest> firsts = new ConcurrentHashMap<>();

    @Override
    Instance create(InstanceSet right, CreateRequest request)
        throws CloudException, InterruptedException {
      return right.create(
          request
              .attemptToken()
              .map(token -> firsts.computeIfAbsent(token, any -> request))
              .orElse(request));
    }
  }
}
