package io.github.clouddriver.internal.json;

import io.github.clouddriver.internal.json.Creator.Argument;
import io.github.clouddriver.internal.json.ObjectReader.Field;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the readers for a type and all that it is made of. Used by one thread for one class; it
 * remembers the readers of objects, so that a class may hold itself.
 */
final class TypeReaders {
  private final Map<Class<?>, ValueReader<?>> values;
  private final Map<Class<?>, ValueReader<?>> named;
  private final Map<Class<?>, ObjectReader> objects = new HashMap<>();

  TypeReaders(Map<Class<?>, ValueReader<?>> values, Map<Class<?>, ValueReader<?>> named) {
    this.values = values;
    this.named = named;
  }

  /** The reader of a type that is neither annotated nor generic. */
  ValueReader<?> reader(Class<?> type) {
    ValueReader<?> registered = values.get(type);
    ValueReader<?> reader = registered == null ? Scalars.reader(type) : registered;
    if (reader != null) {
      return reader;
    }
    if (named.containsKey(type)) {
      throw new IllegalArgumentException(
          type.getName() + " takes its name from a key; only Map<String, …> may hold it");
    }
    return type.isEnum() ? Enums.reader(type) : object(type);
  }

  private ValueReader<?> reader(AnnotatedType type) {
    return orNull(
        type, type instanceof AnnotatedParameterizedType generic ? generic(generic) : plain(type));
  }

  private static ValueReader<?> orNull(AnnotatedType type, ValueReader<?> reader) {
    if (!type.isAnnotationPresent(Nullable.class)) {
      return reader;
    }
    if (type.getType() instanceof Class<?> plain && plain.isPrimitive()) {
      throw new IllegalArgumentException(plain + " cannot be null; declare its wrapper class");
    }
    return Optionals.orNull(reader);
  }

  private ValueReader<?> plain(AnnotatedType type) {
    if (type.getType() instanceof Class<?> plain) {
      return reader(plain);
    }
    throw unsupported(type);
  }

  private ValueReader<?> generic(AnnotatedParameterizedType type) {
    AnnotatedType[] arguments = type.getAnnotatedActualTypeArguments();
    AnnotatedType last = arguments[arguments.length - 1];
    Object raw = ((ParameterizedType) type.getType()).getRawType();
    if (raw == List.class || raw == Collection.class) {
      return Containers.list(reader(last));
    }
    if (raw == Set.class) {
      return Containers.set(reader(last));
    }
    if (raw == Optional.class) {
      return Optionals.reader(reader(last), Optional.empty(), value -> Optional.of(value));
    }
    if (raw == Map.class && arguments[0].getType() == String.class) {
      ValueReader<?> keyed = last.getType() instanceof Class<?> value ? named.get(value) : null;
      return Containers.map(keyed == null ? reader(last) : orNull(last, keyed));
    }
    throw unsupported(type);
  }

  private static IllegalArgumentException unsupported(AnnotatedType type) {
    return new IllegalArgumentException(
        type.getType().getTypeName()
            + " cannot be read from JSON; the generic types that can are List, Collection, Set,"
            + " Optional and Map with String keys");
  }

  private ValueReader<?> object(Class<?> type) {
    ObjectReader known = objects.get(type);
    if (known != null) {
      return known;
    }
    Creator creator = Creator.of(type);
    if (creator.isDelegating()) {
      ValueReader<?> delegate = component(type, creator.arguments().get(0));
      return (node, at) -> creator.make(new @Nullable Object[] {delegate.read(node, at)}, at);
    }
    ObjectReader object = new ObjectReader(creator);
    objects.put(type, object);
    for (Argument argument : creator.arguments()) {
      object.add(new Field(argument.key(), component(type, argument)));
    }
    return object;
  }

  private ValueReader<?> component(Class<?> type, Argument argument) {
    try {
      return reader(argument.type());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "in " + type.getSimpleName() + "." + argument.key() + ": " + e.getMessage(), e);
    }
  }
}
