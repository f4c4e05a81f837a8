package io.github.clouddriver.memory;

import io.github.clouddriver.Driver;
import io.github.clouddriver.DriverFunc;
import io.github.clouddriver.DriverProvider;

/**
 * Announces the in-memory cloud under the name {@code memory}, for {@code Drivers.named("memory")}.
 *
 * <p>The configuration names an account: sets that name the same one in one process share it, as a
 * {@link MemoryCloud}'s do. It begins with the first set that names it and stays, as an account at
 * a provider does, until a test gets it by {@link MemoryCloud#named} and closes it: what one set
 * made, the attempt tokens that it used and what a test has scripted are there for the next one.
 * Without open sets and instances an account has no thread and no socket. Every key is optional, so
 * {@code {}} works; a set that names an existing account gives the settings it has, or leaves them
 * out.
 *
 * <table class="striped">
 *   <caption>Keys, in any letter case</caption>
 *   <thead><tr><th scope="col">key</th><th scope="col">value</th></tr></thead>
 *   <tbody>
 *   <tr><th scope="row">{@code Account}</th>
 *       <td>the account's name; {@code "default"} unless given</td></tr>
 *   <tr><th scope="row">{@code Seed}</th>
 *       <td>{@link MemoryCloudBuilder#seed}</td></tr>
 *   <tr><th scope="row">{@code BootDelay}, {@code AddressDelay}, {@code ShutdownDelay}</th>
 *       <td>such as {@code "30s"}: {@link MemoryCloudBuilder#bootDelay}, {@link
 *       MemoryCloudBuilder#addressDelay}, {@link MemoryCloudBuilder#shutdownDelay}</td></tr>
 *   <tr><th scope="row">{@code PageSize}, {@code ListLag}, {@code TagLag}, {@code ForeignRows}</th>
 *       <td>{@link MemoryCloudBuilder#pageSize}, {@link MemoryCloudBuilder#listLag}, {@link
 *       MemoryCloudBuilder#tagLag}, {@link MemoryCloudBuilder#foreignRows}</td></tr>
 *   <tr><th scope="row">{@code LiveHandles}</th>
 *       <td>{@link MemoryCloudBuilder#liveHandles}</td></tr>
 *   <tr><th scope="row">{@code Quota}</th>
 *       <td>{@link MemoryCloudBuilder#quota}</td></tr>
 *   <tr><th scope="row">{@code Capacity}</th>
 *       <td>by provider type, such as {@code {"m5.large": 3}}: {@link
 *       MemoryCloudBuilder#capacity}</td></tr>
 *   <tr><th scope="row">{@code QuotaGroupCapacity}</th>
 *       <td>by quota group, such as {@code {"m5-spot": 3}}: {@link
 *       MemoryCloudBuilder#quotaGroupCapacity}</td></tr>
 *   <tr><th scope="row">{@code QuotaGroups}</th>
 *       <td>by prefix, such as {@code {"m": "standard", "c": "standard"}}: {@link
 *       MemoryCloudBuilder#quotaGroup}</td></tr>
 *   <tr><th scope="row">{@code RateLimit}</th>
 *       <td>such as {@code {"Calls": 100, "Interval": "1s"}}: {@link
 *       MemoryCloudBuilder#rateLimit}</td></tr>
 *   <tr><th scope="row">{@code Prices}</th>
 *       <td>by provider type, such as {@code {"m5.large": 0.096}}: {@link
 *       MemoryCloudBuilder#price}</td></tr>
 *   <tr><th scope="row">{@code ScratchPrice}, {@code SpotPriceStep}</th>
 *       <td>{@link MemoryCloudBuilder#scratchPrice}, {@link
 *       MemoryCloudBuilder#spotPriceStep}</td></tr>
 *   <tr><th scope="row">{@code SpotInterruptions}</th>
 *       <td>such as {@code {"MeanLife": "6h", "Notice": "2m"}}: {@link
 *       MemoryCloudBuilder#spotInterruptions}</td></tr>
 *   <tr><th scope="row">{@code Ssh}, {@code RemoteUser}</th>
 *       <td>{@link MemoryCloudBuilder#ssh}, {@link MemoryCloudBuilder#remoteUser}</td></tr>
 *   <tr><th scope="row">{@code HostKeyOverConnection}</th>
 *       <td>{@link MemoryCloudBuilder#hostKeyOverConnection}</td></tr>
 *   <tr><th scope="row">{@code Capabilities}</th>
 *       <td>a list of all that the sets claim, such as {@code ["INIT_COMMAND", "HOST_KEY"]}: {@link
 *       MemoryCloudBuilder#capabilities}</td></tr>
 *   </tbody>
 * </table>
 */
public final class MemoryDriverProvider implements DriverProvider {

  /** For {@link java.util.ServiceLoader}. */
  public MemoryDriverProvider() {}

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public Driver driver() {
    return DriverFunc.of(MemoryConfig.class, NamedAccounts.OF_THIS_PROCESS::open);
  }
}
