package io.github.clouddriver.bench;

import io.github.clouddriver.ssh.CountingSink;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * One SSH client in a process of its own, which does the jobs that {@link SshBenchmark} writes to
 * its stdin, a line each, and answers each with a line. The Go program in the resources does the
 * same.
 *
 * <ul>
 *   <li>{@code commands THREADS COUNT}: runs {@code true} as often, by as many threads; answers
 *       with the seconds that it took, and the time of each command in microseconds
 *   <li>{@code stream BYTES}: reads as many bytes of a command's stdout; answers with the seconds
 * </ul>
 */
public final class SshContestant {
  private final SshClientUnderTest client;

  private SshContestant(SshClientUnderTest client) {
    this.client = client;
  }

  /** Arguments: the client's name, and those of {@link SshLogin#parse}. */
  public static void main(String[] args) throws Exception {
    SshLogin login = SshLogin.parse(Arrays.asList(args).subList(1, args.length));
    try (SshClientUnderTest client = SshClients.connect(args[0], login)) {
      new SshContestant(client).serve();
    }
    System.exit(0); // some clients leave threads behind that are no daemons
  }

  private void serve() throws Exception {
    System.out.println("ready");
    BufferedReader jobs =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String line;
    while ((line = jobs.readLine()) != null) {
      String[] words = line.split(" ");
      System.out.println(
          words[0].equals("stream")
              ? stream(Long.parseLong(words[1]))
              : commands(Integer.parseInt(words[1]), Integer.parseInt(words[2])));
    }
  }

  private String stream(long bytes) throws Exception {
    CountingSink counter = new CountingSink();
    long begun = System.nanoTime();
    client.stream("head -c " + bytes + " /dev/zero", counter);
    long taken = System.nanoTime() - begun;
    if (counter.count() != bytes) {
      throw new IllegalStateException(counter.count() + " bytes came, not " + bytes);
    }
    return seconds(taken);
  }

  private String commands(int threads, int count) throws Exception {
    long[] times = new long[count];
    AtomicInteger next = new AtomicInteger();
    Callable<Void> work =
        () -> {
          CountingSink counter = new CountingSink();
          int number;
          while ((number = next.getAndIncrement()) < count) {
            long begun = System.nanoTime();
            client.run("true", counter);
            times[number] = System.nanoTime() - begun;
          }
          return null;
        };
    long begun = System.nanoTime();
    if (threads == 1) {
      work.call();
    } else {
      ExecutorService pool = Executors.newFixedThreadPool(threads);
      try {
        List<Future<Void>> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
          all.add(pool.submit(work));
        }
        for (Future<Void> each : all) {
          each.get();
        }
      } finally {
        pool.shutdown();
      }
    }
    long taken = System.nanoTime() - begun;
    return seconds(taken)
        + Arrays.stream(times).mapToObj(each -> " " + each / 1000).collect(Collectors.joining());
  }

  private static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.6f", nanos / 1e9);
  }
}
