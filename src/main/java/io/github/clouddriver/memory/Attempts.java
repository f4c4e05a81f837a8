package io.github.clouddriver.memory;

import io.github.clouddriver.AttemptToken;
import io.github.clouddriver.CreateRequest;
import io.github.clouddriver.error.CloudException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What each attempt token has made (clause S11). Each owner has tokens of its own; they are
 * remembered for the life of the account. Guarded by its owner's lock.
 */
final class Attempts {
  private record Key(SetIdentity owner, AttemptToken token) {}

  private final Map<Key, Machine> made = new HashMap<>();
  private final Set<Key> ended = new HashSet<>();

  /**
   * What an earlier request with this request's token has made.
   *
   * @return null if there was no such request, or this one has no token
   * @throws CloudException if the earlier request was another one, or its instance has ended
   */
  @Nullable Machine find(SetIdentity owner, CreateRequest request, Instant now)
      throws CloudException {
    AttemptToken token = request.attemptToken().orElse(null);
    if (token == null) {
      return null;
    }
    Key key = new Key(owner, token);
    Machine machine = made.get(key);
    if (ended.contains(key) || (machine != null && machine.isEnding(now))) {
      throw refused(token, "has made an instance that has ended", "IdempotentInstanceTerminated");
    }
    if (machine != null && !machine.request().equals(request)) {
      throw refused(token, "belongs to a different request", "IdempotentParameterMismatch");
    }
    return machine;
  }

  private static CloudException refused(AttemptToken token, String why, String code) {
    return new CloudException(
        "the attempt token " + token + " " + why + "; nothing was created", null, code, null);
  }

  void made(Machine machine) {
    machine
        .request()
        .attemptToken()
        .ifPresent(token -> made.put(new Key(machine.owner(), token), machine));
  }

  /** The machine is about to be forgotten; its token is not. */
  void ended(Machine machine) {
    machine
        .request()
        .attemptToken()
        .ifPresent(
            token -> {
              Key key = new Key(machine.owner(), token);
              made.remove(key);
              ended.add(key);
            });
  }
}
