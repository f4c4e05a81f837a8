package io.github.clouddriver.memory;

import static io.github.clouddriver.memory.Sets.A;
import static io.github.clouddriver.memory.Sets.B;
import static io.github.clouddriver.memory.Sets.MINUTE;
import static io.github.clouddriver.memory.Sets.SECOND;
import static io.github.clouddriver.memory.Sets.START;
import static io.github.clouddriver.memory.Sets.cloud;
import static io.github.clouddriver.memory.Sets.create;
import static io.github.clouddriver.memory.Sets.find;
import static io.github.clouddriver.memory.Sets.ids;
import static io.github.clouddriver.memory.Sets.list;
import static io.github.clouddriver.memory.Sets.listed;
import static io.github.clouddriver.memory.Sets.open;
import static io.github.clouddriver.memory.Sets.tagged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.clouddriver.Instance;
import io.github.clouddriver.InstanceId;
import io.github.clouddriver.InstanceSet;
import io.github.clouddriver.InstanceTags;
import io.github.clouddriver.error.CloudErrors;
import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.error.RateLimitError;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists are whole or fail, and lag by no more than the set says (clauses S4 to S6). */
class ListTest {
  private final ManualClock clock = ManualClock.at(START);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 6, 7})
  void S4_aListHasEveryInstanceOnceOverAllItsPages(int count) throws Exception {
    try (MemoryCloud cloud = cloud().pageSize(3).build()) {
      InstanceSet set = open(cloud, A);
      List<InstanceId> made = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        made.add(create(set).id());
      }
      assertThat(listed(set)).containsExactlyElementsOf(made);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void S4_anyFailedPageFailsTheWholeList(int page) throws Exception {
    try (MemoryCloud cloud = cloud().pageSize(2).build()) {
      InstanceSet set = open(cloud, A);
      for (int i = 0; i < 5; i++) {
        create(set);
      }
      cloud.faults().add(Operation.LIST, Fault.failPage(page, Fault.error("page lost")));
      assertThatThrownBy(() -> list(set))
          .isInstanceOf(CloudException.class)
          .hasMessageContaining("page lost");
      assertThat(list(set)).hasSize(5);
    }
  }

  @Test
  void S4_aPageThatIsRefusedForItsRateFailsTheWholeList() throws Exception {
    try (MemoryCloud cloud = cloud().clock(clock).pageSize(1).rateLimit(4, MINUTE).build()) {
      InstanceSet set = open(cloud, A);
      create(set);
      create(set);
      create(set);
      assertThatThrownBy(() -> list(set))
          .satisfies(e -> assertThat(CloudErrors.find(e, RateLimitError.class)).isPresent());
      clock.advance(MINUTE);
      assertThat(list(set)).hasSize(3);
    }
  }

  @Test
  void S4_aListLagsByAsMuchAsTheSetSaysAndNoMore() throws Exception {
    try (MemoryCloud cloud = cloud().clock(clock).listLag(MINUTE).build()) {
      InstanceSet set = open(cloud, A);
      assertThat(set.listLag()).isEqualTo(MINUTE);
      Instance made = create(set);
      assertThat(made.tags()).isEqualTo(InstanceTags.empty());
      assertThat(list(set)).isEmpty();
      clock.advance(MINUTE.minusNanos(1));
      assertThat(list(set)).isEmpty();
      clock.advance(java.time.Duration.ofNanos(1));
      assertThat(listed(set)).containsExactly(made.id());

      made.setTags(InstanceTags.of("x", "y"));
      made.destroy();
      assertThat(cloud.instances()).isEmpty();
      clock.advance(MINUTE.minusNanos(1));
      assertThat(find(set, made.id()).tags()).isEqualTo(InstanceTags.empty());
      clock.advance(java.time.Duration.ofNanos(1));
      assertThat(list(set)).isEmpty();
    }
  }

  @Test
  void I4_tagsInListsMayBeStaleForAsLongAsTheSetSays() throws Exception {
    try (MemoryCloud cloud = cloud().clock(clock).tagLag(MINUTE).build()) {
      InstanceSet set = open(cloud, A);
      assertThat(set.listLag()).isEqualTo(MINUTE);
      Instance made = set.create(tagged("x", "0"));
      assertThat(find(set, made.id()).tags()).as("tags of the create").isEqualTo(tag("0"));
      made.setTags(tag("1"));
      clock.advance(SECOND);
      made.setTags(tag("2"));
      assertThat(made.tags()).isEqualTo(tag("2"));
      assertThat(find(set, made.id()).tags()).isEqualTo(tag("0"));
      clock.advance(MINUTE.minusSeconds(1));
      assertThat(find(set, made.id()).tags()).isEqualTo(tag("1"));
      clock.advance(SECOND);
      assertThat(find(set, made.id()).tags()).isEqualTo(tag("2"));
    }
  }

  private static InstanceTags tag(String value) {
    return InstanceTags.of("x", value);
  }

  @Test
  void S5_aFilterKeepsWhatHasAllItsTags() throws Exception {
    try (MemoryCloud cloud = cloud().build()) {
      InstanceSet set = open(cloud, A);
      InstanceTags both = InstanceTags.of("k", "1").with("l", "2");
      Instance match =
          set.create(Sets.request(Sets.SMALL).toBuilder().tags(both.with("m", "3")).build());
      set.create(tagged("k", "1"));
      set.create(tagged("k", "2"));
      assertThat(ids(set.instances(both))).containsExactly(match.id());
      assertThat(set.instances(InstanceTags.of("k", "1"))).hasSize(2);
      assertThat(set.instances(InstanceTags.of("k", "3"))).isEmpty();
    }
  }

  @Test
  void S5_aListMayShowRowsThatNobodyAskedFor() throws Exception {
    try (MemoryCloud cloud = cloud().foreignRows(true).build()) {
      InstanceSet set = open(cloud, A);
      Instance own = create(set);
      Instance foreign = create(open(cloud, B));
      assertThat(ids(set.instances(InstanceTags.of("k", "1"))))
          .containsExactly(own.id(), foreign.id());
    }
  }

  @Test
  void S6_aListIsTheCallersOwnSnapshot() throws Exception {
    try (MemoryCloud cloud = cloud().build()) {
      InstanceSet set = open(cloud, A);
      create(set);
      List<Instance> before = list(set);
      create(set);
      assertThat(before).hasSize(1).doesNotContainNull();
      assertThatThrownBy(before::clear).isInstanceOf(UnsupportedOperationException.class);
    }
  }

  @Test
  void anInstanceCanBeDroppedFromTheNextLists() throws Exception {
    try (MemoryCloud cloud = cloud().build()) {
      InstanceSet set = open(cloud, A);
      cloud.faults().add(Operation.CREATE, Fault.dropFromNextLists(2));
      Instance hidden = create(set);
      Instance shown = create(set);
      assertThat(listed(set)).containsExactly(shown.id());
      assertThat(set.instances(InstanceTags.of("no", "match"))).isEmpty();
      assertThat(listed(set)).containsExactly(shown.id());
      assertThat(listed(set)).containsExactly(hidden.id(), shown.id());
      cloud.faults().add(Operation.LIST, Fault.drop(shown.id()));
      assertThat(listed(set)).containsExactly(hidden.id());
      assertThat(listed(set)).containsExactly(hidden.id(), shown.id());
    }
  }
}
