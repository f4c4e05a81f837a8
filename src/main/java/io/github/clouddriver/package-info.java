/**
 * The contract between a dispatcher and any elastic cloud.
 *
 * <p>A <em>dispatcher</em> gets a {@link io.github.clouddriver.Driver} by name from {@link
 * io.github.clouddriver.Drivers}, and from it an {@link io.github.clouddriver.InstanceSet}, which
 * creates and lists {@link io.github.clouddriver.Instance}s. A <em>driver author</em> implements
 * these three interfaces for a provider, or only the last two with {@link
 * io.github.clouddriver.DriverFunc}. A <em>test author</em> takes the in-memory cloud of {@code
 * io.github.clouddriver.memory} in place of a real one.
 *
 * <p>Numbers such as <em>clause S4</em> refer to the contract, {@code docs/contract.md}. Parameters
 * and results are never null unless they are marked {@code @Nullable}; a method that is given a
 * null it does not allow raises {@link java.lang.NullPointerException}.
 */
@NullMarked
package io.github.clouddriver;

import org.jspecify.annotations.NullMarked;
