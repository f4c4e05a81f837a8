package io.github.clouddriver.memory;

import static io.github.clouddriver.memory.Sets.A;
import static io.github.clouddriver.memory.Sets.MINUTE;
import static io.github.clouddriver.memory.Sets.START;
import static io.github.clouddriver.memory.Sets.cloud;
import static io.github.clouddriver.memory.Sets.create;
import static io.github.clouddriver.memory.Sets.list;
import static io.github.clouddriver.memory.Sets.newKey;
import static io.github.clouddriver.memory.Sets.request;
import static io.github.clouddriver.memory.Sets.tagged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.clouddriver.CreateRequest;
import io.github.clouddriver.Instance;
import io.github.clouddriver.InstanceSet;
import io.github.clouddriver.InstanceTags;
import io.github.clouddriver.error.CapacityError;
import io.github.clouddriver.error.CapacityScope;
import io.github.clouddriver.error.CloudError;
import io.github.clouddriver.error.CloudErrors;
import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.error.OutcomeUnknownException;
import io.github.clouddriver.error.QuotaError;
import io.github.clouddriver.error.RateLimitError;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each of a create's outcomes is what it says, and every call classifies (S10, X1 to X4). */
class CreateOutcomeTest {
  private final ManualClock clock = ManualClock.at(START);
  private final MemoryCloud cloud = cloud().clock(clock).build();
  private InstanceSet set;

  @BeforeEach
  void open() throws Exception {
    set = Sets.open(cloud, A);
  }

  @AfterEach
  void nothingIsScriptedAnyMore() {
    assertThat(cloud.faults().pending()).isEmpty();
    cloud.close();
  }

  @Test
  void S10_X2_aQuotaErrorCreatesNothing() {
    cloud.faults().add(Operation.CREATE, Fault.quota());
    Throwable thrown = catchThrowable(() -> create(set));
    assertThat(CloudErrors.find(thrown, QuotaError.class)).isPresent();
    assertNothingWasCreatedBy(thrown);
  }

  @ParameterizedTest
  @EnumSource
  void S10_X3_aCapacityErrorHasItsScopeAndCreatesNothing(CapacityScope scope) {
    cloud.faults().add(Operation.CREATE, Fault.capacity(scope).retryAfter(MINUTE));
    Throwable thrown = catchThrowable(() -> create(set));
    CapacityError found = CloudErrors.find(thrown, CapacityError.class).orElseThrow();
    assertThat(found.scope()).isEqualTo(scope);
    assertThat(found.isInstanceTypeSpecific()).isEqualTo(scope == CapacityScope.INSTANCE_TYPE);
    assertThat(found.isInstanceQuotaGroupSpecific()).isEqualTo(scope == CapacityScope.QUOTA_GROUP);
    assertThat(found.retryAt()).contains(START.plus(MINUTE));
    assertNothingWasCreatedBy(thrown);
  }

  @Test
  void X2_X3_aFalsePredicateMeansNotOfThisClass() {
    cloud
        .faults()
        .add(
            Operation.CREATE,
            Fault.quotaThatIsNone().and(Fault.capacity(CapacityScope.QUOTA_GROUP)),
            Fault.capacityThatIsNone().and(Fault.quota()),
            Fault.quotaThatIsNone());
    Throwable capacity = catchThrowable(() -> create(set));
    assertThat(capacity).isInstanceOf(QuotaError.class);
    assertThat(CloudErrors.find(capacity, QuotaError.class)).isEmpty();
    assertThat(CloudErrors.find(capacity, CapacityError.class)).isPresent();
    Throwable quota = catchThrowable(() -> create(set));
    assertThat(quota).isInstanceOf(CapacityError.class);
    assertThat(CloudErrors.find(quota, CapacityError.class)).isEmpty();
    assertThat(CloudErrors.find(quota, QuotaError.class)).isPresent();
    Throwable neither = catchThrowable(() -> create(set));
    assertThat(neither).isInstanceOf(QuotaError.class);
    assertThat(CloudErrors.find(neither, QuotaError.class)).isEmpty();
    assertNothingWasCreatedBy(neither);
  }

  @Test
  void X4_everyOperationTellsOfARateLimit() throws Exception {
    Instance made = create(set);
    for (Operation operation :
        new Operation[] {
          Operation.OPEN,
          Operation.CREATE,
          Operation.LIST,
          Operation.SET_TAGS,
          Operation.DESTROY,
          Operation.KEY_UPLOAD
        }) {
      cloud.faults().add(operation, Fault.rateLimit(MINUTE));
      Throwable thrown =
          catchThrowable(
              () -> {
                switch (operation) {
                  case OPEN -> Sets.open(cloud, A);
                  case CREATE -> create(set);
                  case LIST -> list(set);
                  case SET_TAGS -> made.setTags(InstanceTags.of("x", "y"));
                  case DESTROY -> made.destroy();
                  default ->
                      set.create(request(Sets.SMALL).toBuilder().publicKey(newKey()).build());
                }
              });
      assertThat(CloudErrors.find(thrown, RateLimitError.class).map(RateLimitError::earliestRetry))
          .as(operation.name())
          .contains(START.plus(MINUTE));
    }
    assertThat(cloud.instances())
        .singleElement()
        .satisfies(left -> assertThat(left.tags().isEmpty()).isTrue());
    assertThat(cloud.keyPairs()).isEmpty();
  }

