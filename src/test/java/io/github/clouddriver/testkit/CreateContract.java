package io.github.clouddriver.testkit;

import static io.github.clouddriver.testkit.ProviderFaults.Call.CREATE;
import static io.github.clouddriver.testkit.ProviderFaults.Call.KEY_UPLOAD;

import io.github.clouddriver.AttemptToken;
import io.github.clouddriver.Capability;
import io.github.clouddriver.CreateRequest;
import io.github.clouddriver.InitCommand;
import io.github.clouddriver.Instance;
import io.github.clouddriver.InstanceSet;
import io.github.clouddriver.InstanceState;
import io.github.clouddriver.InstanceTags;
import io.github.clouddriver.error.CapacityScope;
import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.error.NotImplementedException;
import io.github.clouddriver.error.OutcomeUnknownException;
import io.github.clouddriver.exec.ExecResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How instances are made: clauses S1 to S3, S10 and S11. */
public abstract class CreateContract extends ContractTest {
  private static final InstanceTags TAGS =
      InstanceTags.of("kit-a", "1").with("kit-b", "two words").with("kit-empty", "");

  /** For the test class of a driver author. */
  protected CreateContract() {}

  /**
   * Asks that an instance has the requested type and tags, at once and in the next list. If it
   * fails: is {@code providerType()} the provider's name, not the caller's? Are all tags sent with
   * the create, and the handle made with them?
   *
   * @throws Exception if the driver breaks the clause
   */
  @Test
  public void required_S1_typeAndTagsAreAsRequested() throws Exception {
    InstanceSet set = lab().open();
    InstanceTags tags = tags(set);
    Instance made = lab().create(set, request -> request.tags(tags));
    checkTypeAndTags(made, tags, "the instance that create returned");
    lab().awaitListed(set, made);
    lab()
        .check(
            lab()
                .next(
                    set,
                    () ->
                        lab()
                            .find(set, made.id())
                            .filter(row -> row.tags().containsAll(tags))
                            .isPresent()),
            "the next list does not show " + made + " with the tags " + tags.asMap() + ".",
            "are all tags stored by the create itself, and read by the list?");
    checkTypeAndTags(lab().find(set, made.id()).orElse(made), tags, "the next list's row");
  }

  private InstanceTags tags(InstanceSet set) {
    Map<String, String> tags = new LinkedHashMap<>(TAGS.asMap());
    tags.putAll(lab().tagOf(set).asMap());
    return InstanceTags.of(tags);
  }

  private void checkTypeAndTags(Instance instance, InstanceTags tags, String who) {
    String type = lab().subject().instanceType().providerType();
    lab()
        .check(
            type.equals(instance.providerType()),
            who + " has the provider type " + instance.providerType() + ", not " + type + ".",
            "providerType() is that of the requested InstanceType.");
    lab()
        .check(
            instance.tags().containsAll(tags),
            who + " has the tags " + instance.tags().asMap() + ", not all of " + tags.asMap() + ".",
            "keep every requested tag, also with an empty value.");
  }

  /**
   * Asks that a create without a public key works, and that its instance answers everything that is
   * asked before a login. If it fails: is an absent key sent on as null?
   *
   * @throws Exception if the driver breaks the clause
   */
  @Test
  public void required_S2_noPublicKeyIsNeeded() throws Exception {
    InstanceSet set = lab().open();
    Throwable raised =
        lab()
            .raisedBy(
                () -> {
                  Instance made = lab().createUnchecked(set, lab().request(set).build());
                  made.address();
                  made.remoteUser();
                });
    lab()
        .check(
            raised == null,
            "without a public key, create or the instance raised " + raised + ".",
            "a request without a key makes the same instance, where nobody can log in.");
  }

  /**
   * Asks that the owner of the private key can log in as {@code remoteUser()}. Skipped without
   * PUBLIC_KEY, whose lack must not make the create fail, and where {@code executor()} is empty. If
   * it fails: does the key reach the user that {@code remoteUser()} names?
   *
   * @throws Exception if the driver breaks the clause
   */
  @Test
  public void required_S2_theKeysOwnerCanLogIn() throws Exception {
    InstanceSet set = lab().open();
    Instance made = lab().create(set, request -> request.publicKey(Keys.pair().getPublic()));
    lab().needCapability(set, Capability.PUBLIC_KEY, () -> {});
    ExecResult result = Login.run(lab(), set, made, "echo kit");
    lab()
        .check(
            result.succeeded() && result.stdoutText().strip().equals("kit"),
            "as " + made.remoteUser() + " the key's owner got " + result + ".",
            "the login's shell runs commands.");
  }

