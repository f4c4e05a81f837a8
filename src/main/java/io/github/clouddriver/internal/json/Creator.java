package io.github.clouddriver.internal.json;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.util.ClassUtil;
import io.github.clouddriver.error.ConfigException;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the objects of a class are made: by the constructor or static factory that is marked with
 * {@link JsonCreator}, else by a record's canonical constructor. Immutable.
 */
final class Creator {

  /** A parameter, and the key it is read from. */
  record Argument(String key, AnnotatedType type) {}

  private final Executable maker;
  private final boolean delegating;
  private final List<Argument> arguments;
  private final String expected;

  private Creator(Class<?> type, Executable maker, boolean delegating, List<Argument> arguments) {
    this.maker = maker;
    this.delegating = delegating;
    this.arguments = arguments;
    JsonClassDescription description = type.getAnnotation(JsonClassDescription.class);
    expected = description == null ? "a valid " + type.getSimpleName() : description.value();
  }

  /**
   * Finds out how to make a class.
   *
   * @throws IllegalArgumentException if there is no way, more than one, or one out of reach
   */
  static Creator of(Class<?> type) {
    List<Executable> marked = marked(type);
    Executable canonical = type.isRecord() ? canonical(type) : null;
    Executable maker = marked.isEmpty() ? canonical : marked.get(0);
    if (maker == null) {
      throw new IllegalArgumentException(
          type.getName() + " cannot be read from JSON: it is no record and has no @JsonCreator");
    }
    if (marked.size() > 1) {
      throw new IllegalArgumentException(type.getName() + " has more than one @JsonCreator");
    }
    boolean isCanonical = maker.equals(canonical);
    boolean delegating = isDelegating(maker, isCanonical);
    makeAccessible(maker);
    return new Creator(
        type, maker, delegating, isCanonical ? components(type) : parameters(maker, delegating));
  }

  /** Whether the single argument is read from the very value that the object is read from. */
  boolean isDelegating() {
    return delegating;
  }

  /** The arguments, in order. */
  List<Argument> arguments() {
    return arguments;
  }

  /**
   * Makes an object. What the constructor or factory raises is not passed on, since it may show a
   * value; the author says what is valid with {@link JsonClassDescription}.
   */
  Object make(@Nullable Object[] values, Place at) throws ConfigException {
    try {
      Object made =
          maker instanceof Constructor<?> constructor
              ? constructor.newInstance(values)
              : ((Method) maker).invoke(null, values);
      if (made != null) {
        return made;
      }
    } catch (InvocationTargetException e) {
      throw refused(Objects.requireNonNullElse(e.getCause(), e), at);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(maker + " was accessible", e);
    }
    throw at.expected(expected);
  }

  private ConfigException refused(Throwable refusal, Place at) {
    if (refusal instanceof LinkageError || refusal instanceof VirtualMachineError) {
      throw (Error) refusal;
    }
    return at.expected(
        refusal instanceof IllegalArgumentException
            ? expected
            : expected + " (it raised " + refusal.getClass().getName() + ")");
  }

  /** The name that an annotation gives, else the given one. */
  static String named(@Nullable JsonProperty property, String name) {
    return property == null || property.value().isEmpty() ? name : property.value();
  }

  private static Constructor<?> canonical(Class<?> type) {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      return type.getDeclaredConstructor(types);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(type + " lacks its canonical constructor", e);
    }
  }

  private static List<Executable> marked(Class<?> type) {
    return Stream.<Executable>concat(
            Arrays.stream(type.getDeclaredConstructors())
                .filter(c -> !Modifier.isAbstract(type.getModifiers())),
            Arrays.stream(type.getDeclaredMethods())
                .filter(m -> Modifier.isStatic(m.getModifiers()))
                .filter(m -> type.isAssignableFrom(m.getReturnType())))
        .filter(maker -> mode(maker) != JsonCreator.Mode.DISABLED)
        .toList();
  }

  private static JsonCreator.Mode mode(Executable maker) {
    JsonCreator mark = maker.getAnnotation(JsonCreator.class);
    return mark == null ? JsonCreator.Mode.DISABLED : mark.mode();
  }

  /** Refuses to guess where Jackson would. */
  private static boolean isDelegating(Executable maker, boolean canonical) {
    boolean single = maker.getParameterCount() == 1;
    JsonCreator.Mode mode = mode(maker);
    if (single
        && mode == JsonCreator.Mode.DEFAULT
        && !canonical
        && !maker.getParameters()[0].isAnnotationPresent(JsonProperty.class)) {
      throw new IllegalArgumentException(
          "the @JsonCreator of "
              + maker.getDeclaringClass().getName()
              + " does not say whether its mode is DELEGATING or PROPERTIES");
    }
    return single && mode == JsonCreator.Mode.DELEGATING;
  }

  private static List<Argument> components(Class<?> type) {
    return Arrays.stream(type.getRecordComponents()).map(c -> component(type, c)).toList();
  }

  private static Argument component(Class<?> type, RecordComponent component) {
    try { // the annotation goes to the field of every component, though not to the component
      String name = component.getName();
      JsonProperty property = type.getDeclaredField(name).getAnnotation(JsonProperty.class);
      return new Argument(named(property, name), component.getAnnotatedType());
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(type + " lacks the field of " + component, e);
    }
  }

  private static List<Argument> parameters(Executable maker, boolean delegating) {
    List<Argument> arguments = new ArrayList<>();
    for (Parameter parameter : maker.getParameters()) {
      JsonProperty property = parameter.getAnnotation(JsonProperty.class);
      String key = named(property, parameter.isNamePresent() ? parameter.getName() : "");
      if (key.isEmpty() && !delegating) {
        throw new IllegalArgumentException(
            maker + " has a parameter without a name; give it a @JsonProperty");
      }
      arguments.add(new Argument(key, parameter.getAnnotatedType()));
    }
    return arguments;
  }

  /** Reaches into our own module, or into any that opens the package to Jackson as usual. */
  private static void makeAccessible(Executable maker) {
    try {
      if (!maker.trySetAccessible()) {
        ClassUtil.checkAndFixAccess(maker, true);
      }
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          maker.getDeclaringClass().getName()
              + " cannot be made: its module must open the package "
              + maker.getDeclaringClass().getPackageName()
              + " to com.fasterxml.jackson.databind",
          e);
    }
  }
}
