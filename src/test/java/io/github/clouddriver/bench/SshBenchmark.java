package io.github.clouddriver.bench;

import io.github.clouddriver.exec.SshPublicKeys;
import io.github.clouddriver.ssh.OpenSsh;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * SSH clients side by side on OpenSSH's server, on this machine's loopback: commands one after
 * another, 16 at once, and 400 MB of stdout. Each client is a process of its own that stays logged
 * in; after a warm-up they take turns, several times a round, and medians over the rounds are
 * compared.
 *
 * <pre>
 * mvn -Pbench test-compile exec:exec -Dbench= \
 *     -Dbench.main=io.github.clouddriver.bench.SshBenchmark
 * </pre>
 *
 * <p>All clients are alike: one server, which allows one cipher and one key exchange, one key to
 * log in with, the host key checked, all output read, counted and thrown away. A client that is not
 * installed is left out, and the table says so. What the login shell of the user takes counts for
 * all of them, too: started by root, {@code -Dbench.user} names another account, which is to have a
 * plain shell.
 */
public final class SshBenchmark {
  private static final int ROUNDS = 5;
  private static final int THREADS = 16;

  /** How often each client has its turn in a round: a busy moment is to meet them all alike. */
  private static final int TURNS = 4;

  private static final int COMMANDS = 500;

  /** For those that take 40 ms a command. */
  private static final int FEW_COMMANDS = 100;

  /** Those that would take most of the time; they have one turn in a round. */
  private static final Set<String> SLOW = Set.of("openssh-mux", "mina", "sshj");

  private static final long BYTES = 400_000_000;
  private static final String OURS = "cloud-driver";
  private static final String GO = "go";

  /** In the order of the table. */
  private static final List<String> CLIENTS =
      List.of(OURS, GO, "jsch", "openssh-mux", "mina", "sshj");

  private enum Job {
    ONE_AFTER_ANOTHER("one after another"),
    AT_ONCE(THREADS + " at once"),
    STREAM("stdout of 400 MB");

    private final String title;

    Job(String title) {
      this.title = title;
    }
  }

  /**
   * What a round of a job came to.
   *
   * @param rate commands, or megabytes, a second
   * @param p50 the time of a command in microseconds, 0 for a stream
   * @param cpu the client's own processor time: microseconds a command, or milliseconds a stream
   */
  private record Result(double rate, double p50, double p99, double cpu) {}

  /** What one client did in one round of a job, turn by turn. */
  private static final class Tally {
    private double seconds;
    private double cpuMillis;
    private int turns;
    private final List<Double> micros = new ArrayList<>();

    void add(String[] answer, double cpu) {
      turns++;
      seconds += Double.parseDouble(answer[0]);
      cpuMillis += cpu;
      for (int i = 1; i < answer.length; i++) {
        micros.add(Double.parseDouble(answer[i]));
      }
    }

    Result result() {
      int commands = micros.size();
      if (commands == 0) {
        return new Result(turns * BYTES / 1e6 / seconds, 0, 0, cpuMillis / turns);
      }
      micros.sort(null);
      return new Result(
          commands / seconds,
          micros.get(commands / 2),
          micros.get(commands * 99 / 100),
          cpuMillis * 1000 / commands);
    }
  }

  private final Map<String, Process> processes = new LinkedHashMap<>();
  private final Map<String, Map<Job, List<Result>>> results = new LinkedHashMap<>();

  private SshBenchmark() {}

  /** No arguments, or the names of the clients to run. */
  public static void main(String[] args) throws Exception {
    List<String> clients = args.length == 0 ? CLIENTS : List.of(args);
    Path directory = Files.createTempDirectory("ssh-benchmark");
    try {
      new SshBenchmark().run(clients, directory);
    } finally {
      deleteAll(directory);
    }
  }

