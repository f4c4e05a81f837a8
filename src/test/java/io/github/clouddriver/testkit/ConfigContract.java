package io.github.clouddriver.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.clouddriver.InstanceSetId;
import io.github.clouddriver.error.ConfigException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How a driver reads its configuration: clause D2. */
public abstract class ConfigContract extends ContractTest {
  private static final String MARK = "kit-secret-value";

  /** For the test class of a driver author. */
  protected ConfigContract() {}

  /**
   * Asks that a key which the driver does not know is refused, and the known ones are told. If it
   * fails: does the driver bind its configuration with {@code DriverFunc.of(Class, …)}, or look for
   * unknown keys itself?
   *
   * @throws Exception if the driver breaks the clause
   */
  @Test
  public void required_D2_anUnknownKeyIsRefused() throws Exception {
    String key = "KitUnknownKey";
    ConfigException refused = refused(with(key, text(MARK)), "an unknown key, " + key);
    lab()
        .check(
            refused.path().toLowerCase(Locale.ROOT).contains(key.toLowerCase(Locale.ROOT)),
            "the exception for an unknown key has the path "
                + refused.path()
                + ", without the key.",
            "the JSON path is that of the unknown key, such as $." + key);
    List<String> known =
        refused.knownKeys().stream().map(each -> each.toLowerCase(Locale.ROOT)).toList();
    for (String each : keys()) {
      lab()
          .check(
              known.contains(each.toLowerCase(Locale.ROOT)),
              "the exception for an unknown key names as known keys "
                  + refused.knownKeys()
                  + ", without "
                  + each
                  + ".",
              "name all keys that the object takes.");
    }
  }

  /**
   * Asks that each key of {@code config()} is refused with a value of another type: nothing is
   * converted. Skipped where {@code config()} is empty. If it fails: does the driver read numbers
   * from text, or text from numbers?
   *
   * @throws Exception if the driver breaks the clause
   */
  @Test
  public void required_D2_aValueOfTheWrongTypeIsRefused() throws Exception {
    needKeys();
    for (String key : keys()) {
      for (JsonNode wrong : ofOtherTypes(config().get(key))) {
        ConfigException refused = refused(with(key, wrong), "a wrong type at the key " + key);
        lab()
            .check(
                refused.path().toLowerCase(Locale.ROOT).contains(key.toLowerCase(Locale.ROOT)),
                "the exception for a wrong type at "
                    + key
                    + " has the path "
                    + refused.path()
                    + ".",
                "the JSON path is that of the wrong value.");
        lab()
            .check(
                !refused.expected().isBlank(),
                "the exception for a wrong type at " + key + " does not say what was expected.",
                "say what belongs there.");
      }
    }
  }

  /**
   * Asks that a configuration without one of its keys either works, or is refused with a {@code
   * ConfigException}. Skipped where {@code config()} is empty. If it fails: does the driver use a
   * value before it has looked whether it is there?
   *
   * @throws Exception if the driver breaks the clause
   */
  @Test
  public void required_D2_aMissingValueIsRefusedOrNotNeeded() throws Exception {
    needKeys();
    for (String key : keys()) {
      ObjectNode without = config();
      without.remove(key);
      Throwable raised = raisedFor(without);
      lab()
          .check(
              raised == null || raised instanceof ConfigException,
              "without the key " + key + " the driver raised " + raised + ".",
              "a missing required value raises ConfigException.");
    }
  }

  /**
   * Asks that keys are found in any letter case, and that two keys which differ in nothing else are
   * refused. Skipped where {@code config()} is empty. If it fails: does the driver look for keys by
   * their exact text?
   *
   * @throws Exception if the driver breaks the clause
   */
  @Test
  public void required_D2_theLetterCaseOfKeysDoesNotMatter() throws Exception {
    needKeys();
    ObjectNode upper = JsonNodeFactory.instance.objectNode();
    for (String key : keys()) {
      upper.set(otherCase(key), config().get(key));
      Throwable raised = raisedFor(with(otherCase(key), config().get(key)));
      lab()
          .check(
              otherCase(key).equals(key) || raised instanceof ConfigException,
              "the keys "
                  + key
                  + " and "
                  + otherCase(key)
                  + " together "
                  + (raised == null ? "were accepted." : "raised " + raised + "."),
              "two keys that differ only in case are refused with ConfigException.");
    }
    Throwable raised = raisedFor(upper);
    lab()
        .check(
            raised == null,
            "with its keys in the other letter case the configuration raised " + raised + ".",
            "keys match in any letter case.");
  }

