package io.github.clouddriver.testkit;

import io.github.clouddriver.Instance;
import io.github.clouddriver.InstanceId;
import io.github.clouddriver.InstanceSet;
import io.github.clouddriver.InstanceTags;
import io.github.clouddriver.error.CloudException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What lists show: clauses S4 to S6. */
public abstract class ListContract extends ContractTest {

  /** For the test class of a driver author. */
  protected ListContract() {}

  /**
   * Asks that a list shows each instance from its create on, booting or not, exactly once. If it
   * fails: does the list ask for running instances only, or read the same page twice?
   *
   * @throws Exception if the driver breaks the clause
   */
  @Test
  public void required_S4_everyInstanceIsListedOnce() throws Exception {
    InstanceSet set = lab().open();
    Set<InstanceId> made = new HashSet<>();
    for (int i = 0; i < Math.min(3, lab().subject().maxInstances()); i++) {
      made.add(lab().create(set).id());
      checkComplete(set, made);
    }
  }

  /**
   * Asks for a list of more than one page. Skipped where {@code faults()} tells no page size, or
   * {@code maxInstances()} is less than two pages need. If it fails: does the driver follow the
   * next page's token to the end?
   *
   * @throws Exception if the driver breaks the clause
   */
  @Test
  public void required_S4_everyPageIsRead() throws Exception {
    InstanceSet set = lab().open();
    checkComplete(set, fillPages(set, lab().needFaults()));
  }

  private void checkComplete(InstanceSet set, Set<InstanceId> made) throws Exception {
    boolean complete = lab().next(set, () -> DriverContract.ids(lab().list(set)).containsAll(made));
    List<Instance> rows = lab().list(set);
    lab()
        .check(
            complete,
            "of " + made + " the list shows " + rows + " only.",
            "list what boots too, on every page, within listLag().");
    lab()
        .check(
            DriverContract.ids(rows).size() == rows.size(),
            "the list shows an instance twice: " + rows + ".",
            "each instance has one row, over all pages.");
  }

  private Set<InstanceId> fillPages(InstanceSet set, ProviderFaults faults) throws Exception {
    int pageSize =
        faults
            .pageSize()
            .orElseThrow(() -> Lab.excuse("faults().pageSize() is empty: lists have one page"));
    lab().needRoomFor(pageSize + 1);
    Set<InstanceId> made = new HashSet<>();
    for (int i = 0; i <= pageSize; i++) {
      made.add(lab().create(set).id());
    }
    return made;
  }

  /**
   * Asks that a list of which a page fails, the first or a later one, fails as a whole. Skipped
   * where {@code faults()} cannot fail a page. If it fails: is an exception caught between the
   * pages?
   *
   * @throws Exception if the driver breaks the clause
   */
  @Test
  public void required_S4_aFailedPageFailsTheList() throws Exception {
    ProviderFaults faults = lab().needFaults();
    InstanceSet set = lab().open();
    int pages = 1;
    if (faults.pageSize().isPresent()
        && lab().subject().maxInstances() > faults.pageSize().getAsInt()) {
      fillPages(set, faults);
      pages = 2;
    } else {
      lab().create(set);
    }
    lab().letListsCatchUp(set);
    for (int page = 1; page <= pages; page++) {
      Lab.need(faults.failPage(page), "faults() cannot fail a page of a list");
      List<Instance> rows = new ArrayList<>();
      Throwable raised = lab().raisedBy(() -> rows.addAll(set.instances(lab().tagOf(set))));
      lab()
          .check(
              raised instanceof CloudException,
              "with page "
                  + page
                  + " failing, instances "
                  + (raised == null ? "returned " + rows : "raised " + raised)
                  + ".",
              "any page that fails makes the whole call fail, with a CloudException.");
      faults.clear();
    }
  }

  /**
   * Asks that what shuts down is listed until it has ended. Skipped where {@code provider()} is
   * empty, or instances end at once. If it fails: does the list ask for running and booting
   * instances only?
   *
   * @throws Exception if the driver breaks the clause
   */
  @Test
  public void required_S4_whatShutsDownIsListed() throws Exception {
    ProviderView provider = lab().needProvider();
    InstanceSet set = lab().open();
    Instance made = lab().create(set);
    lab().awaitListed(set, made);
    lab().destroy(made);
    boolean[] ended = new boolean[1];
    boolean listed =
        lab()
            .next(
                set,
                () -> {
                  boolean shown = lab().find(set, made.id()).isPresent();
                  ended[0] = !provider.instances(lab().id()).contains(made.id());
                  return shown || ended[0];
                });
    lab()
        .check(
            listed,
            made + " shuts down at the provider, but is not listed.",
            "list instances of every state but the last one, \"gone\".");
    Lab.need(!ended[0], "the provider ends instances at once");
  }