  /**
   * Asks that the init command runs once, before the instance counts as booted, with every byte.
   * Skipped without INIT_COMMAND, where {@code verifyHostKey} must not answer "not implemented",
   * and where {@code provider()} shows no init commands. If it fails: through which layers of
   * quotes does the command go?
   *
   * @throws Exception if the driver breaks the clause
   */
  @Test
  public void required_S3_theInitCommandRunsOnceAsItIs() throws Exception {
    InstanceSet set = lab().open();
    needInitCommands(set);
    ProviderView provider = lab().needProvider();
    String odd = "echo 'one' \"two\" $HOME \\ `x` %s !\n\techo ünï → 🙂; true";
    String longest = "#" + "x".repeat(1021) + "y";
    for (String text : List.of(odd, ":", longest)) {
      Instance made = lab().create(set, request -> request.initCommand(InitCommand.of(text)));
      boolean booted = lab().pace().settles(() -> hasBooted(set, made));
      List<byte[]> runs =
          provider
              .initCommands(made.id())
              .orElseThrow(() -> Lab.excuse("provider() shows no init commands"));
      lab()
          .check(
              runs.size() == 1,
              made
                  + (booted ? " has booted" : " has not booted in time")
                  + " and has run its init"
                  + " command "
                  + runs.size()
                  + " times.",
              "it runs once, before the instance counts as booted.");
      byte[] sent = text.getBytes(StandardCharsets.UTF_8);
      lab()
          .check(
              Arrays.equals(runs.get(0), sent),
              "the init command arrived as "
                  + quoted(runs.get(0))
                  + ", sent was "
                  + quoted(sent)
                  + ".",
              "no byte is lost, quoted, expanded or converted.");
      lab().destroyAndWait(set, made);
    }
  }

  private void needInitCommands(InstanceSet set) throws Exception {
    lab()
        .needCapability(
            set,
            Capability.INIT_COMMAND,
            () -> {
              Instance made =
                  lab().create(set, request -> request.initCommand(InitCommand.of("true")));
              Throwable raised =
                  lab().raisedBy(() -> made.verifyHostKey(Keys.newPair().getPublic(), null));
              lab()
                  .check(
                      !(raised instanceof NotImplementedException),
                      "a set without INIT_COMMAND answers \"not implemented\" to verifyHostKey.",
                      "run init commands, or always verify host keys.");
            });
  }

  private boolean hasBooted(InstanceSet set, Instance made) throws Exception {
    return !set.capabilities().contains(Capability.STATE)
        || lab()
            .find(set, made.id())
            .filter(row -> row.state() == InstanceState.RUNNING)
            .isPresent();
  }

  private static String quoted(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    return "\""
        + (text.length() > 100 ? text.substring(0, 100) + "…" : text)
        + "\" ("
        + bytes.length
        + " bytes)";
  }

  /**
   * Asks that a create which nothing hinders returns an instance. If it fails: is there a way
   * through {@code create} that ends without an instance and without an exception?
   *
   * @throws Exception if the driver breaks the clause
   */
  @Test
  public void required_S10_anInstanceIsReturned() throws Exception {
    InstanceSet set = lab().open();
    lab().create(set); // null is a breach of S10 in every test; here it is the test's own
  }

