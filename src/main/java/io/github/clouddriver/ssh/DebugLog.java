package io.github.clouddriver.ssh;

import org.slf4j.Logger;

/**
 * A caller's logger, told of connections. One that fails must not cost anybody a connection, nor
 * keep others from being closed. As safe for use by several threads as the logger.
 */
record DebugLog(Logger logger) {

  void write(String format, Object first) {
    write(format, first, "");
  }

  void write(String format, Object first, Object second) {
    try {
      logger.debug(format, first, second);
    } catch (RuntimeException | Error e) {
      // The logger itself is the only place where this could be told.
    }
  }
}
