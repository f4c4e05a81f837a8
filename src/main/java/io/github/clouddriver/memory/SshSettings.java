package io.github.clouddriver.memory;

/** How one logs in to an instance, and how its host key can be told to be its own. */
record SshSettings(boolean enabled, String remoteUser, boolean hostKeyOverConnection) {}
