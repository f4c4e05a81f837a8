package io.github.clouddriver.internal.json;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A configuration class that cannot be read is its author's mistake, told at once. */
class BinderTypesTest {
  record HasThread(List<Deep> deep) {}

  record Deep(Thread worker) {}

  record HasArray(String[] names) {}

  record HasKeys(Map<Integer, String> byNumber) {}

  @SuppressWarnings("rawtypes")
  record HasRaw(List list) {}

  record HasWildcard(List<? extends Number> numbers) {}

  record HasVariable<T>(T any) {}

  record HasOptional(Optional<Object> any) {}

  record HasTwins(String name, @JsonProperty("NAME") String other) {}

  record HasNullablePrimitive(@Nullable int number) {}

  record HasEnum(Twins twins) {}

  enum Twins {
    ONE,
    one
  }

  static final class Bean {
    String name = "";
  }

  abstract static class Shape {
    @JsonCreator
    Shape(String name, String colour) {}
  }

  static final class Ambiguous {
    @JsonCreator
    Ambiguous(String name) {}
  }

  static final class Two {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    Two(String name) {}

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Two of(int number) {
      return new Two("" + number);
    }
  }

  record HasNamed(Named named) {}

  record Named(String name) {}

  static List<Arguments> unreadable() {
    return List.of(
        Arguments.of(HasThread.class, "in HasThread.deep: in Deep.worker: java.lang.Thread"),
        Arguments.of(HasArray.class, "in HasArray.names: "),
        Arguments.of(HasKeys.class, "in HasKeys.byNumber: java.util.Map<"),
        Arguments.of(HasRaw.class, "in HasRaw.list: java.util.List"),
        Arguments.of(HasWildcard.class, "in HasWildcard.numbers: ?"),
        Arguments.of(HasVariable.class, "in HasVariable.any: T"),
        Arguments.of(HasOptional.class, "in HasOptional.any: java.lang.Object"),
        Arguments.of(HasTwins.class, "NAME but for the letter case"),
        Arguments.of(HasNullablePrimitive.class, "in HasNullablePrimitive.number: int cannot"),
        Arguments.of(HasEnum.class, "in HasEnum.twins: "),
        Arguments.of(Bean.class, "is no record and has no @JsonCreator"),
        Arguments.of(Shape.class, "is no record and has no @JsonCreator"),
        Arguments.of(Ambiguous.class, "DELEGATING or PROPERTIES"),
        Arguments.of(Two.class, "more than one @JsonCreator"),
        Arguments.of(HasNamed.class, "in HasNamed.named: "),
        Arguments.of(Runnable.class, "java.lang.Runnable"));
  }

  @ParameterizedTest
  @MethodSource("unreadable")
  void anUnreadableClassIsRefusedWithTheComponent(Class<?> type, String message) {
    ValueReader<Named> named = (node, at) -> new Named(at.key());
    Binder binder = new Binder(Map.of(), Map.of(Named.class, named));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> binder.reader(type))
        .withMessageContaining(message);
  }
}