  @Test
  void S10_anUnknownOutcomeMayHaveMadeTheInstanceWhichItsTagsFind() throws Exception {
    cloud.faults().add(Operation.CREATE, Fault.outcomeUnknownAfterCommit());
    assertThatThrownBy(() -> set.create(tagged("attempt", "1")))
        .isInstanceOf(OutcomeUnknownException.class);
    assertThat(set.instances(InstanceTags.of("attempt", "1"))).hasSize(1);
  }

  @Test
  void S10_anUnknownOutcomeMayHaveMadeNothing() throws Exception {
    cloud.faults().add(Operation.CREATE, Fault.outcomeUnknownBeforeCommit());
    assertThatThrownBy(() -> set.create(tagged("attempt", "1")))
        .isInstanceOf(OutcomeUnknownException.class);
    assertThat(list(set)).isEmpty();
  }

  @Test
  void S10_anUncheckedExceptionComesThroughBeforeOrAfterTheCommit() throws Exception {
    Fault bug = Fault.unchecked(() -> new ArithmeticException("bug in the driver"));
    cloud.faults().add(Operation.CREATE, bug, Fault.afterCommit(bug));
    assertThatThrownBy(() -> create(set)).isInstanceOf(ArithmeticException.class);
    assertThat(list(set)).isEmpty();
    assertThatThrownBy(() -> create(set)).isInstanceOf(ArithmeticException.class);
    assertThat(list(set)).hasSize(1);
  }

  @Test
  void lostAnswersOfOtherCallsArePlainAndRepeatingTheCallIsSafe() throws Exception {
    Instance made = create(set);
    cloud
        .faults()
        .add(
            Operation.SET_TAGS,
            Fault.outcomeUnknownBeforeCommit(),
            Fault.outcomeUnknownAfterCommit());
    cloud
        .faults()
        .add(
            Operation.DESTROY,
            Fault.outcomeUnknownBeforeCommit(),
            Fault.outcomeUnknownAfterCommit());
    InstanceTags tags = InstanceTags.of("x", "y");
    assertPlain(catchThrowable(() -> made.setTags(tags)));
    assertThat(cloud.instances().get(0).tags().isEmpty()).isTrue();
    assertPlain(catchThrowable(() -> made.setTags(tags)));
    assertThat(cloud.instances().get(0).tags()).isEqualTo(tags);
    assertThat(made.tags()).as("what this handle knows for sure").isEqualTo(InstanceTags.empty());
    made.setTags(tags);
    assertThat(made.tags()).isEqualTo(tags);
    assertPlain(catchThrowable(made::destroy));
    assertThat(cloud.instances()).hasSize(1);
    assertPlain(catchThrowable(made::destroy));
    assertThat(cloud.instances()).isEmpty();
    made.destroy();
  }

  private static void assertPlain(Throwable thrown) {
    assertThat(thrown).isExactlyInstanceOf(CloudException.class);
  }

  @Test
  void S10_aFailedKeyUploadFailsTheCreateAndLeavesNoInstance() throws Exception {
    CreateRequest withKey = request(Sets.SMALL).toBuilder().publicKey(newKey()).build();
    cloud.faults().add(Operation.KEY_UPLOAD, Fault.quota(), Fault.outcomeUnknownAfterCommit());
    assertThat(CloudErrors.find(catchThrowable(() -> set.create(withKey)), QuotaError.class))
        .isPresent();
    Throwable lost = catchThrowable(() -> set.create(withKey));
    assertThat(CloudErrors.find(lost, OutcomeUnknownException.class))
        .as("only the key is in doubt, no instance")
        .isEmpty();
    assertNothingWasCreatedBy(lost);
    assertThat(cloud.keyPairs()).as("a long-lived resource may stay").hasSize(1);
    set.create(withKey);
    assertThat(cloud.keyPairs()).hasSize(1);
  }

  @Test
  void errorsCarryTheProvidersCodeAndRequestId() {
    cloud.faults().add(Operation.CREATE, Fault.error("no such image").code("InvalidAMIID"));
    Throwable thrown = catchThrowable(() -> create(set));
    assertThat(thrown).isInstanceOf(CloudException.class);
    assertThat(((CloudException) thrown).providerCode()).contains("InvalidAMIID");
    assertThat(((CloudException) thrown).requestId()).isPresent();
  }

  private void assertNothingWasCreatedBy(Throwable thrown) {
    assertThat(thrown)
        .isInstanceOf(CloudError.class)
        .isNotInstanceOf(OutcomeUnknownException.class);
    assertThat(cloud.instances()).isEmpty();
  }
}
