package io.github.clouddriver.loopback;

/** The driver's configuration: nothing can be configured, so every key is refused (clause D2). */
record LoopbackConfig() {}
