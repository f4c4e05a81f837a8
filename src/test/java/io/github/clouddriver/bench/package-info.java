/**
 * JMH benchmarks; what they measured is in {@code docs/benchmarks}. Run one with {@code mvn -Pbench
 * test-compile exec:exec -Dbench=PriceHistoryBenchmark}.
 */
@NullMarked
package io.github.clouddriver.bench;

import org.jspecify.annotations.NullMarked;
