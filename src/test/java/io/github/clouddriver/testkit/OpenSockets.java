package io.github.clouddriver.testkit;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The TCP connections that this process has opened itself, where the system tells (Linux). What it
 * listens on or has accepted is a provider's in the same process, not a driver's.
 */
final class OpenSockets {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
  private static final List<Path> TABLES =
      List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
  private static final String LISTENING = "0A";

  private record Row(String inode, String localPort, String remote, boolean listening) {}

  private OpenSockets() {}

  /** Whether the system tells. */
  static boolean canBeSeen() {
    return Files.isReadable(DESCRIPTORS) && Files.isReadable(TABLES.get(0));
  }

  /**
   * All sockets of this process, by names that none has again.
   *
   * @return empty where the system does not tell
   */
  static Optional<Set<String>> snapshot() {
    if (!canBeSeen()) {
      return Optional.empty();
    }
    try {
      SocketChannel.open().close(); // with it the JDK opens what it keeps for good
      return Optional.of(ownInodes());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * The connections that are open now and were not then, each as a person can tell it.
   *
   * @param before a snapshot
   */
  static List<String> openedSince(Set<String> before) {
    try {
      Set<String> opened = ownInodes();
      opened.removeAll(before);
      return opened.isEmpty() ? List.of() : connections(opened); // the tables are slow to read
    } catch (IOException e) {
      return List.of();
    }
  }

  private static List<String> connections(Set<String> inodes) throws IOException {
    Set<String> own = ownInodes();
    List<Row> rows = rows();
    Set<String> listening = new HashSet<>();
    rows.stream()
        .filter(row -> row.listening() && own.contains(row.inode()))
        .forEach(row -> listening.add(row.localPort()));
    return rows.stream()
        .filter(row -> inodes.contains(row.inode()))
        .filter(row -> !row.listening() && !listening.contains(row.localPort()))
        .map(row -> "port " + Integer.parseInt(row.localPort(), 16) + row.remote())
        .toList();
  }

  private static Set<String> ownInodes() throws IOException {
    Set<String> inodes = new HashSet<>();
    List<Path> descriptors;
    try (Stream<Path> all = Files.list(DESCRIPTORS)) {
      descriptors = all.toList();
    }
    for (Path each : descriptors) {
      try {
        String target = Files.readSymbolicLink(each).toString();
        if (target.startsWith("socket:[")) {
          inodes.add(target.substring("socket:[".length(), target.length() - 1));
        }
      } catch (IOException closedMeanwhile) {
        continue;
      }
    }
    return inodes;
  }

  private static List<Row> rows() throws IOException {
    List<Row> rows = new ArrayList<>();
    for (Path table : TABLES) {
      if (Files.isReadable(table)) {
        for (String line : Files.readAllLines(table)) {
          String[] columns = line.trim().split("\\s+");
          if (columns.length > 9 && columns[0].endsWith(":")) {
            String local = columns[1];
            rows.add(
                new Row(
                    columns[9],
                    local.substring(local.lastIndexOf(':') + 1),
                    " to " + columns[2],
                    columns[3].equals(LISTENING)));
          }
        }
      }
    }
    return rows;
  }
}
