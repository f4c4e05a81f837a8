package io.github.clouddriver.memory;

import java.time.Duration;

/** How many calls the account may make in any interval. */
record RateLimit(int calls, Duration interval) {}
