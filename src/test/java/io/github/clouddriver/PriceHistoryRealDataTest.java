package io.github.clouddriver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Clauses P1 to P5 on what EC2 really answered; the text file beside the data says what it is. */
class PriceHistoryRealDataTest {
  private static final Map<String, List<InstancePrice>> BY_ZONE_AND_TYPE = read();

  private static Map<String, List<InstancePrice>> read() {
    Map<String, List<InstancePrice>> rows = new TreeMap<>();
    try (InputStream file =
            PriceHistoryRealDataTest.class.getResourceAsStream("spot-prices-2022-05-linux.tsv.gz");
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(new GZIPInputStream(file), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] columns = line.split("\t");
        rows.computeIfAbsent(columns[0] + " " + columns[1], key -> new ArrayList<>())
            .add(InstancePrice.of(OffsetDateTime.parse(columns[4]).toInstant(), columns[3]));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }

  private static List<InstancePrice> all() {
    List<InstancePrice> all = new ArrayList<>();
    BY_ZONE_AND_TYPE.values().forEach(all::addAll);
    return all;
  }

  private static final Instant ELEVEN_PM = Instant.parse("2022-05-31T23:00:00Z");
  private static final Instant MIDNIGHT = Instant.parse("2022-06-01T00:00:00Z");

  @Test
  void theDataIsThere() {
    assertThat(all()).hasSize(9281);
    assertThat(BY_ZONE_AND_TYPE).hasSize(9100);
  }

  @Test
  void aPriceThatDipsForAMinuteKeepsItsThreeRowsAndCostsWhatAPocketCalculatorSays() {
    List<InstancePrice> history = BY_ZONE_AND_TYPE.get("sae1-az2 c5ad.16xlarge");
    assertThat(PriceHistory.normalizePriceHistory(history))
        .containsExactly(
            InstancePrice.of(Instant.parse("2022-05-31T23:06:31Z"), "1.5087"),
            InstancePrice.of(Instant.parse("2022-05-31T23:05:31Z"), "1.4952"),
            InstancePrice.of(Instant.parse("2022-05-31T23:05:26Z"), "1.5087"));
    // 3,540 s at 1.5087 and 60 s at 1.4952
    assertThat(PriceHistory.cost(history, ELEVEN_PM, MIDNIGHT)).isEqualByComparingTo("1.508475");
  }

  @Test
  void aPriceThatChangesOnceIsChargedInTwoParts() {
    List<InstancePrice> history = BY_ZONE_AND_TYPE.get("usw2-az4 c5.4xlarge");
    // 3,183 s at 0.2705 and 417 s at 0.2701
    assertThat(PriceHistory.cost(history, ELEVEN_PM, MIDNIGHT))
        .isEqualByComparingTo("0.2704536666666666666666666666666667");
  }

  @Test
  void everyZoneAndTypeGivesWhatTheModelGives() {
    BY_ZONE_AND_TYPE.forEach(
        (key, rows) -> {
          assertThat(PriceHistory.normalizePriceHistory(rows))
              .as(key)
              .isEqualTo(PriceHistoryModel.normalise(rows));
          assertThat(PriceHistory.cost(rows, MIDNIGHT.minusSeconds(600), MIDNIGHT))
              .as(key)
              .isEqualByComparingTo(
                  PriceHistoryModel.cost(rows, MIDNIGHT.minusSeconds(600), MIDNIGHT));
        });
  }

  @Test
  void allRowsTogetherWhereManyShareATimeGiveTheSameInEveryOrder() {
    List<InstancePrice> rows = all();
    List<InstancePrice> expected = PriceHistoryModel.normalise(rows);
    assertThat(expected).hasSizeLessThan(5244).hasSizeGreaterThan(5000);
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int order = 0; order < 10; order++) {
      Collections.shuffle(rows, random);
      assertThat(PriceHistory.normalizePriceHistory(rows)).as("seed %d", seed).isEqualTo(expected);
    }
    Instant from = ELEVEN_PM.minusSeconds(6 * 3600);
    assertThat(PriceHistory.cost(rows, from, MIDNIGHT))
        .isEqualByComparingTo(PriceHistoryModel.cost(rows, from, MIDNIGHT));
  }
}
