package io.github.clouddriver.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OnceTest {

  @Test
  void whoComesWhileItIsMadeGetsTheSameOne() throws Exception {
    CountDownLatch making = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicInteger made = new AtomicInteger();
    Once<Integer> once =
        new Once<>(
            () -> {
              making.countDown();
              try {
                goOn.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return made.incrementAndGet();
            });
    InThread<Integer> first = InThread.start(once::get);
    making.await();
    InThread<Integer> second = InThread.start(once::get).awaitWaiting();
    goOn.countDown();
    assertThat(first.result()).isEqualTo(1);
    assertThat(second.result()).isEqualTo(1);
    assertThat(once.get()).isEqualTo(1);
  }

  @Test
  void onlyWhatWasMadeIsHandedOn() {
    List<String> handed = new ArrayList<>();
    Once<String> once = new Once<>(() -> "made");
    once.ifMade(handed::add);
    assertThat(handed).isEmpty();
    once.get();
    once.ifMade(handed::add);
    assertThat(handed).containsExactly("made");
  }

  @Test
  void whatCannotBeMadeIsNotTriedAgain() {
    AtomicInteger tries = new AtomicInteger();
    Once<String> once =
        new Once<>(
            () -> {
              throw new IllegalStateException("try " + tries.incrementAndGet());
            });
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(once::get)
          .isInstanceOf(CompletionException.class)
          .hasRootCauseMessage("try 1");
    }
    once.ifMade(
        any -> {
          throw new AssertionError("nothing was made");
        });
  }
}
