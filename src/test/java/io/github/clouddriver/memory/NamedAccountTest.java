package io.github.clouddriver.memory;

import static io.github.clouddriver.memory.Sets.A;
import static io.github.clouddriver.memory.Sets.B;
import static io.github.clouddriver.memory.Sets.SMALL;
import static io.github.clouddriver.memory.Sets.create;
import static io.github.clouddriver.memory.Sets.list;
import static io.github.clouddriver.memory.Sets.listed;
import static io.github.clouddriver.memory.Sets.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.clouddriver.AttemptToken;
import io.github.clouddriver.Capability;
import io.github.clouddriver.CreateRequest;
import io.github.clouddriver.Drivers;
import io.github.clouddriver.Instance;
import io.github.clouddriver.InstanceSet;
import io.github.clouddriver.InstanceSetId;
import io.github.clouddriver.InstanceType;
import io.github.clouddriver.SharedResourceTags;
import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.error.ConfigException;
import io.github.clouddriver.error.QuotaException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.security.PublicKey;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.helpers.NOPLogger;

/** The driver by its name and its JSON configuration (clauses D2, D10). */
class NamedAccountTest {
  private final Set<String> accounts = new HashSet<>(Set.of("default"));

  private InstanceSet open(String json, InstanceSetId id) throws Exception {
    JsonNode config = new ObjectMapper().readTree(json.replace('\'', '"'));
    accounts.add(config.path("Account").asText("default"));
    return Drivers.named("memory")
        .instanceSet(
            config,
            id,
            SharedResourceTags.empty(),
            NOPLogger.NOP_LOGGER,
            new SimpleMeterRegistry());
  }

  /** Also before: other tests of this process use the default account. */
  @BeforeEach
  @AfterEach
  void close() {
    for (String account : accounts) {
      MemoryCloud.named(account).ifPresent(MemoryCloud::close);
    }
  }

  @Test
  void D10_theDriverIsFoundByName() {
    assertThat(Drivers.names()).contains("memory");
  }

  @Test
  void D2_anAbsentConfigurationMakesTheDefaultAccount() throws Exception {
    InstanceSet set =
        Drivers.named("memory")
            .instanceSet(
                MissingNode.getInstance(),
                A,
                SharedResourceTags.empty(),
                NOPLogger.NOP_LOGGER,
                new SimpleMeterRegistry());
    assertThat(set.capabilities()).containsExactlyInAnyOrder(Capability.values());
    assertThat(MemoryCloud.named("default")).isPresent();
  }

