package io.github.clouddriver.testkit;

import static io.github.clouddriver.testkit.ProviderFaults.Call.CREATE;
import static io.github.clouddriver.testkit.ProviderFaults.Call.DESTROY;
import static io.github.clouddriver.testkit.ProviderFaults.Call.KEY_UPLOAD;
import static io.github.clouddriver.testkit.ProviderFaults.Call.LIST;
import static io.github.clouddriver.testkit.ProviderFaults.Call.SET_TAGS;

import io.github.clouddriver.CreateRequest;
import io.github.clouddriver.ForwardingInstance;
import io.github.clouddriver.Instance;
import io.github.clouddriver.InstanceSet;
import io.github.clouddriver.error.CapacityError;
import io.github.clouddriver.error.CapacityScope;
import io.github.clouddriver.error.CloudError;
import io.github.clouddriver.error.CloudErrors;
import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.error.QuotaError;
import io.github.clouddriver.error.RateLimitError;
import io.github.clouddriver.testkit.ProviderFaults.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How a driver classifies what goes wrong: clauses X1 to X5. */
public abstract class ErrorContract extends ContractTest {
  private static final Duration ASKED = Duration.ofSeconds(90);

  /** For the test class of a driver author. */
  protected ErrorContract() {}

  /**
   * Asks that the retry time lies in the future and is no earlier than the provider asked for, also
   * where it asked for nothing. Skipped where {@code faults()} cannot throttle. If it fails: is the
   * provider's answer a time or a span, and is it added to the driver's clock?
   *
   * @throws Exception if the driver breaks the clause
   */
  @Test
  public void required_X1_theRetryTimeIsAhead() throws Exception {
    InstanceSet set = lab().open();
    Instant before = lab().subject().clock().instant();
    Instant retry = throttledList(set, ASKED).earliestRetry();
    lab()
        .check(
            retry != null && !retry.isBefore(before.plus(ASKED)),
            "the provider asked for "
                + ASKED
                + " at "
                + before
                + "; earliestRetry() is "
                + retry
                + ".",
            "never retry earlier than the provider says.");
    RateLimitError error = throttledList(set, null);
    Instant now = lab().subject().clock().instant();
    lab()
        .check(
            error.earliestRetry() != null && error.earliestRetry().isAfter(now),
            "the provider asked for nothing; earliestRetry() is "
                + error.earliestRetry()
                + " at "
                + now
                + ".",
            "choose a delay where the provider does not.");
    lab()
        .check(
            error.retryAt().equals(Optional.of(error.earliestRetry())),
            "retryAt() is " + error.retryAt() + ", earliestRetry() " + error.earliestRetry() + ".",
            "do not override retryAt().");
  }

  /**
   * Asks that after a success the next delay is no longer than the first was. Skipped where {@code
   * faults()} cannot throttle without a time. If it fails: is the driver's own delay reset by a
   * success?
   *
   * @throws Exception if the driver breaks the clause
   */
  @Test
  public void required_X1_aSuccessResetsTheDelay() throws Exception {
    InstanceSet set = lab().open();
    Duration first = delay(set);
    for (int i = 0; i < 3; i++) {
      delay(set);
    }
    lab().list(set);
    Duration afterwards = delay(set);
    lab()
        .check(
            afterwards.compareTo(first.plusSeconds(1)) <= 0,
            "the first delay was " + first + "; after a success it was " + afterwards + ".",
            "a success lets the next delay start from the smallest again.");
  }

  private Duration delay(InstanceSet set) throws Exception {
    RateLimitError error = throttledList(set, null);
    lab()
        .check(
            error.earliestRetry() != null,
            "the provider asked for nothing; earliestRetry() is null.",
            "choose a delay where the provider does not.");
    return Duration.between(lab().subject().clock().instant(), error.earliestRetry());
  }

  private RateLimitError throttledList(InstanceSet set, @Nullable Duration asked) throws Exception {
    Lab.need(
        lab().needFaults().throttle(LIST, asked),
        "faults() cannot throttle a list, where the provider asks for " + asked);
    Throwable raised = lab().raisedBy(() -> set.instances(lab().tagOf(set)));
    RateLimitError error = CloudErrors.find(raised, RateLimitError.class).orElse(null);
    if (error == null) {
      throw new Breach(
          "X4",
          "a throttled list " + ended(raised) + ", in which there is no RateLimitError.",
          "which code does the provider throttle with?",
          raised);
    }
    return error;
  }

  private static String ended(@Nullable Throwable raised) {
    return raised == null ? "returned" : "raised " + raised;
  }

  /**
   * Asks that a create raises a quota error when the account is full, and works again when there is
   * room. Skipped where neither {@code quota()} nor {@code faults()} fills the account. If it
   * fails: which codes does the provider have for its limits?
   *
   * @throws Exception if the driver breaks the clause
   */
  @Test
  public void required_X2_aFullAccountIsAQuotaError() throws Exception {
    InstanceSet set = lab().open();
    List<Instance> made = new ArrayList<>();
    int quota = lab().subject().quota().orElse(-1);
    if (quota >= 0) {
      for (int i = 0; i < quota; i++) {
        made.add(lab().create(set));
      }
    } else {
      Lab.need(
          lab().needFaults().exhaustQuota(), "faults() cannot fill the account, nor does quota()");
    }
    Throwable raised = refused(set);
    if (CloudErrors.find(raised, QuotaError.class).isEmpty() && made.isEmpty()) {
      lab().checkPlainCreate(set);
    }
    QuotaError error = find(raised, QuotaError.class, "a create in a full account");
    lab()
        .check(
            error.isQuotaError(),
            "in a full account isQuotaError() is false.",
            "false means that it is no quota error.");
    lab()
        .check(
            CloudErrors.find(raised, RateLimitError.class).isEmpty(),
            "a create in a full account is a rate limit too.",
            "waiting does not help; only what really applies is a class of the exception.");
    for (Instance each : made) {
      lab().destroyAndWait(set, each);
    }
    lab().create(set);
  }

