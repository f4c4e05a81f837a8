package io.github.clouddriver.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;

/** What an executor must not leave behind in its process: threads, and sockets. */
record Leftovers(Set<String> sockets) {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  /** What there is before a test. */
  static Leftovers now() {
    return new Leftovers(openSockets());
  }

  /** The threads of ours and of sshj's. */
  static List<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(each -> each.getName().startsWith(Workers.PREFIX) || isSshj(each))
        .toList();
  }

  private static boolean isSshj(Thread thread) {
    return thread.getName().startsWith("sshj-");
  }

  /** Nothing is being done any more; threads that are idle go by themselves soon. */
  static void assertNoBusyThread() {
    soon()
        .untilAsserted(
            () ->
                assertThat(threads())
                    .allMatch(each -> each.getName().equals(Workers.PREFIX), "is idle"));
  }

  static void assertNoThread() {
    soon().untilAsserted(() -> assertThat(threads()).isEmpty());
  }

  /**
   * No socket is open that was not before; one of an earlier test may have been closed since. Says
   * nothing where the kernel does not tell.
   */
  void assertSameSockets() {
    soon().untilAsserted(() -> assertThat(openSockets()).isSubsetOf(sockets));
  }

  private static ConditionFactory soon() {
    return await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(10));
  }

  /** What the kernel says; a socket that is closed is not in there. */
  private static Set<String> openSockets() {
    Set<String> open = new TreeSet<>();
    if (!Files.isDirectory(DESCRIPTORS)) {
      return open;
    }
    try (Stream<Path> all = Files.list(DESCRIPTORS)) {
      for (Path each : all.toList()) {
        try {
          String target = Files.readSymbolicLink(each).toString();
          if (target.startsWith("socket:")) {
            open.add(target);
          }
        } catch (IOException e) {
          // closed since it was listed
        }
      }
      return open;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
