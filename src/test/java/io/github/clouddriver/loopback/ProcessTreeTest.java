package io.github.clouddriver.loopback;

import java.nio.file.Path;

/**
 * As on a host that has neither {@code setsid} nor processes as files: all of the same, but for
 * processes without a parent and daemons.
 */
class ProcessTreeTest extends CommandTests {
  ProcessTreeTest() {
    super(new HostShell(null, Path.of("no-such-folder")));
  }
}
