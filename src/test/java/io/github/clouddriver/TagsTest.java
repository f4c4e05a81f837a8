package io.github.clouddriver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Clauses S1, D3, I4, D8. */
class TagsTest {
  private static final Map<String, String> TWO = new LinkedHashMap<>();

  static {
    TWO.put("z", "1");
    TWO.put("a", "");
  }

  @Test
  void instanceTagsKeepTheirOrder() {
    InstanceTags tags = InstanceTags.of(TWO).with("m", "3").with("z", "4");
    assertThat(tags.asMap())
        .containsExactly(Map.entry("z", "4"), Map.entry("a", ""), Map.entry("m", "3"));
    assertThat(tags.without("a").asMap()).containsExactly(Map.entry("z", "4"), Map.entry("m", "3"));
    assertThat(tags.without("nothing")).isEqualTo(tags);
    assertThat(tags.get("z")).contains("4");
    assertThat(tags.get("a")).contains("");
    assertThat(tags.get("nothing")).isEmpty();
  }

  @Test
  void sharedResourceTagsKeepTheirOrder() {
    SharedResourceTags tags = SharedResourceTags.of(TWO).with("m", "3").with("z", "4");
    assertThat(tags.asMap())
        .containsExactly(Map.entry("z", "4"), Map.entry("a", ""), Map.entry("m", "3"));
    assertThat(tags.without("a").asMap()).containsExactly(Map.entry("z", "4"), Map.entry("m", "3"));
    assertThat(tags.without("nothing")).isEqualTo(tags);
    assertThat(tags.get("z")).contains("4");
    assertThat(tags.get("a")).contains("");
    assertThat(tags.get("nothing")).isEmpty();
  }

  @Test
  void I4_noMapLeadsInside() {
    Map<String, String> given = new LinkedHashMap<>(TWO);
    InstanceTags tags = InstanceTags.of(given);
    SharedResourceTags shared = SharedResourceTags.of(given);
    given.put("later", "x");
    assertThat(tags.asMap()).isEqualTo(TWO);
    assertThat(shared.asMap()).isEqualTo(TWO);
    for (Map<String, String> map :
        List.of(
            tags.asMap(),
            shared.asMap(),
            InstanceTags.empty().asMap(),
            tags.without("z").asMap(),
            shared.without("z").asMap())) {
      assertThatThrownBy(() -> map.put("x", "y")).isInstanceOf(UnsupportedOperationException.class);
    }
  }

  @Test
  void aChangeLeavesTheOldTagsAsTheyWere() {
    InstanceTags tags = InstanceTags.of("k", "v");
    tags.with("k", "w");
    tags.with("l", "w");
    tags.without("k");
    assertThat(tags).isEqualTo(InstanceTags.of("k", "v"));
    SharedResourceTags shared = SharedResourceTags.of("k", "v");
    shared.with("k", "w");
    shared.without("k");
    assertThat(shared).isEqualTo(SharedResourceTags.of("k", "v"));
  }

  @Test
  void tagsAreEqualInAnyOrderAndToNothingElse() {
    InstanceTags tags = InstanceTags.of(TWO);
    InstanceTags turned = InstanceTags.of("a", "").with("z", "1");
    assertThat(tags).isEqualTo(turned).hasSameHashCodeAs(turned);
    assertThat(tags).isNotEqualTo(turned.with("z", "2")).isNotEqualTo(turned.without("a"));
    assertThat(tags).isNotEqualTo(TWO).isNotEqualTo(null);
    SharedResourceTags shared = SharedResourceTags.of(TWO);
    SharedResourceTags sharedTurned = SharedResourceTags.of("a", "").with("z", "1");
    assertThat(shared).isEqualTo(sharedTurned).hasSameHashCodeAs(sharedTurned);
    assertThat(shared).isNotEqualTo(sharedTurned.with("z", "2")).isNotEqualTo(null);
    assertThat((Object) shared).isNotEqualTo(tags);
  }

  @Test
  void S5_containsAllComparesKeysAndValues() {
    InstanceTags tags = InstanceTags.of(TWO);
    assertThat(tags.containsAll(InstanceTags.empty())).isTrue();
    assertThat(tags.containsAll(tags)).isTrue();
    assertThat(tags.containsAll(InstanceTags.of("a", ""))).isTrue();
    assertThat(tags.containsAll(InstanceTags.of("a", "x"))).isFalse();
    assertThat(tags.containsAll(InstanceTags.of("b", ""))).isFalse();
    assertThat(tags.containsAll(tags.with("b", ""))).isFalse();
    assertThat(InstanceTags.empty().containsAll(InstanceTags.of("a", ""))).isFalse();
    SharedResourceTags shared = SharedResourceTags.of(TWO);
    assertThat(shared.containsAll(SharedResourceTags.empty())).isTrue();
    assertThat(shared.containsAll(SharedResourceTags.of("a", ""))).isTrue();
    assertThat(shared.containsAll(SharedResourceTags.of("a", "x"))).isFalse();
    assertThat(shared.containsAll(SharedResourceTags.of("b", ""))).isFalse();
  }

  @Test
  void emptyTagsAreEmpty() {
    assertThat(InstanceTags.empty().isEmpty()).isTrue();
    assertThat(InstanceTags.empty().asMap()).isEmpty();
    assertThat(InstanceTags.of(Map.of())).isEqualTo(InstanceTags.empty());
    assertThat(InstanceTags.of("k", "v").isEmpty()).isFalse();
    assertThat(InstanceTags.of("k", "v").without("k").isEmpty()).isTrue();
    assertThat(SharedResourceTags.empty().isEmpty()).isTrue();
    assertThat(SharedResourceTags.of("k", "v").isEmpty()).isFalse();
    assertThat(SharedResourceTags.of(Map.of())).isEqualTo(SharedResourceTags.empty());
  }

  @Test
  void D8_theTextShowsKeysOnly() {
    assertThat(InstanceTags.of("secret", "hunter2").with("b", "x")).hasToString("[secret, b]");
    assertThat(SharedResourceTags.of("secret", "hunter2").with("b", "x"))
        .hasToString("[secret, b]");
    assertThat(InstanceTags.empty()).hasToString("[]");
  }
}
