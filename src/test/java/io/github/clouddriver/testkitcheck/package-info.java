/**
 * The kit itself is tested: the in-memory driver passes it in several configurations, and every
 * broken driver fails in exactly the clauses that it names.
 *
 * <p>A broken driver is a class in this package that extends {@link
 * io.github.clouddriver.testkitcheck.BrokenDriver} and is marked with {@link
 * io.github.clouddriver.testkitcheck.Breaks}; {@code BrokenDriversTest} finds it. A broken executor
 * extends {@link io.github.clouddriver.testkitcheck.BrokenExecutor} and is found by {@code
 * BrokenExecutorsTest}.
 */
@NullMarked
package io.github.clouddriver.testkitcheck;

import org.jspecify.annotations.NullMarked;
