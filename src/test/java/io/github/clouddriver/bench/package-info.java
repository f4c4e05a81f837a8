/**
 * Benchmarks; what they measured is in {@code docs/benchmarks}. One of JMH's is run with {@code mvn
 * -Pbench test-compile exec:exec -Dbench=PriceHistoryBenchmark}; {@link
 * io.github.clouddriver.bench.SshBenchmark}, which compares processes, says how itself.
 */
@NullMarked
package io.github.clouddriver.bench;

import org.jspecify.annotations.NullMarked;
