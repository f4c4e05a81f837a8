package io.github.clouddriver;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A stop of an instance that its provider has announced (clause I8). Immutable. */
public final class Interruption {

  /** Why the provider stops the instance. More may be added: a switch needs a default branch. */
  public enum Kind {
    /** The provider takes back preemptible capacity. */
    RECLAIM,
    /** The provider expects to take back preemptible capacity; the instance may yet survive. */
    REBALANCE,
    /** The provider's own hardware or software needs work. */
    MAINTENANCE,
    /** Any other reason. */
    OTHER
  }

  private final Kind kind;
  private final @Nullable Instant deadline;

  private Interruption(Kind kind, @Nullable Instant deadline) {
    this.kind = Objects.requireNonNull(kind, "kind");
    this.deadline = deadline;
  }

  /**
   * An interruption.
   *
   * @param kind why the instance is stopped
   * @param deadline when the provider stops it; null if it did not say
   * @return an immutable value
   */
  public static Interruption of(Kind kind, @Nullable Instant deadline) {
    return new Interruption(kind, deadline);
  }

  /**
   * Why the provider stops the instance.
   *
   * @return the kind
   */
  public Kind kind() {
    return kind;
  }

  /**
   * When the provider stops the instance, on the provider's clock.
   *
   * @return empty if it did not say
   */
  public Optional<Instant> deadline() {
    return Optional.ofNullable(deadline);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Interruption that
        && kind == that.kind
        && Objects.equals(deadline, that.deadline);
  }

  @Override
  public int hashCode() {
    return Objects.hash(kind, deadline);
  }

  @Override
  public String toString() {
    return kind + (deadline == null ? "" : " at " + deadline);
  }
}
