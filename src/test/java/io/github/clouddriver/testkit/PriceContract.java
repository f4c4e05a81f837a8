package io.github.clouddriver.testkit;

import static io.github.clouddriver.testkit.ProviderFaults.Call.LIST;

import io.github.clouddriver.Capability;
import io.github.clouddriver.Instance;
import io.github.clouddriver.InstancePrice;
import io.github.clouddriver.InstanceSet;
import io.github.clouddriver.InstanceType;
import io.github.clouddriver.PriceHistory;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The price history of an instance: clauses I6 and P1 to P5. */
public abstract class PriceContract extends ContractTest {
  private static final Duration AT_ONCE = Duration.ofSeconds(1);
  private static final int CALLS = 100;
  private static final String LIBRARY =
      "this is the library's own code, which the library's own tests prove; no driver has a part in"
          + " it";

  /** For the test class of a driver author. */
  protected PriceContract() {}

  /**
   * Asks that the history is there at once, is never null and cannot be changed; without
   * PRICE_HISTORY it is empty. If it fails: does the driver fetch prices while it is asked, instead
   * of before?
   *
   * @throws Exception if the driver breaks the clause
   */
  @Test
  public void required_I6_theHistoryIsThereAtOnce() throws Exception {
    InstanceSet set = lab().open();
    Instance made = lab().create(set);
    InstanceType type = lab().subject().instanceType();
    // Whoever lists anything in order to answer is refused.
    boolean throttled =
        lab().subject().faults().map(faults -> faults.throttle(LIST, null)).orElse(false);
    AtomicReference<List<InstancePrice>> last = new AtomicReference<>();
    InFlight<Void> calls =
        lab()
            .start(
                () -> {
                  for (int i = 0; i < CALLS; i++) {
                    last.set(made.priceHistory(type));
                  }
                  return null;
                });
    boolean ended = calls.ends(lab().pace().bound(AT_ONCE));
    if (!ended) {
      calls.interrupt();
    }
    lab()
        .check(
            ended,
            CALLS + " calls of priceHistory took longer than a second.",
            "answer from memory; fetch prices with each list, or in the background.");
    lab()
        .check(
            calls.raised() == null,
            "priceHistory raised "
                + calls.raised()
                + (throttled ? " while the provider throttled lists." : "."),
            "answer from memory, and never fail.");
    List<InstancePrice> history = last.get();
    lab().check(history != null, "priceHistory is null.", "no data is an empty list.");
    lab()
        .check(
            set.capabilities().contains(Capability.PRICE_HISTORY) || history.isEmpty(),
            "a set without PRICE_HISTORY has the history " + history + ".",
            "claim PRICE_HISTORY.");
    Throwable changed =
        lab()
            .raisedBy(
                () ->
                    history.add(
                        new InstancePrice(lab().subject().clock().instant(), BigDecimal.ONE)));
    lab().check(changed != null, "the list can be changed.", "return an unmodifiable list.");
  }

  /**
   * Asks that added scratch never makes the price lower. Skipped without PRICE_HISTORY, and where
   * scratch costs nothing at this provider. If it fails: is the price of {@code addedScratch()}
   * subtracted, or is that of another type taken?
   *
   * @throws Exception if the driver breaks the clause
   */
  @Test
  public void required_I6_addedScratchIsPartOfThePrice() throws Exception {
    InstanceSet set = lab().open();
    Instance made = lab().create(set);
    InstanceType type = lab().subject().instanceType();
    lab().needCapability(set, Capability.PRICE_HISTORY, () -> {});
    List<InstancePrice> plain = ask(made, type);
    List<InstancePrice> more =
        ask(made, type.toBuilder().addedScratch(type.addedScratch() + (1L << 40)).build());
    Lab.need(!plain.isEmpty(), "there is no price yet");
    lab()
        .check(
            !more.isEmpty() && more.get(0).price().compareTo(plain.get(0).price()) >= 0,
            "with a TiB of scratch more the history is " + more + ", without " + plain + ".",
            "add the price of type.addedScratch() to each row.");
    lab()
        .check(
            !more.equals(plain) || !lab().subject().chargesForScratch(),
            "a TiB of scratch more changes nothing in the history " + plain + ".",
            "add the price of type.addedScratch() to each row.");
    Lab.need(!more.equals(plain), "scratch costs nothing at this provider: chargesForScratch()");
  }