  /**
   * Asks that a filter leaves out nothing that has all its tags. If it fails: does a value have a
   * meaning to the provider's filter, such as a wildcard? Are two tags joined with "or"?
   *
   * @throws Exception if the driver breaks the clause
   */
  @Test
  public void required_S5_aFilterLeavesOutNoMatch() throws Exception {
    InstanceSet set = lab().open();
    InstanceTags own = lab().tagOf(set);
    List<InstanceTags> all =
        List.of(
            own.with("kit-x", "1").with("kit-y", "2").with("kit-empty", ""),
            own.with("kit-x", "1").with("kit-star", "a*b"));
    List<Instance> made = new ArrayList<>();
    for (InstanceTags tags : all.subList(0, Math.min(2, lab().subject().maxInstances()))) {
      Instance each = lab().create(set, request -> request.tags(tags));
      checkTagged(lab().awaitListed(set, each), tags);
      made.add(each);
    }
    List<InstanceTags> filters =
        List.of(
            InstanceTags.empty(),
            own,
            InstanceTags.of("kit-x", "1"),
            own.with("kit-x", "1").with("kit-y", "2"),
            own.with("kit-star", "a*b"),
            own.with("kit-empty", ""));
    for (InstanceTags filter : filters) {
      Set<InstanceId> matching = new HashSet<>();
      for (int i = 0; i < made.size(); i++) {
        if (all.get(i).containsAll(filter)) {
          matching.add(made.get(i).id());
        }
      }
      lab()
          .check(
              lab()
                  .next(
                      set, () -> DriverContract.ids(lab().list(set, filter)).containsAll(matching)),
              "the filter "
                  + filter.asMap()
                  + " shows "
                  + lab().list(set, filter)
                  + ", not all of "
                  + matching
                  + ".",
              "show what has all the filter's tags with equal values; more is no fault.");
    }
  }

  private static void checkTagged(Instance row, InstanceTags tags) {
    if (!row.tags().containsAll(tags)) {
      throw new Breach(
          "S1",
          "the next list shows " + row + " with the tags " + row.tags().asMap() + ".",
          "it has every requested tag.",
          null);
    }
  }

  /**
   * Asks that a list is a snapshot that nobody can change, without null. If it fails: does the
   * driver return its own collection?
   *
   * @throws Exception if the driver breaks the clause
   */
  @Test
  public void required_S6_aListIsASnapshot() throws Exception {
    InstanceSet set = lab().open();
    checkUnmodifiable(lab().list(set));
    Instance made = lab().create(set);
    lab().awaitListed(set, made);
    List<Instance> rows = lab().list(set);
    List<Instance> copy = new ArrayList<>(rows);
    checkUnmodifiable(rows);
    lab().destroyAndWait(set, made);
    lab()
        .check(
            rows.equals(copy),
            "a list changed from " + copy + " to " + rows + " after it had been returned.",
            "return a copy.");
  }

  private boolean areListed(InstanceSet set, Instance made, InstanceTags tags) throws Exception {
    return lab()
        .next(
            set,
            () ->
                lab()
                    .find(set, made.id())
                    .filter(each -> each.tags().containsAll(tags))
                    .isPresent());
  }

  private boolean worksThrough(InstanceSet set, Instance handle, Instance made, InstanceTags tags)
      throws Exception {
    return lab().raisedBy(() -> handle.setTags(tags)) == null && areListed(set, made, tags);
  }

  private void checkUnmodifiable(List<Instance> rows) {
    List<Lab.Step> changes =
        List.of(
            rows::clear,
            () -> rows.removeIf(row -> true),
            () -> rows.addAll(new ArrayList<>(rows)),
            () -> rows.add(rows.isEmpty() ? null : rows.get(0)));
    int size = rows.size();
    for (Lab.Step change : changes) {
      Throwable raised = lab().raisedBy(change);
      lab()
          .check(
              rows.size() == size && (raised != null || size == 0),
              "a returned list can be changed.",
              "return an unmodifiable list, as List.copyOf makes.");
    }
    Throwable raised = lab().raisedBy(() -> rows.add(null));
    lab().check(raised != null, "a returned list can be changed.", "return List.copyOf(…).");
  }

  /**
   * Asks that either of two handles of one instance can tag and destroy it. If it fails: does a
   * handle keep state that the other one lacks?
   *
   * @throws Exception if the driver breaks the clause
   */
  @Test
  public void required_S6_eitherHandleWorks() throws Exception {
    InstanceSet set = lab().open();
    Instance made = lab().create(set);
    lab().awaitListed(set, made);
    Instance row = lab().find(set, made.id()).orElse(made);
    for (Instance handle : List.of(row, made)) {
      InstanceTags tags = lab().tagOf(set).with("kit-handle", handle == row ? "row" : "made");
      Throwable raised = lab().raisedBy(() -> handle.setTags(tags));
      boolean tagged = raised == null && areListed(set, made, tags);
      if (!tagged && !worksThrough(set, handle == row ? made : row, made, tags)) {
        throw new Breach(
            "I3",
            "setTags(" + tags.asMap() + ") has no effect through any handle.",
            "afterwards the caller's tags are exactly these.",
            raised);
      }
      lab()
          .check(
              tagged,
              "setTags through the handle that "
                  + (handle == row ? "a list" : "create")
                  + " returned "
                  + (raised == null ? "had no effect." : "raised " + raised + "."),
              "equal ids mean the same instance, whichever handle is used.");
    }
    Throwable raised = lab().raisedBy(row::destroy);
    boolean gone = lab().pace().settles(() -> lab().find(set, made.id()).isEmpty());
    if (!gone) {
      lab().destroyAndWait(set, made); // where no handle works, that breaks I5
    }
    lab()
        .check(
            raised == null && gone,
            "destroy through a list's handle "
                + (raised == null ? "had no effect." : "raised " + raised + "."),
            "equal ids mean the same instance, whichever handle is used.");
  }
}
