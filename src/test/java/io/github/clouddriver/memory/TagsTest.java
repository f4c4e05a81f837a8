package io.github.clouddriver.memory;

import static io.github.clouddriver.memory.Sets.A;
import static io.github.clouddriver.memory.Sets.MINUTE;
import static io.github.clouddriver.memory.Sets.START;
import static io.github.clouddriver.memory.Sets.cloud;
import static io.github.clouddriver.memory.Sets.find;
import static io.github.clouddriver.memory.Sets.open;
import static io.github.clouddriver.memory.Sets.tagged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.clouddriver.CreateRequest;
import io.github.clouddriver.Instance;
import io.github.clouddriver.InstanceSet;
import io.github.clouddriver.InstanceTags;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tags are replaced as a whole, and what a caller holds is a snapshot (clauses I3, I4). */
class TagsTest {
  private final ManualClock clock = ManualClock.at(START);

  @Test
  void I3_setTagsReplacesAllTagsAndAnEmptyMapClearsThem() throws Exception {
    try (MemoryCloud cloud = cloud().build()) {
      InstanceSet set = open(cloud, A);
      Instance made = set.create(tagged("old", "1"));
      InstanceTags replacement = InstanceTags.of("new", "2").with("empty", "");
      made.setTags(replacement);
      assertThat(made.tags()).isEqualTo(replacement);
      assertThat(find(set, made.id()).tags()).isEqualTo(replacement);
      assertThat(set.instances(InstanceTags.of("old", "1"))).isEmpty();
      made.setTags(InstanceTags.empty());
      assertThat(find(set, made.id()).tags()).isEqualTo(InstanceTags.empty());
    }
  }

  @Test
  void I4_changingAMapHandedInChangesNothingInside() throws Exception {
    try (MemoryCloud cloud = cloud().build()) {
      InstanceSet set = open(cloud, A);
      Map<String, String> map = new HashMap<>(Map.of("k", "1"));
      Instance made =
          set.create(
              CreateRequest.builder(Sets.SMALL, Sets.IMAGE).tags(InstanceTags.of(map)).build());
      map.put("k", "2");
      assertThat(made.tags().asMap()).containsExactly(Map.entry("k", "1"));
      assertThat(find(set, made.id()).tags().asMap()).containsExactly(Map.entry("k", "1"));
    }
  }

  @Test
  void I4_aMapHandedOutIsImmutableAndDoesNotFollowLaterChanges() throws Exception {
    try (MemoryCloud cloud = cloud().build()) {
      InstanceSet set = open(cloud, A);
      Instance made = set.create(tagged("k", "1"));
      Instance row = find(set, made.id());
      InstanceTags before = made.tags();
      made.setTags(InstanceTags.of("k", "2"));
      assertThat(before.asMap()).containsExactly(Map.entry("k", "1"));
      assertThat(row.tags()).as("stale until the next list").isEqualTo(before);
      assertThatThrownBy(() -> made.tags().asMap().put("x", "y"))
          .isInstanceOf(UnsupportedOperationException.class);
    }
  }

  @Test
  void anInstanceThatShutsDownCanStillBeTagged() throws Exception {
    try (MemoryCloud cloud = cloud().clock(clock).shutdownDelay(MINUTE).build()) {
      InstanceSet set = open(cloud, A);
      Instance made = set.create(tagged("k", "1"));
      made.destroy();
      made.setTags(InstanceTags.of("k", "2"));
      assertThat(find(set, made.id()).tags()).isEqualTo(InstanceTags.of("k", "2"));
    }
  }

  @Test
  void manyChangesAreForgottenOnceNoListCanShowThem() throws Exception {
    Timeline<Integer> values = new Timeline<>(0);
    for (int i = 1; i <= 1000; i++) {
      values.set(START.plusSeconds(i), i);
      values.forgetBefore(START.plusSeconds(i - 10));
    }
    assertThat(values.latest()).isEqualTo(1000);
    assertThat(values.at(START.plusSeconds(995))).isEqualTo(995);
    assertThat(values.at(START.plusSeconds(990))).isEqualTo(990);
    assertThat(values.at(START)).as("the oldest that is kept").isEqualTo(990);
    values.set(START, 1001);
    assertThat(values.at(START.plusSeconds(1000)))
        .as("a change that claims to be older comes last all the same")
        .isEqualTo(1001);
  }
}