  /**
   * Asks that no configuration, JSON's null and an empty object are the same: either all work or
   * all are refused for what is missing. If it fails: does the driver ask null for its keys?
   *
   * @throws Exception if the driver breaks the clause
   */
  @Test
  public void required_D2_noConfigurationIsAnEmptyOne() throws Exception {
    Throwable empty = raisedFor(JsonNodeFactory.instance.objectNode());
    lab()
        .check(
            empty == null || empty instanceof ConfigException,
            "an empty configuration raised " + empty + ".",
            "what is missing raises ConfigException.");
    List<@Nullable JsonNode> absent = new ArrayList<>();
    absent.add(null);
    absent.add(NullNode.getInstance());
    absent.add(MissingNode.getInstance());
    for (JsonNode none : absent) {
      Throwable raised = raisedFor(none);
      lab()
          .check(
              empty == null ? raised == null : raised instanceof ConfigException,
              "an empty configuration "
                  + (empty == null ? "works" : "is refused")
                  + ", but an absent one raised "
                  + raised
                  + ".",
              "absent or null is {}.");
    }
  }

  private ObjectNode config() {
    return lab().subject().config().deepCopy();
  }

  private List<String> keys() {
    List<String> keys = new ArrayList<>();
    lab().subject().config().fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  private void needKeys() {
    Lab.need(!keys().isEmpty(), "config() is empty: there is no key to get wrong");
  }

  private ObjectNode with(String key, JsonNode value) {
    ObjectNode changed = config();
    changed.set(key, value);
    return changed;
  }

  private static JsonNode text(String text) {
    return JsonNodeFactory.instance.textNode(text);
  }

  private static List<JsonNode> ofOtherTypes(JsonNode right) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    List<JsonNode> wrong = new ArrayList<>();
    if (right.isNumber() || right.isBoolean()) {
      wrong.add(text(right.asText())); // what a lenient reader would convert
    } else if (right.isTextual()) {
      wrong.add(json.numberNode(7_654_321.5));
      wrong.add(json.booleanNode(true));
    } else {
      wrong.add(text(MARK));
    }
    wrong.add(
        right.isObject()
            ? json.arrayNode().add(MARK)
            : json.objectNode().put("KitUnknownKey", MARK));
    return wrong;
  }

  private static String otherCase(String key) {
    String upper = key.toUpperCase(Locale.ROOT);
    return upper.equals(key) ? key.toLowerCase(Locale.ROOT) : upper;
  }

  /** What a configuration raises; a set that it opens is stopped with the test. */
  private @Nullable Throwable raisedFor(@Nullable JsonNode config) throws Exception {
    return lab().raisedBy(() -> lab().openUnchecked(lab().subject().driver(), config, Lab.newId()));
  }

  private ConfigException refused(JsonNode config, String what) throws Exception {
    InstanceSetId id = Lab.newId();
    Throwable raised =
        lab().raisedBy(() -> lab().openUnchecked(lab().subject().driver(), config, id));
    lab()
        .check(
            raised instanceof ConfigException,
            what + (raised == null ? " was accepted." : " raised " + raised + "."),
            "read the configuration strictly, as DriverFunc.of(Class, …) does, and raise"
                + " ConfigException.");
    String shown = Secrets.everythingIn(raised);
    lab()
        .check(
            !shown.contains(MARK) && !shown.contains("7654321"),
            "the exception for " + what + " shows the value.",
            "neither message nor causes show any value: it may be a secret in the wrong place.");
    ProviderView provider = lab().subject().provider().orElse(null);
    lab()
        .check(
            provider == null
                || provider.instances(id).isEmpty() && provider.resources(id).isEmpty(),
            what + " was refused only after something had been created.",
            "read the whole configuration first.");
    return (ConfigException) raised;
  }
}