  /**
   * Asks that after a create that was refused there is no instance and no part of one. Skipped
   * where {@code faults()} is empty. If it fails: are disks and addresses made before the instance
   * removed again?
   *
   * @throws Exception if the driver breaks the clause
   */
  @Test
  public void required_S10_aRefusedCreateLeavesNothing() throws Exception {
    ProviderFaults faults = lab().needFaults();
    InstanceSet set = lab().open();
    List<Lab.Step> refusals =
        List.of(
            () -> Lab.need(faults.exhaustQuota(), "exhaustQuota"),
            () -> Lab.need(faults.exhaustCapacity(CapacityScope.ALL), "exhaustCapacity"),
            () -> Lab.need(faults.throttle(CREATE, null), "throttle"),
            () -> Lab.need(faults.fail(KEY_UPLOAD), "fail(KEY_UPLOAD)"),
            () -> Lab.need(faults.fail(CREATE), "fail(CREATE)"));
    int refused = 0;
    for (Lab.Step refusal : refusals) {
      faults.clear();
      try {
        refusal.run();
      } catch (Verdict.Skip e) {
        continue; // this provider cannot be made to refuse like that
      }
      CreateRequest request = lab().request(set).publicKey(Keys.newPair().getPublic()).build();
      List<Instance> made = new ArrayList<>();
      Throwable raised = lab().raisedBy(() -> made.add(lab().createUnchecked(set, request)));
      if (raised == null) {
        lab().destroyAndWait(set, made.get(0)); // as where a driver uploads no key
        continue;
      }
      refused++;
      lab()
          .check(
              raised instanceof CloudException && !(raised instanceof OutcomeUnknownException),
              "a create that the provider refused raised " + raised + ".",
              "nothing was created and the provider said so: a CloudException, but no"
                  + " OutcomeUnknownException.");
      checkNothingCreated(set, raised);
    }
    Lab.need(refused > 0, "the provider cannot be made to refuse a create");
  }

  private void checkNothingCreated(InstanceSet set, Throwable raised) throws Exception {
    String lookAt = "remove what a failed create has made, or raise OutcomeUnknownException.";
    lab().letListsCatchUp(set);
    lab()
        .check(
            lab().pace().staysTrue(() -> lab().list(set).isEmpty()),
            "after create had raised " + raised + " there was an instance.",
            lookAt);
    ProviderView provider = lab().subject().provider().orElse(null);
    if (provider != null) {
      lab()
          .check(
              provider.resources(lab().id()).stream().allMatch(each -> each.instance() == null),
              "after create had raised "
                  + raised
                  + " there was "
                  + provider.resources(lab().id())
                  + ".",
              lookAt);
    }
  }

  /**
   * Asks that a create whose answer is lost raises {@code OutcomeUnknownException}, and that the
   * attempt's tags find the instance. Skipped where {@code faults()} cannot lose a response. If it
   * fails: what does the driver raise for a connection that breaks after the request? Does it set
   * the tags with the create, or after it?
   *
   * @throws Exception if the driver breaks the clause
   */
  @Test
  public void required_S10_anUnknownOutcomeIsFoundByItsTags() throws Exception {
    ProviderFaults faults = lab().needFaults();
    InstanceSet set = lab().open();
    Lab.need(faults.loseResponse(CREATE), "faults() cannot lose the response to a create");
    InstanceTags attempt = lab().tagOf(set).with("kit-attempt", Lab.newId().value());
    Throwable raised =
        lab().raisedBy(() -> lab().createUnchecked(set, lab().request(set).tags(attempt).build()));
    lab().outcomeUnknown();
    if (!(raised instanceof OutcomeUnknownException)) {
      lab().checkPlainCreate(set);
    }
    lab()
        .check(
            raised instanceof OutcomeUnknownException,
            "a create whose answer was lost " + ended(raised) + ".",
            "the request may have reached the provider: raise OutcomeUnknownException.");
    if (!lab().next(set, () -> finds(set, attempt))) {
      throw notFound(set, attempt);
    }
  }

  private boolean finds(InstanceSet set, InstanceTags attempt) throws Exception {
    return lab().list(set, attempt).stream().anyMatch(row -> row.tags().containsAll(attempt));
  }

  private Breach notFound(InstanceSet set, InstanceTags attempt) throws Exception {
    if (!lab().listTagged(set, attempt).isEmpty()) {
      return new Breach(
          "S5",
          "the filter " + attempt.asMap() + " leaves out an instance that has these tags.",
          "show what has all the filter's tags with equal values.",
          null);
    }
    return lab().pace().settles(() -> finds(set, attempt))
        ? lab().notListed("an instance whose create had an unknown outcome")
        : lab()
            .breach(
                "after an unknown outcome the attempt's tags find no instance.",
                "send the tags with the request that creates, and never destroy what may be there.",
                null);
  }

