package io.github.clouddriver.ssh;

import io.github.clouddriver.exec.ExecutorException;
import io.github.clouddriver.exec.Phase;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import net.schmizz.sshj.connection.channel.OpenFailException;
import org.jspecify.annotations.Nullable;

/**
 * How one command comes by its channel. Used by the one thread that waits for it, but for {@link
 * #abort}.
 *
 * <p>None is opened ahead, though that would save a round trip: the request for a channel is what
 * finds out that a connection broke unnoticed, while it can still be said that the command never
 * started (E4).
 */
final class ChannelOpening {
  private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(1);

  private final Lease lease;
  private final SshConnection connection;
  private final Duration limit;
  private final Supplier<ExecChannel> channels;

  /** Why it is to end; null while it may go on. Written before {@link #current} is read. */
  private volatile @Nullable IOException aborted;

  /** The channel that was asked for last. Written before {@link #aborted} is read. */
  private volatile @Nullable ExecChannel current;

  /**
   * Nothing is asked for before {@link #await}.
   *
   * @param limit how long to wait for a channel if the server has none free
   * @param channels makes the channel for one attempt
   */
  ChannelOpening(Lease lease, Duration limit, Supplier<ExecChannel> channels) {
    this.lease = lease;
    this.connection = lease.connection();
    this.limit = limit;
    this.channels = channels;
  }

  /** Breaks the channel, now or as soon as there is one, from any thread. Does not block. */
  void abort(IOException why) {
    aborted = why;
    ExecChannel channel = current;
    if (channel != null) {
      channel.broken(why);
    }
  }

  /** Tells of a command that was never given to the server. */
  String notStarted(String why) {
    return why + "; the command was not started on " + connection.endpoint();
  }

  /**
   * Waits for a channel as long as the command itself may take, if the server has none free (E7).
   *
   * @throws NeverStartedException if the connection was of no use; another one may be
   * @throws ExecutorException if the server refuses channels altogether, or for too long
   */
  ExecChannel await() throws ExecutorException, NeverStartedException, InterruptedException {
    Deadline waiting = Deadline.in(limit);
    long pause = FIRST_PAUSE;
    while (true) {
      long freed = connection.freedChannels();
      ExecChannel channel = channels.get();
      OpenFailException refusal = open(channel);
      if (refusal == null) {
        return channel;
      }
      if (refusal.getReason() == OpenFailException.Reason.UNKNOWN_CHANNEL_TYPE
          || waiting.isOver()) {
        throw new ExecutorException(
            notStarted("the server refused a channel (" + Printable.message(refusal) + ")"),
            Phase.CHANNEL,
            false,
            Printable.cause(refusal));
      }
      // Asked again from time to time, too: the server may serve others, or be slow to free one.
      boolean oneIsFree =
          connection.awaitFreedChannel(freed, Math.min(pause, waiting.remainingNanos()));
      pause = oneIsFree ? FIRST_PAUSE : Math.min(2 * pause, LONGEST_PAUSE);
    }
  }

  /** Tells why the server refused the channel; null if it did not. */
  private @Nullable OpenFailException open(ExecChannel channel)
      throws NeverStartedException, InterruptedException {
    Deadline deadline = Deadline.in(connection.timeouts().channel());
    try {
      current = channel;
      IOException why = aborted;
      if (why != null) {
        throw why;
      }
      channel.open();
      CommandRun.get(channel.opened(), deadline.remainingNanos());
      return null;
    } catch (OpenFailException e) {
      return e;
    } catch (TimeoutException e) {
      letGo(channel);
      throw new NeverStartedException(
          notStarted("the server did not open a channel within " + deadline.limit()),
          new IOException("the server did not answer"));
    } catch (InterruptedException e) {
      letGo(channel);
      throw e;
    } catch (IOException e) {
      letGo(channel);
      CommandRun.passOnInterrupt(e);
      throw new NeverStartedException(notStarted(Printable.message(connection.why(e))), e);
    }
  }

  private void letGo(ExecChannel channel) {
    Goodbye.say(channel, false, lease.share());
  }
}
