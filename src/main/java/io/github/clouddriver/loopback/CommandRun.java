package io.github.clouddriver.loopback;

import io.github.clouddriver.internal.sshserver.ExecCall;
import io.github.clouddriver.internal.sshserver.ExecExit;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;

/**
 * One command on this host, from its start until nothing of it is left. Used by the thread that the
 * SSH server has for it, which starts and signals all processes; three more threads carry the
 * bytes, and tell it through a queue what has happened.
 */
final class CommandRun {
  /** A client that sends signals faster than they are delivered does not fill the memory. */
  private static final int MAX_EVENTS = 64;

  private static final int PIECE = 32 * 1024;
  private static final int CANNOT_EXECUTE = 126;

  /**
   * How long the end of a command takes at most: this limit once, for programs that kill it, and
   * the next one three times, for what has been killed. Together they are less than the four
   * seconds that the SSH server waits for its commands when it is closed.
   */
  private static final Duration KILL_LIMIT = Duration.ofMillis(1500);

  static final Duration END_LIMIT = Duration.ofMillis(700);

  private sealed interface Event {
    /** An output has ended. */
    record End() implements Event {}

    /** An output could not be carried to the client. */
    record Failure(IOException cause) implements Event {}

    /** The client sent a signal. */
    record Sent(Signal signal) implements Event {}
  }

  private final String name;
  private final ExecCall call;
  private final HostShell shell;
  private final Logger logger;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>(MAX_EVENTS);
  private final Set<Signal> delivered = EnumSet.noneOf(Signal.class);
  private final List<Thread> carriers = new ArrayList<>();

  /**
   * A command that has not begun.
   *
   * @param name what the names of its threads begin with
   */
  CommandRun(String name, ExecCall call, HostShell shell, Logger logger) {
    this.name = name;
    this.call = call;
    this.shell = shell;
    this.logger = logger;
  }

  /**
   * Runs it.
   *
   * @throws IOException if this host starts no process, or a stream failed
   * @throws InterruptedException if the channel ended first
   */
  ExecExit run() throws IOException, InterruptedException {
    byte[] command = call.commandBytes();
    if (!ShellText.canBeHandedOn(command)) {
      call.stderr().write("a command cannot hold a NUL\n".getBytes(StandardCharsets.US_ASCII));
      return ExecExit.status(CANNOT_EXECUTE);
    }
    Leader leader;
    try {
      leader = Leader.start(shell);
    } catch (IOException e) {
      tellWhyNotBegun(e);
      throw e;
    }
    try {
      ReportFilter stderr = new ReportFilter(call.stderr(), leader.mark());
      begin(leader, command);
      Pipes pipes = leader.pipes();
      carry("stdin", () -> carryInput(call.stdin(), pipes.stdin()));
      carry("stdout", () -> carryOutput(pipes.stdout(), call.stdout()));
      carry("stderr", () -> carryOutput(pipes.stderr(), stderr));
      call.onSignal(this::received);
      awaitEndOfOutputs(leader);
      return exit(
          stderr.status().isPresent() ? stderr.status().getAsInt() : leader.statusOfItself());
    } finally {
      end(leader);
    }
  }

  private void begin(Leader leader, byte[] command) throws IOException {
    try {
      leader.begin(variables(), command);
    } catch (IOException e) {
      tellWhyNotBegun(e);
      throw e;
    }
  }