  private static String ended(Throwable raised) {
    return raised == null ? "returned an instance" : "raised " + raised;
  }

  /**
   * Asks that a repeated token returns the same instance, and is refused with other parameters and
   * after the instance's end. Skipped without ATTEMPT_TOKEN, where a token must raise {@code
   * NotImplementedException}. If it fails: does the token reach the provider's own idempotency, and
   * who remembers it after the end?
   *
   * @throws Exception if the driver breaks the clause
   */
  @Test
  public void required_S11_aTokenMakesOneInstance() throws Exception {
    InstanceSet set = lab().open();
    AttemptToken token = AttemptToken.random();
    CreateRequest request = lab().request(set).attemptToken(token).build();
    lab()
        .needCapability(
            set,
            Capability.ATTEMPT_TOKEN,
            () -> {
              Throwable raised = lab().raisedBy(() -> lab().createUnchecked(set, request));
              lab()
                  .check(
                      raised instanceof NotImplementedException,
                      "a set without ATTEMPT_TOKEN "
                          + ended(raised)
                          + " for a request with a token.",
                      "raise NotImplementedException, so that nobody relies on it.");
            });
    Instance first = firstWithToken(set, request);
    Throwable[] repeated = new Throwable[1];
    Instance[] second = new Instance[1];
    repeated[0] = lab().raisedBy(() -> second[0] = lab().createUnchecked(set, request));
    lab()
        .check(
            repeated[0] == null && second[0].id().equals(first.id()),
            "the same request with the same token "
                + (repeated[0] == null ? "made " + second[0] : "raised " + repeated[0])
                + " after it had made "
                + first
                + ".",
            "the same request with the same token returns the same instance.");
    checkRefused(
        set,
        request.toBuilder().tags(lab().tagOf(set).with("kit-other", "1")).build(),
        "with other tags");
    lab().destroyAndWait(set, first);
    checkRefused(set, request, "after the end of its instance");
  }

  private Instance firstWithToken(InstanceSet set, CreateRequest request) throws Exception {
    List<Instance> made = new ArrayList<>();
    Throwable raised = lab().raisedBy(() -> made.add(lab().createUnchecked(set, request)));
    if (raised != null) {
      lab().checkPlainCreate(set);
      throw lab()
          .breach(
              "the first request with a token raised " + raised + "; without one it works.",
              "claim ATTEMPT_TOKEN only where requests may have a token.",
              raised);
    }
    return made.get(0);
  }

  private void checkRefused(InstanceSet set, CreateRequest request, String when) {
    Throwable raised = lab().raisedBy(() -> lab().createUnchecked(set, request));
    lab()
        .check(
            raised instanceof CloudException && !(raised instanceof OutcomeUnknownException),
            "a used token " + when + " " + ended(raised) + ".",
            "refuse it with a CloudException; it never makes a second instance.");
  }

  /**
   * Asks that a repeated token still finds the instance after its answer was lost. Skipped without
   * ATTEMPT_TOKEN and where {@code faults()} cannot lose a response. If it fails: is the token sent
   * with the first request?
   *
   * @throws Exception if the driver breaks the clause
   */
  @Test
  public void required_S11_aTokenFindsALostInstance() throws Exception {
    ProviderFaults faults = lab().needFaults();
    InstanceSet set = lab().open();
    lab().needCapability(set, Capability.ATTEMPT_TOKEN, () -> {});
    Lab.need(faults.loseResponse(CREATE), "faults() cannot lose the response to a create");
    CreateRequest request = lab().request(set).attemptToken(AttemptToken.random()).build();
    Throwable lost = lab().raisedBy(() -> lab().createUnchecked(set, request));
    lab().outcomeUnknown();
    Throwable raised = lab().raisedBy(() -> lab().createUnchecked(set, request));
    if (raised != null) {
      lab().checkPlainCreate(set);
    }
    lab()
        .check(
            raised == null,
            "after " + lost + " the same request with the same token raised " + raised + ".",
            "the same request with the same token returns the instance.");
    lab().letListsCatchUp(set);
    lab()
        .check(
            lab().list(set).size() <= 1,
            "a lost create that was repeated with its token left " + lab().list(set) + ".",
            "the token never makes a second instance.");
  }
}
