package io.github.clouddriver.error;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds error classes in an exception, however deeply it is wrapped (clauses X2 to X4). */
public final class CloudErrors {
  private CloudErrors() {}

  /**
   * The first error of a class among a throwable and its causes, outermost first.
   *
   * <p>A {@link QuotaError} whose predicate is false does not count as a quota error, nor such a
   * {@link CapacityError} as a capacity error; the search goes on with its cause. Safe on chains
   * that run in a circle. Pure; never blocks.
   *
   * @param t the exception that was caught; null has no error in it
   * @param kind the class or interface to look for
   * @param <E> the class or interface to look for
   * @return the outermost match; empty if there is none
   */
  public static <E extends CloudError> Optional<E> find(@Nullable Throwable t, Class<E> kind) {
    Objects.requireNonNull(kind, "kind");
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Throwable each = t; each != null && seen.add(each); each = each.getCause()) {
      if (kind.isInstance(each) && counts(each, kind)) {
        return Optional.of(kind.cast(each));
      }
    }
    return Optional.empty();
  }

  private static boolean counts(Throwable t, Class<?> kind) {
    boolean asQuota = QuotaError.class.isAssignableFrom(kind);
    boolean asCapacity = CapacityError.class.isAssignableFrom(kind);
    return (!asQuota && !asCapacity)
        || (asQuota && ((QuotaError) t).isQuotaError())
        || (asCapacity && ((CapacityError) t).isCapacityError());
  }
}
