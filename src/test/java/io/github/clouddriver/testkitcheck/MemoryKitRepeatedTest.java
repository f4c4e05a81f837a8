package io.github.clouddriver.testkitcheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The in-memory driver passes the kit again and again, in whatever order the tests come. */
class MemoryKitRepeatedTest {
  private static final int TIMES = 4;

  static Stream<Class<?>> runs() {
    return IntStream.range(0, TIMES)
        .boxed()
        .flatMap(
            time ->
                Stream.of(
                    MemoryInstantKitTest.class,
                    MemoryRealisticKitTest.class,
                    MemoryLaggingListsKitTest.class,
                    MemoryTightQuotaKitTest.class,
                    MemoryPoorKitTest.class));
  }

  @ParameterizedTest
  @MethodSource("runs")
  void aCorrectDriverNeverFails(Class<?> kit) {
    KitResult result = KitResult.of(kit);
    assertThat(result.failures()).isEmpty();
    assertThat(result.passed()).isNotEmpty();
    assertThat(result.aborted().values())
        .noneMatch(reason -> reason.contains("another clause was broken"));
  }
}
