package io.github.clouddriver.memory;

import java.time.Duration;

/** How lists are answered. */
record Listing(int pageSize, Duration lag, Duration tagLag, boolean foreignRows) {

  /** How far any part of a list may lag behind the truth (clause S4). */
  Duration bound() {
    return lag.compareTo(tagLag) > 0 ? lag : tagLag;
  }
}
