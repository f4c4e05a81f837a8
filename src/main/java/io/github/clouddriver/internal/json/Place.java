package io.github.clouddriver.internal.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.clouddriver.error.ConfigException;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/** Where a value stands in a configuration: its JSON path and the keys around it. Immutable. */
public final class Place {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z_0-9]*");
  private static final int SHOWN = 100;

  /** The whole configuration. */
  public static final Place ROOT = new Place("$", "", List.of());

  private final String path;
  private final String key;
  private final Collection<String> knownKeys;

  private Place(String path, String key, Collection<String> knownKeys) {
    this.path = path;
    this.key = key;
    this.knownKeys = knownKeys;
  }

  /**
   * The place of a key of the object that stands here.
   *
   * @param key the key as the configuration writes it
   * @param knownKeys all keys that the object takes; empty if it takes any
   * @return such as {@code $.a.b} for {@code b}, {@code $.a['b c']} for {@code b c}
   */
  public Place key(String key, Collection<String> knownKeys) {
    String step = PLAIN.matcher(key).matches() ? "." + key : "['" + escaped(key) + "']";
    return new Place(path + step, key, knownKeys);
  }

  /**
   * The place of an element of the list that stands here.
   *
   * @param index counted from 0
   * @return such as {@code $.a[0]}
   */
  public Place index(int index) {
    return new Place(path + "[" + index + "]", "", List.of());
  }

  /**
   * The key that leads here.
   *
   * @return the key as the configuration writes it; empty text at the root and in a list
   */
  public String key() {
    return key;
  }

  /**
   * What is wrong here, where the kind of the value is right.
   *
   * @param what what belongs here
   * @return an exception to throw
   */
  public ConfigException expected(String what) {
    return new ConfigException(path, what, knownKeys);
  }

  /**
   * What is wrong here, where the kind of the value is wrong.
   *
   * @param what what belongs here
   * @param found what stands here, of which the message tells the kind alone
   * @return an exception to throw
   */
  public ConfigException expected(String what, JsonNode found) {
    return expected(what + (found.isMissingNode() ? ", which is missing" : ", not " + kind(found)));
  }

  /**
   * What is wrong in the value that stands here, where that was read as a configuration of its own.
   *
   * @param inner whose path begins at the value
   * @return an exception to throw, whose path begins at the root
   */
  public ConfigException around(ConfigException inner) {
    return new ConfigException(
        path + inner.path().substring(ROOT.path.length()), inner.expected(), inner.knownKeys());
  }

  private static String kind(JsonNode node) {
    return switch (node.getNodeType()) {
      case ARRAY -> "a list";
      case BOOLEAN -> "a truth value";
      case NULL -> "null";
      case NUMBER -> "a number";
      case OBJECT -> "an object";
      case STRING -> "text";
      default -> "something that is not JSON";
    };
  }

  /** One short line, whatever the key is. */
  private static String escaped(String key) {
    StringBuilder out = new StringBuilder();
    key.codePoints().limit(SHOWN).forEach(c -> out.append(escaped(c)));
    return key.codePointCount(0, key.length()) > SHOWN ? out + "…" : out.toString();
  }

  private static String escaped(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          String.format("\\u%04x", c);
      default -> (c == '\'' || c == '\\' ? "\\" : "") + Character.toString(c);
    };
  }
}
