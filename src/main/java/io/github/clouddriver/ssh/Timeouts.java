package io.github.clouddriver.ssh;

import java.time.Duration;

/**
 * How long each phase may take; {@link SshExecutor.Builder} says what each means. Immutable.
 *
 * @param goodbye for KILL and the goodbye to reach the server at the end of a connection
 */
record Timeouts(
    Duration connect,
    Duration keyExchange,
    Duration hostKey,
    Duration authentication,
    Duration channel,
    Duration command,
    Duration keepAlive,
    Duration goodbye) {}