  /**
   * The client gets no result of a command that never ran (clause E8), but reads why, as far as it
   * is there still.
   */
  private void tellWhyNotBegun(IOException cause) throws IOException {
    if (!Thread.currentThread().isInterrupted()) {
      logger.warn("{} could not be started: {}", name, cause.toString());
      call.stderr().write((cause.getMessage() + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  private Map<String, String> variables() {
    Map<String, String> variables = new LinkedHashMap<>();
    call.environment()
        .forEach(
            (variable, value) -> {
              if (ShellText.isName(variable) && value.indexOf('\0') < 0) {
                variables.put(variable, value);
              } else {
                logger.debug("{}: no shell can have the variable that a client sets", name);
              }
            });
    return variables;
  }

  /** Called by the thread that reads the connection, so it does not wait. */
  private void received(String signal) {
    boolean taken =
        Signal.named(signal).map(known -> events.offer(new Event.Sent(known))).orElse(false);
    if (!taken) {
      logger.debug("{}: a signal of the client is unknown, or one too many", name);
    }
  }

  private void awaitEndOfOutputs(Leader leader) throws IOException, InterruptedException {
    int open = 2;
    while (open > 0) {
      Event event = events.take();
      if (event instanceof Event.End) {
        open--;
      } else if (event instanceof Event.Failure failure) {
        throw new IOException("the output of " + name + " was not taken", failure.cause());
      } else if (event instanceof Event.Sent sent) {
        deliver(sent.signal(), leader.signals());
      }
    }
  }

  private void deliver(Signal signal, Signals signals) throws InterruptedException {
    try {
      if (signals.send(signal.name())) {
        delivered.add(signal);
      }
    } catch (IOException e) {
      // The command does not know of it, and is no worse than before.
      logger.warn("{}: the signal {} was not delivered: {}", name, signal, e.toString());
    }
  }

  /** That a signal ended it is certain only where the client sent that one. */
  private ExecExit exit(int status) {
    return delivered.stream()
        .filter(signal -> signal.mayBe(status))
        .findFirst()
        .map(signal -> ExecExit.signal(signal.name()))
        .orElseGet(() -> ExecExit.status(status));
  }

  // What the other threads do.

  /** What a thread is made for. */
  @FunctionalInterface
  private interface Work {
    void run() throws InterruptedException;
  }

  private void carry(String what, Work work) {
    Thread carrier =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (InterruptedException e) {
                logger.debug("{}: nobody waits for its {} any more", name, what);
              }
            },
            name + "-" + what);
    carrier.setDaemon(true);
    carriers.add(carrier);
    carrier.start();
  }

  /**
   * What the command does not want to read is thrown away, so that a client which sends it all the
   * same is not held up.
   */
  private void carryInput(InputStream from, OutputStream to) {
    byte[] piece = new byte[PIECE];
    boolean wanted = true;
    try {
      for (int n = from.read(piece); n >= 0; n = from.read(piece)) {
        wanted = wanted && isWritten(piece, n, to);
      }
      to.close();
    } catch (IOException e) {
      logger.debug("{}: its input ended early", name, e);
    }
  }

  private boolean isWritten(byte[] piece, int length, OutputStream to) {
    try {
      to.write(piece, 0, length);
      to.flush();
      return true;
    } catch (IOException e) {
      logger.debug("{}: its input is not read", name, e);
      return false;
    }
  }

  private void carryOutput(InputStream from, OutputStream to) throws InterruptedException {
    Event end = new Event.End();
    byte[] piece = new byte[PIECE];
    try {
      for (int n = from.read(piece); n >= 0; n = from.read(piece)) {
        to.write(piece, 0, n);
      }
      if (to instanceof ReportFilter filter) {
        filter.end();
      }
    } catch (IOException e) {
      end = new Event.Failure(e);
    }
    events.put(end);
  }

  /** Leaves nothing of it, as far as can be. Neither fails nor heeds interruptions. */
  private void end(Leader leader) {
    boolean ended = false;
    try {
      ended = leader.kill(KILL_LIMIT);
    } finally {
      endCarriers(leader);
    }
    // What the pipes have given back may be all that was missing.
    if (!ended && !leader.kill(Duration.ZERO)) {
      leader.destroy();
      logger.warn("{}: some of its processes may still run, since this host cannot end them", name);
    }
  }

  /** What still blocks its thread when the processes have ended is a daemon's. */
  private void endCarriers(Leader leader) {
    carriers.forEach(Thread::interrupt);
    long deadline = System.nanoTime() + END_LIMIT.toNanos();
    boolean ended = true;
    for (Thread each : carriers) {
      ended &=
          Uninterrupted.await(
              Duration.ofNanos(deadline - System.nanoTime()),
              nanos -> {
                TimeUnit.NANOSECONDS.timedJoin(each, nanos);
                return !each.isAlive();
              });
    }
    if (ended) {
      try {
        leader.close();
      } catch (IOException e) {
        logger.debug("{}: its pipes did not close well", name, e); // there was unsent input
      }
    } else {
      logger.warn("{}: a process that has left it keeps a thread from ending", name);
    }
  }
}
