/**
 * The contract kit: proves that a driver keeps the contract, clause by clause.
 *
 * <p>A driver author extends {@link io.github.clouddriver.testkit.DriverKit} and says what to test:
 *
 * <pre>{@code
 * class AcmeDriverTest extends DriverKit {
 *   public Driver driver() { return new AcmeDriver(); }
 *   public JsonNode config() { return config; }
 *   public InstanceType instanceType() { return small; }
 * }
 * }</pre>
 *
 * <p>The other methods of {@link io.github.clouddriver.testkit.DriverUnderTest} have defaults. Each
 * one that is overridden lets the kit prove more: {@link
 * io.github.clouddriver.testkit.ProviderFaults} makes the provider fail, {@link
 * io.github.clouddriver.testkit.ProviderView} shows what is there behind the driver's back.
 *
 * <p>Every test is named after its clause: {@code required_S4_…} for what a driver must do, {@code
 * optional_D6_…} for what it should do, {@code untested_X5_…} for what cannot be seen from outside.
 * A test that cannot be run with this driver is skipped, with the reason. So is one that cannot be
 * judged, because the driver broke another clause on the way; the test of that clause fails. At the
 * end the kit prints what was proved, what was excused and why.
 *
 * <p>After each test the kit destroys what the test made, and fails where something is left over.
 *
 * <p>Who implements an {@code Executor}, which drivers need not, extends {@link
 * io.github.clouddriver.testkit.ExecutorKit}; it brings its own SSH servers, which need Apache MINA
 * SSHD.
 *
 * <p>Nothing else here needs more than JUnit, this library and what that brings.
 */
@NullMarked
package io.github.clouddriver.testkit;

import org.jspecify.annotations.NullMarked;
