package io.github.clouddriver.memory;

/**
 * How one logs in to an instance, how its host key can be told to be its own, and how many commands
 * a connection carries at once.
 */
record SshSettings(
    boolean enabled, String remoteUser, boolean hostKeyOverConnection, int maxSessions) {}