  private void run(List<String> clients, Path directory) throws Exception {
    Path key = directory.resolve("key");
    exec(List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString()), directory);
    try (OpenSsh server =
        OpenSsh.start(
            "ed25519",
            List.of(),
            "AuthorizedKeysFile " + readableByAll(directory).resolve("key.pub"),
            "Ciphers aes128-gcm@openssh.com",
            "KexAlgorithms curve25519-sha256",
            "MaxSessions 100",
            "LogLevel ERROR")) {
      Path knownHosts = directory.resolve("known_hosts");
      Files.writeString(
          knownHosts,
          "[127.0.0.1]:" + server.port() + " " + SshPublicKeys.toOpenSsh(server.hostKey()) + "\n");
      SshLogin login =
          new SshLogin(
              server.port(),
              System.getProperty("bench.user", System.getProperty("user.name")),
              key,
              server.hostKey(),
              knownHosts,
              directory);
      for (String client : clients) {
        start(client, login).ifPresent(process -> processes.put(client, process));
      }
      try {
        for (String client : processes.keySet()) {
          awaitLine(client, "ready");
        }
        compete();
      } finally {
        processes.values().forEach(Process::destroy);
      }
    }
    printTable();
  }

  /** The server reads the key as the user who logs in. */
  private static Path readableByAll(Path directory) throws IOException {
    return Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  // The contestants.

  private Optional<Process> start(String client, SshLogin login) throws Exception {
    List<String> words = new ArrayList<>();
    if (client.equals(GO)) {
      Optional<Path> program = buildGo(login.directory());
      if (program.isEmpty()) {
        System.out.println("go: left out, the Go tools are not installed");
        return Optional.empty();
      }
      words.add(program.get().toString());
    } else {
      if (client.startsWith("openssh") && !isInstalled("ssh", "-V")) {
        System.out.println(client + ": left out, OpenSSH's client is not installed");
        return Optional.empty();
      }
      words.addAll(
          List.of(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-cp",
              System.getProperty("java.class.path"),
              "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
              SshContestant.class.getName(),
              client));
    }
    words.addAll(login.words());
    return Optional.of(
        new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  private static Optional<Path> buildGo(Path directory) throws Exception {
    if (!isInstalled("go", "version")) {
      return Optional.empty();
    }
    Path sources = Files.createDirectory(directory.resolve("go"));
    for (String name : List.of("main.go", "go.mod", "go.sum")) {
      try (InputStream in = SshBenchmark.class.getResourceAsStream("go/" + name)) {
        Files.copy(Objects.requireNonNull(in, name), sources.resolve(name));
      }
    }
    exec(List.of("go", "build", "-o", "client", "."), sources);
    return Optional.of(sources.resolve("client"));
  }

  private static boolean isInstalled(String... words) throws InterruptedException {
    try {
      return new ProcessBuilder(words)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static void exec(List<String> words, Path directory) throws Exception {
    Process process = new ProcessBuilder(words).directory(directory.toFile()).inheritIO().start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException(words + " ended with status " + process.exitValue());
    }
  }

  private String awaitLine(String client, String otherwise) throws IOException {
    String line = reader(client).readLine();
    if (line == null) {
      throw new IllegalStateException(client + " ended instead of an answer (" + otherwise + ")");
    }
    return line;
  }

  /** The same object each time. */
  private BufferedReader reader(String client) {
    return process(client).inputReader(StandardCharsets.UTF_8);
  }

  private Process process(String client) {
    return Objects.requireNonNull(processes.get(client), client);
  }

  // The rounds.

  private void compete() throws IOException {
    for (String client : processes.keySet()) {
      // The Java runtime compiles what runs often; one round of each is not enough for that.
      for (int i = 0; i < 3; i++) {
        for (Job job : Job.values()) {
          for (int turn = 0; turn < turns(client); turn++) {
            run(client, job, new Tally());
          }
        }
      }
    }
    for (int round = 1; round <= ROUNDS; round++) {
      for (Job job : Job.values()) {
        Map<String, Tally> tallies = new LinkedHashMap<>();
        processes.keySet().forEach(client -> tallies.put(client, new Tally()));
        List<String> clients = new ArrayList<>(processes.keySet());
        for (int turn = 0; turn < TURNS; turn++) {
          Collections.rotate(clients, -1); // nobody is always the first
          for (String client : clients) {
            if (turn < turns(client)) {
              run(client, job, tallies.get(client));
            }
          }
        }
        for (String client : tallies.keySet()) {
          note(round, job, client, tallies.get(client).result());
        }
      }
    }
  }

  private static int turns(String client) {
    return SLOW.contains(client) ? 1 : TURNS;
  }

  private void note(int round, Job job, String client, Result result) {
    results
        .computeIfAbsent(client, key -> new LinkedHashMap<>())
        .computeIfAbsent(job, key -> new ArrayList<>())
        .add(result);
    System.out.printf(
        Locale.ROOT,
        "round %d  %-18s %-13s %8.1f %-5s p50 %6.0f us  p99 %6.0f us  cpu %5.0f %s%n",
        round,
        job.title,
        client,
        result.rate,
        job == Job.STREAM ? "MB/s" : "/s",
        result.p50,
        result.p99,
        result.cpu,
        job == Job.STREAM ? "ms" : "us");
  }

  /** One turn. */
  private void run(String client, Job job, Tally tally) throws IOException {
    String line =
        switch (job) {
          case ONE_AFTER_ANOTHER ->
              "commands 1 " + (SLOW.contains(client) ? FEW_COMMANDS : COMMANDS);
          case AT_ONCE -> "commands " + THREADS + " " + COMMANDS;
          case STREAM -> "stream " + BYTES;
        };
    double before = cpuMillis(client);
    Writer jobs = process(client).outputWriter(StandardCharsets.UTF_8);
    jobs.write(line + "\n");
    jobs.flush();
    String[] answer = awaitLine(client, line).split(" ");
    tally.add(answer, cpuMillis(client) - before);
  }

  private double cpuMillis(String client) {
    return process(client).info().totalCpuDuration().map(Duration::toMillis).orElse(0L);
  }

  // The table.

  private double median(String client, Job job, ToDoubleFunction<Result> of) {
    double[] values = results.get(client).get(job).stream().mapToDouble(of).sorted().toArray();
    return values[values.length / 2];
  }

  private void printTable() {
    System.out.println();
    System.out.println(
        "| client | one after another | p50 | p99 | CPU | 16 at once | p99 | CPU | 400 MB | CPU |");
    System.out.println("|---|---|---|---|---|---|---|---|---|---|");
    for (String client : results.keySet()) {
      System.out.printf(
          Locale.ROOT,
          "| %s | %,.0f/s | %.2f ms | %.2f ms | %.0f us | %,.0f/s | %.1f ms | %.0f us | %,.0f MB/s |"
              + " %.0f ms |%n",
          client,
          median(client, Job.ONE_AFTER_ANOTHER, Result::rate),
          median(client, Job.ONE_AFTER_ANOTHER, Result::p50) / 1000,
          median(client, Job.ONE_AFTER_ANOTHER, Result::p99) / 1000,
          median(client, Job.ONE_AFTER_ANOTHER, Result::cpu),
          median(client, Job.AT_ONCE, Result::rate),
          median(client, Job.AT_ONCE, Result::p99) / 1000,
          median(client, Job.AT_ONCE, Result::cpu),
          median(client, Job.STREAM, Result::rate),
          median(client, Job.STREAM, Result::cpu));
    }
    System.out.println();
    for (String other : results.keySet()) {
      if (!other.equals(OURS) && results.containsKey(OURS)) {
        System.out.printf(
            Locale.ROOT,
            "%s / %s: one after another %.2f (p99 %.2f), at once %.2f (p99 %.2f), stdout %.2f%n",
            OURS,
            other,
            ratio(other, Job.ONE_AFTER_ANOTHER, Result::rate),
            ratio(other, Job.ONE_AFTER_ANOTHER, Result::p99),
            ratio(other, Job.AT_ONCE, Result::rate),
            ratio(other, Job.AT_ONCE, Result::p99),
            ratio(other, Job.STREAM, Result::rate));
      }
    }
  }

  private double ratio(String other, Job job, ToDoubleFunction<Result> of) {
    return median(OURS, job, of) / median(other, job, of);
  }

  private static void deleteAll(Path directory) throws IOException {
    try (var all = Files.walk(directory)) {
      all.sorted(Comparator.reverseOrder())
          .forEach(
              path -> {
                try {
                  Files.delete(path);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
