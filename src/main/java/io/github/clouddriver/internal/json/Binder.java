package io.github.clouddriver.internal.json;

import java.util.Map;

/**
 * Makes strict readers of configuration classes (clause D2). Immutable.
 *
 * <p>It knows the types of the JDK that a configuration needs; those of other packages, of which
 * this one must not know, are registered. {@code DriverFunc.of} tells the rules.
 */
public final class Binder {
  private final Map<Class<?>, ValueReader<?>> values;
  private final Map<Class<?>, ValueReader<?>> named;

  /**
   * A binder that also knows some other types.
   *
   * @param values readers of types that may stand anywhere, copied
   * @param named readers of types that may stand in a {@code Map} alone, since they take a name
   *     from {@link Place#key}; copied
   */
  public Binder(Map<Class<?>, ValueReader<?>> values, Map<Class<?>, ValueReader<?>> named) {
    this.values = Map.copyOf(values);
    this.named = Map.copyOf(named);
  }

  /**
   * Looks at a class and makes a reader for it.
   *
   * @param <T> what it makes
   * @param type a record, or another class with a {@code @JsonCreator}; not a primitive type
   * @return a reader that is safe for use by several threads
   * @throws IllegalArgumentException if the class, or a type it is made of, cannot be read from
   *     JSON; names the component
   */
  public <T> ValueReader<T> reader(Class<T> type) {
    ValueReader<?> reader = new TypeReaders(values, named).reader(type);
    return (node, at) -> type.cast(reader.read(node, at));
  }
}
