package io.github.clouddriver.memory;

import io.github.clouddriver.error.CapacityError;
import io.github.clouddriver.error.CloudErrors;
import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.error.OutcomeUnknownException;
import io.github.clouddriver.error.QuotaError;
import io.github.clouddriver.error.RateLimitError;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;

/**
 * The way from one set to its provider: limited in rate, broken as scripted, measured. Thread-safe;
 * holds no lock.
 */
final class Calls {
  private static final String METER = "clouddriver.memory.calls";

  private final Provider provider;
  private final StopSignal stop;
  private final MeterRegistry registry;
  private final String setId;

  Calls(Provider provider, StopSignal stop, MeterRegistry registry, String setId) {
    this.provider = provider;
    this.stop = stop;
    this.registry = registry;
    this.setId = setId;
  }

  /** What the provider does for a call, between the scripted way there and the way back. */
  @FunctionalInterface
  interface Work<T> {
    T run(FaultCall call) throws CloudException, InterruptedException;
  }

  /** Makes one call. That the set was not stopped before has been checked. */
  <T> T run(Operation operation, Work<T> work) throws CloudException, InterruptedException {
    Timer.Sample time = Timer.start(registry);
    String outcome = "error";
    try {
      if (Thread.interrupted()) {
        throw new InterruptedException(operation + ": interrupted before the call");
      }
      T result = send(operation, work);
      outcome = "success";
      return result;
    } catch (CloudException e) {
      outcome = outcome(e);
      throw e;
    } catch (InterruptedException e) {
      outcome = "interrupted";
      throw e;
    } finally {
      time.stop(
          Timer.builder(METER)
              .description("Calls to the in-memory provider")
              .tag("operation", operation.name().toLowerCase(Locale.ROOT))
              .tag("outcome", outcome)
              .tag("set", setId)
              .register(registry));
    }
  }

  private <T> T send(Operation operation, Work<T> work)
      throws CloudException, InterruptedException {
    provider.limitRate(operation);
    FaultCall call = provider.faults().begin(operation, stop);
    call.beforeCommit();
    T result = work.run(call);
    call.afterCommit();
    return result;
  }

  private static String outcome(CloudException e) {
    if (CloudErrors.find(e, OutcomeUnknownException.class).isPresent()) {
      return "unknown";
    }
    if (CloudErrors.find(e, RateLimitError.class).isPresent()) {
      return "rate_limit";
    }
    if (CloudErrors.find(e, QuotaError.class).isPresent()) {
      return "quota";
    }
    return CloudErrors.find(e, CapacityError.class).isPresent() ? "capacity" : "error";
  }
}
