/**
 * What can go wrong with a cloud, whom it concerns, and when to try again.
 *
 * <p>A driver <em>classifies</em>: it turns the provider's structured error codes into the types of
 * this package and never sleeps or retries on its own (clauses X4, X5 of the contract). A
 * dispatcher <em>acts</em>: it asks {@link io.github.clouddriver.error.CloudErrors#find} for the
 * class it knows how to handle, however deeply the exception was wrapped.
 *
 * <table class="striped">
 *   <caption>What a dispatcher does about each class</caption>
 *   <thead><tr><th scope="col">found</th><th scope="col">what to do</th></tr></thead>
 *   <tbody>
 *   <tr><th scope="row">{@link io.github.clouddriver.error.RateLimitError}</th>
 *       <td>no call of this kind before {@code earliestRetry()}</td></tr>
 *   <tr><th scope="row">{@link io.github.clouddriver.error.QuotaError}</th>
 *       <td>no create until an instance has been destroyed</td></tr>
 *   <tr><th scope="row">{@link io.github.clouddriver.error.CapacityError}</th>
 *       <td>wait, for as much as {@code scope()} says; other types may still work</td></tr>
 *   <tr><th scope="row">{@link io.github.clouddriver.error.OutcomeUnknownException}</th>
 *       <td>look for the instance by the attempt's tags before creating another</td></tr>
 *   <tr><th scope="row">{@link io.github.clouddriver.error.ConfigException}</th>
 *       <td>tell the operator; trying again cannot help</td></tr>
 *   <tr><th scope="row">any other {@link io.github.clouddriver.error.CloudException}</th>
 *       <td>nothing was changed; try again with a growing delay</td></tr>
 *   </tbody>
 * </table>
 *
 * <p>The three {@code …Error} types are interfaces, so that one exception may be several of them;
 * they are always carried by an {@link java.lang.Exception}, never by a {@link java.lang.Error}.
 */
@NullMarked
package io.github.clouddriver.error;

import org.jspecify.annotations.NullMarked;
