package io.github.clouddriver.memory;

/** The configuration of a cloud that its builder has configured already. */
record NoConfig() {}
