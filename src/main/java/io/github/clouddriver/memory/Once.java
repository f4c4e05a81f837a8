package io.github.clouddriver.memory;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something that is made when it is first needed, by the first who needs it; others wait for that
 * one. Thread-safe; no lock is held while it is made.
 */
final class Once<T> {
  private final Supplier<T> maker;
  private final AtomicReference<@Nullable CompletableFuture<T>> made = new AtomicReference<>();

  Once(Supplier<T> maker) {
    this.maker = maker;
  }

  /**
   * The one that was made first.
   *
   * @throws CompletionException if it could not be made, which is not tried again
   */
  T get() {
    CompletableFuture<T> mine = new CompletableFuture<>();
    CompletableFuture<T> first = made.compareAndExchange(null, mine);
    if (first != null) {
      return first.join();
    }
    try {
      mine.complete(maker.get());
    } catch (RuntimeException | Error e) {
      mine.completeExceptionally(e);
    }
    return mine.join();
  }

  /** Hands on what was made, if anything was. */
  void ifMade(Consumer<? super T> action) {
    CompletableFuture<T> first = made.get();
    if (first == null) {
      return;
    }
    T value;
    try {
      value = first.join();
    } catch (CompletionException e) {
      return; // whoever made it knows
    }
    action.accept(value);
  }
}