  private @Nullable Throwable refused(InstanceSet set) {
    CreateRequest request = lab().request(set).build();
    return lab().raisedBy(() -> lab().createUnchecked(set, request));
  }

  private <E extends CloudError> E find(@Nullable Throwable raised, Class<E> kind, String what) {
    return CloudErrors.find(raised, kind)
        .orElseThrow(
            () ->
                lab()
                    .breach(
                        what
                            + " "
                            + ended(raised)
                            + ", in which there is no "
                            + kind.getSimpleName()
                            + ".",
                        "which code does the provider answer with, and where is it classified?",
                        raised));
  }

  /**
   * Asks that a create raises a capacity error when the provider has no room, with the right scope
   * and only one. Skipped where {@code faults()} cannot take away capacity; scopes that the
   * provider does not know are left out. If it fails: which code stands for which scope?
   *
   * @throws Exception if the driver breaks the clause
   */
  @Test
  public void required_X3_noRoomIsACapacityErrorOfOneScope() throws Exception {
    ProviderFaults faults = lab().needFaults();
    InstanceSet set = lab().open();
    int tried = 0;
    for (CapacityScope scope : CapacityScope.values()) {
      if (!faults.exhaustCapacity(scope)) {
        continue;
      }
      tried++;
      Throwable raised = refused(set);
      if (CloudErrors.find(raised, CapacityError.class).isEmpty()) {
        lab().checkPlainCreate(set);
      }
      CapacityError error = find(raised, CapacityError.class, "a create without room");
      boolean forType = error.isInstanceTypeSpecific();
      boolean forGroup = error.isInstanceQuotaGroupSpecific();
      String told =
          "without capacity for "
              + scope
              + ", isInstanceTypeSpecific() is "
              + forType
              + ", isInstanceQuotaGroupSpecific() "
              + forGroup
              + ", scope() "
              + error.scope()
              + ".";
      lab()
          .check(error.isCapacityError(), "without room isCapacityError() is false.", "it is one.");
      lab().check(!(forType && forGroup), told, "what concerns the group is not type-specific.");
      lab()
          .check(
              forType == (scope == CapacityScope.INSTANCE_TYPE)
                  && forGroup == (scope == CapacityScope.QUOTA_GROUP),
              told,
              "tell the scope that the provider's code means.");
      lab().check(error.scope() == scope, told, "scope() says the same as the predicates.");
    }
    Lab.need(tried > 0, "faults() cannot take away capacity");
  }

  /**
   * Asks that each remote call classifies a throttled answer, also through a decorator. Skipped
   * where {@code faults()} cannot throttle. If it fails: which call has a request path of its own?
   *
   * @throws Exception if the driver breaks the clause
   */
  @Test
  public void required_X4_everyCallClassifies() throws Exception {
    ProviderFaults faults = lab().needFaults();
    lab().needRoomFor(2);
    InstanceSet set = lab().open();
    Instance made = new Decorated(lab().create(set));
    Map<Call, Lab.Step> calls = new LinkedHashMap<>();
    calls.put(CREATE, () -> lab().createUnchecked(set, lab().request(set).build()));
    calls.put(LIST, () -> set.instances(lab().tagOf(set)));
    calls.put(SET_TAGS, () -> made.setTags(lab().tagOf(set)));
    calls.put(DESTROY, made::destroy);
    calls.put(
        KEY_UPLOAD,
        () ->
            lab()
                .createUnchecked(
                    set, lab().request(set).publicKey(Keys.newPair().getPublic()).build()));
    int tried = 0;
    for (Map.Entry<Call, Lab.Step> call : calls.entrySet()) {
      if (!faults.throttle(call.getKey(), null)) {
        continue;
      }
      tried++;
      Throwable raised = lab().raisedBy(call.getValue());
      faults.clear();
      if (raised == null && call.getKey() == KEY_UPLOAD) {
        continue; // a driver that uploads no key
      }
      lab()
          .check(
              raised instanceof CloudException,
              "a throttled " + call.getKey() + " " + ended(raised) + ".",
              "what the provider refuses is a CloudException.");
      find(raised, RateLimitError.class, "a throttled " + call.getKey());
    }
    Lab.need(tried > 0, "faults() cannot throttle");
  }

  /** Not tested: whether a class comes from a code or from a text cannot be seen from outside. */
  @Test
  public void untested_X5_classesComeFromCodes() {
    throw new Verdict.Skip(
        Verdict.UNTESTED,
        "whether a class comes from a code or from a text cannot be seen from outside");
  }

  /** A decorator that changes nothing. */
  private static final class Decorated extends ForwardingInstance {
    Decorated(Instance delegate) {
      super(delegate);
    }
  }
}
