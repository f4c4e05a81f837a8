/**
 * A cloud in this process: the reference driver, and what test suites use in place of a real one.
 *
 * <p>Begin with {@link io.github.clouddriver.memory.MemoryCloud}, one account at a provider, which
 * a test makes in one line and {@link io.github.clouddriver.memory.MemoryCloudBuilder} makes slow,
 * small or poor. {@link io.github.clouddriver.memory.ManualClock} lets a test decide when time
 * passes. {@link io.github.clouddriver.memory.Faults} scripts what goes wrong: each {@link
 * io.github.clouddriver.memory.Fault} for a call of one {@link
 * io.github.clouddriver.memory.Operation}. {@link io.github.clouddriver.memory.MemoryShell} decides
 * what commands do on the instances, which answer SSH, and tells which ones were run. What is
 * really there, without lag or faults, a test reads as {@link
 * io.github.clouddriver.memory.InstanceRecord}s and {@link
 * io.github.clouddriver.memory.KeyPairRecord}s.
 *
 * <p>{@link io.github.clouddriver.memory.MemoryDriverProvider} makes the same cloud from JSON, as
 * the driver {@code memory}.
 */
@NullMarked
package io.github.clouddriver.memory;

import org.jspecify.annotations.NullMarked;
