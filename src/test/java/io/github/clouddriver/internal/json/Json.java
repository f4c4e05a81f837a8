package io.github.clouddriver.internal.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.clouddriver.error.ConfigException;
import java.util.Map;

/** Reads JSON text with a binder that knows no other types. */
final class Json {
  private static final Binder BINDER = new Binder(Map.of(), Map.of());

  private Json() {}

  static JsonNode parse(String json) {
    try {
      return new ObjectMapper().readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError(json, e);
    }
  }

  static <T> T read(Class<T> type, String json) throws ConfigException {
    return BINDER.reader(type).read(parse(json), Place.ROOT);
  }
}
