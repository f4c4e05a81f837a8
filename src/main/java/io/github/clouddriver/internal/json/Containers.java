package io.github.clouddriver.internal.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.clouddriver.error.ConfigException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The readers of lists, sets and maps; what they make is unmodifiable and keeps its order. */
final class Containers {
  private Containers() {}

  static ValueReader<List<?>> list(ValueReader<?> element) {
    return (node, at) -> {
      checkList(node, at);
      List<Object> list = new ArrayList<>(node.size());
      for (int i = 0; i < node.size(); i++) {
        list.add(element.read(node.get(i), at.index(i)));
      }
      return Collections.unmodifiableList(list);
    };
  }

  static ValueReader<Set<?>> set(ValueReader<?> element) {
    return (node, at) -> {
      checkList(node, at);
      Set<Object> set = new LinkedHashSet<>();
      for (int i = 0; i < node.size(); i++) {
        if (!set.add(element.read(node.get(i), at.index(i)))) {
          throw at.index(i).expected("each element only once");
        }
      }
      return Collections.unmodifiableSet(set);
    };
  }

  static ValueReader<Map<String, ?>> map(ValueReader<?> value) {
    return (node, at) -> {
      checkObject(node, at);
      Map<String, Object> map = new LinkedHashMap<>();
      Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
      for (Map.Entry<String, JsonNode> entry : node.properties()) {
        Place place = at.key(entry.getKey(), List.of());
        if (!seen.add(entry.getKey())) {
          throw keyTwice(place);
        }
        map.put(entry.getKey(), value.read(entry.getValue(), place));
      }
      return Collections.unmodifiableMap(map);
    };
  }

  static void checkObject(JsonNode node, Place at) throws ConfigException {
    if (!node.isObject()) {
      throw at.expected("an object", node);
    }
  }

  static ConfigException keyTwice(Place place) {
    return place.expected("each key only once, also in other letter case");
  }

  private static void checkList(JsonNode node, Place at) throws ConfigException {
    if (!node.isArray()) {
      throw at.expected("a list", node);
    }
  }
}