  /** A step: what is wrong with the call itself is clause I6. */
  private List<InstancePrice> ask(Instance instance, InstanceType type) throws Exception {
    InFlight<List<InstancePrice>> call = lab().start(() -> instance.priceHistory(type));
    boolean ended = call.ends(lab().pace().bound(AT_ONCE));
    if (!ended) {
      call.interrupt();
    }
    Throwable raised = ended ? call.raised() : null;
    if (!ended || raised != null || call.result() == null) {
      throw new Breach(
          "I6",
          "priceHistory "
              + (ended ? raised == null ? "is null." : "raised " + raised + "." : "hangs."),
          "it answers from memory, with an empty list where there is no data.",
          raised);
    }
    return call.result();
  }

  private List<InstancePrice> history() throws Exception {
    InstanceSet set = lab().open();
    Instance made = lab().create(set);
    lab().needCapability(set, Capability.PRICE_HISTORY, () -> {});
    InstanceType type = lab().subject().preemptibleType().orElse(lab().subject().instanceType());
    Instance priced = made;
    if (lab().subject().preemptibleType().isPresent()) {
      lab().needRoomFor(2);
      priced = lab().create(set, request -> lab().request(set, type));
    }
    List<InstancePrice> history = ask(priced, type);
    Lab.need(!history.isEmpty(), "there is no price yet");
    return history;
  }

  /**
   * Asks that a history begins with the latest price and has no price twice in a row. Skipped
   * without PRICE_HISTORY or prices. If it fails: is it {@code PriceHistory.normalizePriceHistory}
   * that made it?
   *
   * @throws Exception if the driver breaks the clause
   */
  @Test
  public void required_P1_aHistoryIsSortedWithoutDuplicates() throws Exception {
    List<InstancePrice> history = history();
    for (int i = 1; i < history.size(); i++) {
      InstancePrice later = history.get(i - 1);
      InstancePrice earlier = history.get(i);
      lab()
          .check(
              !earlier.startTime().isAfter(later.startTime()),
              "in a history " + earlier + " comes after " + later + ".",
              "the most recent first: PriceHistory.normalizePriceHistory.");
      lab()
          .check(
              earlier.startTime().equals(later.startTime())
                  || earlier.price().compareTo(later.price()) != 0,
              "a history has neighbours with one price, " + later + " and " + earlier + ".",
              "the oldest row stays: PriceHistory.normalizePriceHistory.");
    }
  }

  /** Not tested: it is the library's own code, which no driver has a part in. */
  @Test
  public void untested_P2_theInputIsNotChanged() {
    throw new Verdict.Skip(Verdict.UNTESTED, LIBRARY);
  }

  /**
   * Asks that a history has one row for each instant, and stays the same when it is normalised
   * again. Skipped without PRICE_HISTORY or prices. If it fails: are rows added after the
   * normalisation?
   *
   * @throws Exception if the driver breaks the clause
   */
  @Test
  public void required_P3_anInstantHasOnePrice() throws Exception {
    List<InstancePrice> history = history();
    List<InstancePrice> once = new ArrayList<>();
    for (InstancePrice row : history) {
      lab()
          .check(
              once.stream().noneMatch(each -> each.startTime().equals(row.startTime())),
              "a history has two prices of " + row.startTime() + ".",
              "the highest stays: PriceHistory.normalizePriceHistory.");
      once.add(row);
    }
    List<InstancePrice> sorted = new ArrayList<>(PriceHistory.normalizePriceHistory(history));
    lab()
        .check(
            sorted.size() == history.size() || hasEqualNeighbours(history),
            "normalised again, " + history + " becomes " + sorted + ".",
            "normalising a history changes nothing: PriceHistory.normalizePriceHistory.");
  }

  /** That is clause P1. */
  private static boolean hasEqualNeighbours(List<InstancePrice> history) {
    for (int i = 1; i < history.size(); i++) {
      if (history.get(i).price().compareTo(history.get(i - 1).price()) == 0) {
        return true;
      }
    }
    return false;
  }

  /** Not tested: it is the library's own code, which no driver has a part in. */
  @Test
  public void untested_P4_normalisingIsFast() {
    throw new Verdict.Skip(Verdict.UNTESTED, LIBRARY);
  }

  /** Not tested: it is the library's own code, which no driver has a part in. */
  @Test
  public void untested_P5_costIntegratesOverTime() {
    throw new Verdict.Skip(Verdict.UNTESTED, LIBRARY);
  }
}
