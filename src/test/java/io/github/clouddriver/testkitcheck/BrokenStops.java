package io.github.clouddriver.testkitcheck;

import io.github.clouddriver.CreateRequest;
import io.github.clouddriver.ForwardingInstance;
import io.github.clouddriver.Instance;
import io.github.clouddriver.InstanceId;
import io.github.clouddriver.InstanceSet;
import io.github.clouddriver.InstanceTags;
import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.error.OutcomeUnknownException;
import io.github.clouddriver.error.StoppedException;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.junit.jupiter.api.AfterEach;

/** Drivers that do not stop as they should. */
final class BrokenStops {
  private BrokenStops() {}

  /** Leaves a thread behind. */
  @Breaks("S9")
  static final class LeaksAThread extends BrokenDriver {
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void endThreads() {
      end.countDown();
    }

    @Override
    InstanceSet broken(InstanceSet set) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  end.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              },
              "leaked");
      thread.setDaemon(true);
      thread.start();
      return new OfBroken(set);
    }
  }

  /** Takes a second stop for a mistake. */
  @Breaks("S9")
  static final class StopsOnlyOnce extends BrokenDriver {
    @Override
    InstanceSet broken(InstanceSet set) {
      return new OfBroken(set) {
        private final AtomicBoolean stopped = new AtomicBoolean();

        @Override
        public void stop() {
          if (stopped.getAndSet(true)) {
            throw new IllegalStateException("stopped already");
          }
          super.stop();
        }
      };
    }
  }

  /** Leaves a connection open. */
  @Breaks("S9")
  static final class LeaksASocket extends BrokenDriver {
    private final List<Closeable> open = new CopyOnWriteArrayList<>();

    @AfterEach
    void closeSockets() throws IOException {
      for (Closeable each : open) {
        each.close();
      }
    }

    @Override
    InstanceSet broken(InstanceSet set) {
      try {
        ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        open.add(server);
        open.add(new Socket(server.getInetAddress(), server.getLocalPort()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return new OfBroken(set);
    }
  }

  /** Waits for a thread that nobody ends. */
  @Breaks("S9")
  static final class StopsForEver extends BrokenDriver {
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void endWaits() {
      end.countDown();
    }

    @Override
    InstanceSet broken(InstanceSet set) {
      return new OfBroken(set) {
        @Override
        public void stop() {
          super.stop();
          try {
            end.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        }
      };
    }
  }

  /** Lets calls come to their end before it stops. */
  @Breaks("S9")
  static final class WaitsForCallsInFlight extends BrokenDriver {
    @Override
    InstanceSet broken(InstanceSet set) {
      return new OfBroken(set) {
        private final ReadWriteLock calls = new ReentrantReadWriteLock();

        @Override
        public Instance create(CreateRequest request) throws CloudException, InterruptedException {
          calls.readLock().lock();
          try {
            return super.create(request);
          } finally {
            calls.readLock().unlock();
          }
        }

        @Override
        public void stop() {
          calls.writeLock().lock();
          try {
            super.stop();
          } finally {
            calls.writeLock().unlock();
          }
        }
      };
    }
  }

  /** Goes on as if nothing had been said. */
  @Breaks("S9")
  static final class WorksAfterTheStop extends BrokenDriver {
    @Override
    InstanceSet broken(InstanceSet set) {
      return new OfBroken(set) {
        @Override
        public void stop() {}
      };
    }
  }

  /** Raises what its HTTP client raises once that is closed. */
  @Breaks("S9")
  static final class FailsAfterTheStop extends BrokenDriver {
    @Override
    InstanceSet broken(InstanceSet set) {
      return new OfBroken(set) {
        @Override
        public List<Instance> instances(InstanceTags filter)
            throws CloudException, InterruptedException {
          try {
            return super.instances(filter);
          } catch (StoppedException e) {
            throw new CloudException("the connection pool is closed", e);
          }
        }
      };
    }
  }

  /** Does not even say what it knows. */
  @Breaks("S9")
  static final class SaysNothingAfterTheStop extends BrokenDriver {
    @Override
    InstanceSet broken(InstanceSet set) {
      return new OfBroken(set) {
        private volatile boolean stopped;

        @Override
        public Instance create(CreateRequest request) throws CloudException, InterruptedException {
          return new ForwardingInstance(super.create(request)) {
            @Override
            public InstanceId id() {
              if (stopped) {
                throw new StoppedException("id after the stop");
              }
              return super.id();
            }
          };
        }

        @Override
        public void stop() {
          stopped = true;
          super.stop();
        }
      };
    }
  }

  /** Leaves nothing behind, instances included. */
  @Breaks("S9")
  static final class DestroysAllOnStop extends BrokenDriver {
    @Override
    InstanceSet broken(InstanceSet set) {
      return new OfBroken(set) {
        @Override
        public void stop() {
          try {
            for (Instance each : super.instances(InstanceTags.empty())) {
              each.destroy();
            }
          } catch (CloudException | InterruptedException e) {
            throw new CompletionException(e);
          } catch (StoppedException e) {
            return;
          }
          super.stop();
        }
      };
    }
  }

  /** Says of a create that it stops that nothing was created. */
  @Breaks("S9")
  static final class StopsCreatesAsRefused extends BrokenDriver {
    @Override
    InstanceSet broken(InstanceSet set) {
      return new OfBroken(set) {
        private volatile boolean stopped;

        @Override
        public Instance create(CreateRequest request) throws CloudException, InterruptedException {
          try {
            return super.create(request);
          } catch (OutcomeUnknownException e) {
            if (stopped) {
              throw new CloudException("stopped", e);
            }
            throw e;
          }
        }

        @Override
        public void stop() {
          stopped = true;
          super.stop();
        }
      };
    }
  }
}
