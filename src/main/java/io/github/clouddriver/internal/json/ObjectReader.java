package io.github.clouddriver.internal.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.clouddriver.error.ConfigException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads a JSON object, whose keys match in any letter case, into a Java one. */
final class ObjectReader implements ValueReader<Object> {

  /** A key the object takes, and what reads its value. */
  record Field(String key, ValueReader<?> reader) {}

  private final Creator creator;
  private final List<Field> fields = new ArrayList<>();
  private final Map<String, Integer> positions = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  /** A reader without fields. They are added before another thread sees it. */
  ObjectReader(Creator creator) {
    this.creator = creator;
  }

  void add(Field field) {
    if (positions.put(field.key(), fields.size()) != null) {
      throw new IllegalArgumentException(
          "two components are named " + field.key() + " but for the letter case");
    }
    fields.add(field);
  }

  @Override
  public Object read(JsonNode node, Place at) throws ConfigException {
    Containers.checkObject(node, at);
    JsonNode[] values = new JsonNode[fields.size()];
    Place[] places = new Place[fields.size()];
    Arrays.fill(values, MissingNode.getInstance());
    Arrays.setAll(places, i -> at.key(fields.get(i).key(), positions.keySet()));
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      Place place = at.key(entry.getKey(), positions.keySet());
      Integer position = positions.get(entry.getKey());
      if (position == null) {
        throw place.expected(fields.isEmpty() ? "no key at all" : "a known key");
      }
      if (!values[position].isMissingNode()) {
        throw Containers.keyTwice(place);
      }
      values[position] = entry.getValue();
      places[position] = place;
    }
    @Nullable Object[] arguments = new @Nullable Object[values.length];
    for (int i = 0; i < values.length; i++) {
      arguments[i] = fields.get(i).reader().read(values[i], places[i]);
    }
    return creator.make(arguments, at);
  }
}