  @Test
  void oneNameIsOneAccountForAllSetsOfTheProcess() throws Exception {
    InstanceSet one = open("{'Account': 'shared', 'Ssh': false, 'Quota': 2}", A);
    InstanceSet two = open("{'account': 'shared'}", A);
    InstanceSet three = open("{'Account': 'shared', 'Quota': 2}", B);
    InstanceSet apart = open("{'Account': 'other', 'Ssh': false}", A);
    Instance made = create(one);
    assertThat(listed(two)).containsExactly(made.id());
    assertThat(list(apart)).isEmpty();
    create(three);
    assertThatThrownBy(() -> create(two)).isInstanceOf(QuotaException.class);
    MemoryCloud cloud = MemoryCloud.named("shared").orElseThrow();
    assertThat(cloud.instances()).hasSize(2);
    cloud.close();
    assertThat(MemoryCloud.named("shared")).isEmpty();
    assertThat(MemoryCloud.named("other")).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'Quota': 3                               | $.Quota",
        "'PageSize': 7                            | $.PageSize",
        "'BootDelay': '1s'                        | $.BootDelay",
        "'Capacity': {}                           | $.Capacity",
        "'Prices': {'m5.large': 0.2}              | $.Prices",
        "'Capabilities': ['HOST_KEY', 'STATE']    | $.Capabilities",
        "'RateLimit': {'Calls': 1, 'Interval': '1s'} | $.RateLimit"
      })
  void aSecondSetWithOtherSettingsIsRefused(String other, String path) throws Exception {
    String first =
        "{'Account': 'firm', 'Ssh': false, 'Quota': 2, 'Capacity': {'m5.large': 1},"
            + " 'Prices': {'m5.large': 0.10}}";
    InstanceSet set = open(first, A);
    ConfigException refused =
        catchThrowableOfType(
            ConfigException.class, () -> open("{'Account': 'firm', " + other + "}", B));
    assertThat(refused.path()).isEqualTo(path);
    assertThat(refused.expected()).contains("what the account has already");
    open(first.replace("0.10", "0.1"), B).stop();
    set.stop();
    MemoryCloud.named("firm").orElseThrow().close();
    open("{'Account': 'firm', " + other + "}", A).stop();
  }

  @Test
  void D4_whatOneSetMadeIsThereForTheNextOneUntilTheAccountIsClosed() throws Exception {
    PublicKey key = Sets.newKey();
    InstanceSet first = open("{'Account': 'kept', 'Ssh': false, 'Quota': 5}", A);
    Instance made = first.create(request(SMALL).toBuilder().publicKey(key).build());
    first.stop();
    InstanceSet second = open("{'Account': 'kept'}", A);
    assertThat(listed(second)).containsExactly(made.id());
    list(second).get(0).destroy();
    second.stop();

    open("{'Account': 'kept', 'Quota': 5}", A);
    MemoryCloud cloud = MemoryCloud.named("kept").orElseThrow();
    assertThat(cloud.keyPairs()).extracting(KeyPairRecord::publicKey).containsExactly(key);
    cloud.close();
    assertThat(MemoryCloud.named("kept")).isEmpty();
    open("{'Account': 'kept', 'Ssh': false, 'Quota': 6}", A);
    assertThat(MemoryCloud.named("kept").orElseThrow().keyPairs()).isEmpty();
  }

  @Test
  void S11_aTokenIsRefusedAlsoAfterTheLastSetOfItsAccountWasRestarted() throws Exception {
    CreateRequest request =
        request(SMALL).toBuilder().attemptToken(AttemptToken.of("once")).build();
    InstanceSet first = open("{'Account': 'once', 'Ssh': false}", A);
    first.create(request).destroy();
    first.stop();
    InstanceSet second = open("{'Account': 'once'}", A);
    assertThatThrownBy(() -> second.create(request))
        .isInstanceOf(CloudException.class)
        .hasMessageContaining("once has made an instance that has ended");
    assertThat(list(second)).isEmpty();
  }

  @Test
  void whatATestHasScriptedIsThereForTheNextSet() throws Exception {
    open("{'Account': 'scripted', 'Ssh': false}", A).stop();
    MemoryCloud cloud = MemoryCloud.named("scripted").orElseThrow();
    cloud.faults().add(Operation.CREATE, Fault.quota());
    InstanceSet set = open("{'Account': 'scripted'}", A);
    assertThatThrownBy(() -> create(set)).isInstanceOf(QuotaException.class);
  }

  @Test
  void aClosedAccountRefusesSetsAndItsNameIsFree() throws Exception {
    open("{'Account': 'closed', 'Ssh': false}", A);
    MemoryCloud cloud = MemoryCloud.named("closed").orElseThrow();
    cloud.close();
    assertThatThrownBy(() -> Sets.open(cloud, A)).isInstanceOf(CloudException.class);
    open("{'Account': 'closed', 'Ssh': false}", A);
    cloud.close();
    assertThat(MemoryCloud.named("closed")).as("closing the old one again").isPresent();
  }

  @Test
  void everyKeyIsRead() throws Exception {
    InstanceSet set =
        open(
            "{'Account': 'full', 'Seed': 7, 'BootDelay': '1m', 'AddressDelay': '1h',"
                + " 'ShutdownDelay': '1h', 'PageSize': 2, 'ListLag': '1s', 'TagLag': '2s',"
                + " 'ForeignRows': true, 'LiveHandles': false, 'Quota': 5,"
                + " 'Capacity': {'m5.large': 3}, 'QuotaGroupCapacity': {'std-spot': 2},"
                + " 'QuotaGroups': {'m': 'std'}, 'RateLimit': {'Calls': 9, 'Interval': '3s'},"
                + " 'Prices': {'m5.large': 0.5}, 'ScratchPrice': 0.001, 'SpotPriceStep': '5m',"
                + " 'SpotInterruptions': {'MeanLife': '6h', 'Notice': '2m'}, 'Ssh': false,"
                + " 'RemoteUser': 'ubuntu', 'HostKeyOverConnection': true,"
                + " 'Capabilities': ['INIT_COMMAND', 'HOST_KEY']}",
            A);
    Settings settings = ((MemoryInstanceSet) set).settings();
    assertThat(settings)
        .isEqualTo(
            new MemoryCloudBuilder("full")
                .seed(7)
                .bootDelay(Duration.ofMinutes(1))
                .addressDelay(Duration.ofHours(1))
                .shutdownDelay(Duration.ofHours(1))
                .pageSize(2)
                .listLag(Duration.ofSeconds(1))
                .tagLag(Duration.ofSeconds(2))
                .foreignRows(true)
                .liveHandles(false)
                .quota(5)
                .capacity("m5.large", 3)
                .quotaGroupCapacity(io.github.clouddriver.InstanceQuotaGroup.of("std-spot"), 2)
                .quotaGroup("m", "std")
                .rateLimit(9, Duration.ofSeconds(3))
                .price("m5.large", new BigDecimal("0.5"))
                .scratchPrice(new BigDecimal("0.001"))
                .spotPriceStep(Duration.ofMinutes(5))
                .spotInterruptions(Duration.ofHours(6), Duration.ofMinutes(2))
                .ssh(false)
                .remoteUser("ubuntu")
                .hostKeyOverConnection(true)
                .capabilities(Set.of(Capability.INIT_COMMAND, Capability.HOST_KEY))
                .settings());
    assertThat(set.instanceQuotaGroup(InstanceType.builder("a", "m7.x").build()))
        .hasToString("std-on-demand");
    set.stop();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'Quotas': 1}                    | $.Quotas     | a known key",
        "{'Quota': '1'}                   | $.Quota      | whole number",
        "{'Quota': -12345}                | $.Quota      | 0 or more",
        "{'PageSize': 0}                  | $.PageSize   | 1 or more",
        "{'BootDelay': 30}                | $.BootDelay  | '30s'",
        "{'BootDelay': '12345678h'}       | $.BootDelay  | century",
        "{'Capacity': {'m5': -12345}}     | $.Capacity   | 0 or more",
        "{'RateLimit': {'Calls': 0, 'Interval': '1s'}} | $.RateLimit | 1 call or more",
        "{'RateLimit': {'Calls': 1}}      | $.RateLimit.Interval | '30s'",
        "{'Account': ' '}                 | $.Account    | not blank",
        "{'Prices': {'m5.large': -12345}} | $.Prices     | 0 or more",
        "{'Capabilities': ['HOST_KEI']}   | $.Capabilities[0] | HOST_KEY",
        "{'Capabilities': ['STATE']}      | $.Capabilities | INIT_COMMAND",
        "{'SpotPriceStep': '1ms'}         | $.SpotPriceStep | a second",
        "{'QuotaGroups': {'m': ''}}       | $.QuotaGroups | on one line"
      })
  void D2_aWrongConfigurationNamesThePlaceAndWhatBelongsThereButNoValue(
      String json, String path, String expected) {
    ConfigException refused = catchThrowableOfType(ConfigException.class, () -> open(json, A));
    assertThat(refused.path()).isEqualTo(path);
    assertThat(refused.expected()).contains(expected.replace("'", ""));
    assertThat(refused).hasNoCause();
    assertThat(refused.getMessage()).doesNotContain("12345").doesNotContain("HOST_KEI");
    assertThat(MemoryCloud.named("default")).as("nothing was created").isEmpty();
  }

  @Test
  void D2_aCloudOfABuilderTakesNoConfiguration() throws Exception {
    try (MemoryCloud cloud = Sets.cloud().build()) {
      ConfigException refused =
          catchThrowableOfType(
              ConfigException.class,
              () ->
                  cloud
                      .driver()
                      .instanceSet(
                          new ObjectMapper().readTree("{\"Quota\": 1}"),
                          A,
                          SharedResourceTags.empty(),
                          NOPLogger.NOP_LOGGER,
                          new SimpleMeterRegistry()));
      assertThat(refused.path()).isEqualTo("$.Quota");
      assertThat(refused.expected()).isEqualTo("no key at all");
    }
  }
}
