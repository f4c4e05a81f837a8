package io.github.clouddriver.cli;

import io.github.clouddriver.InstanceSetId;
import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.ssh.SshExecutor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Reads the options of {@code cloudtest} and runs it. */
@Command(
    name = "cloudtest",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Runs a driver end to end with one instance: creates it, waits for its boot, checks and"
            + " replaces its tags, runs a command over SSH with host-key check, prints its prices,"
            + " destroys it, and checks that no instance is left. Against a real provider this costs"
            + " money. A provider that keeps public keys keeps one more for each run, unless the runs"
            + " share a key: see --private-key and --agent.",
    footer = {
      "",
      "The passphrase of a private key is asked for on the terminal. Where there is",
      "none, it is read from the environment variable CLOUDTEST_PASSPHRASE.",
      "",
      "The configuration file is a JSON object with the keys Driver,",
      "DriverParameters, ImageID, InstanceTypes and ResourceTags. Exit status: 0 if",
      "every step passed, 1 if one failed, 2 for a wrong command line or",
      "configuration, 130 after an interrupt."
    })
@SuppressWarnings("NullAway.Init") // picocli sets what has a default value
final class CloudtestCommand implements Callable<Integer> {
  private static final int FAILED = 1;
  private static final int WRONG_USE = 2;
  private static final int INTERRUPTED = 130;

  @Option(
      names = "--driver",
      paramLabel = "NAME",
      description = "The driver to try, memory by default; see the subcommand drivers.")
  @Nullable String driver;

  @Option(names = "--config", paramLabel = "FILE", description = "The configuration file.")
  @Nullable Path config;

  @Option(
      names = "--instance-type",
      paramLabel = "NAME",
      description = "One of the configured InstanceTypes; needed if there are several.")
  @Nullable String instanceType;

  @Option(
      names = "--image",
      paramLabel = "ID",
      description = "The image to boot instead of the configured one.")
  @Nullable String image;

  @Option(
      names = "--instance-set-id",
      paramLabel = "ID",
      defaultValue = "zzzzz-zzzzz-zzzzzzcloudtest",
      converter = SetIdConverter.class,
      description = "Marks what belongs to the run; ${DEFAULT-VALUE} by default.")
  InstanceSetId setId;

  @Option(
      names = "--destroy-existing",
      description = "Destroy left-over instances of the set instead of refusing to start.")
  boolean destroyExisting;

  @Option(
      names = "--command",
      paramLabel = "COMMAND",
      defaultValue = "uname -a",
      description = "What to run over SSH; ${DEFAULT-VALUE} by default.")
  String command;

  @ArgGroup(exclusive = true)
  @Nullable KeyOptions key;

  /** Where the login key is from; made for the run, if neither is given. */
  static final class KeyOptions {
    @Option(
        names = "--private-key",
        paramLabel = "FILE",
        description =
            "Log in with the key in this file (OpenSSH, PEM or PKCS#8) instead of a new one.")
    @Nullable Path file;

    @Option(
        names = "--agent",
        description = "Log in with the first key of the agent at $SSH_AUTH_SOCK, likewise.")
    boolean agent;
  }

  @Option(
      names = "--boot-timeout",
      paramLabel = "TIME",
      defaultValue = "10m",
      converter = DurationConverter.class,
      description = "How long the instance may boot, such as 90s; ${DEFAULT-VALUE} by default.")
  Duration bootTimeout;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "5m",
      converter = DurationConverter.class,
      description = "How long any other wait may take; ${DEFAULT-VALUE} by default.")
  Duration timeout;

  @Option(
      names = "--poll-interval",
      paramLabel = "TIME",
      defaultValue = "1s",
      converter = DurationConverter.class,
      description = "The pause between two looks at the provider; ${DEFAULT-VALUE} by default.")
  private Duration pollInterval;

  @Option(names = "--verbose", description = "Print the stack trace of a failure.")
  private boolean verbose;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Report report = new Report(spec.commandLine().getOut(), Terminal.isPresent());
    Plan plan;
    LoginKey loginKey;
    try {
      plan = PlanReader.read(this);
      loginKey = loginKey();
    } catch (CloudException | IOException | IllegalArgumentException e) {
      explain(e);
      return WRONG_USE;
    } catch (InterruptedException e) {
      return INTERRUPTED;
    }
    Steps steps = new Steps(report, System::nanoTime, InstantSource.system(), pollInterval);
    ShutdownGuard guard = new ShutdownGuard();
    Cloudtest cloudtest =
        new Cloudtest(plan, loginKey, () -> SshExecutor.builder().build(), report, steps, guard);
    report.line("cloudtest: driver " + plan.driverName() + ", set " + plan.id());
    long began = System.nanoTime();
    try {
      guard.run(cloudtest::cleanUpLimit, cloudtest::run);
    } catch (InterruptedException e) {
      report.line("INTERRUPTED after " + passed(steps, began));
      return INTERRUPTED;
    } catch (Exception e) {
      explain(e);
      report.line("FAILED at \"" + steps.failed().orElse("") + "\" after " + passed(steps, began));
      return FAILED;
    }
    report.line("PASSED: " + passed(steps, began) + "; no instance is left at the provider");
    return 0;
  }

  private static String passed(Steps steps, long began) {
    return steps.passed()
        + " steps in "
        + Report.seconds(Duration.ofNanos(System.nanoTime() - began));
  }

  private void explain(Throwable failure) {
    var err = spec.commandLine().getErr();
    err.println("cloudtest: " + message(failure));
    Stream.iterate(failure.getCause(), Objects::nonNull, Throwable::getCause)
        .forEach(cause -> err.println("  because: " + message(cause)));
    if (verbose) {
      failure.printStackTrace(err);
    }
    err.flush();
  }

  private static String message(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  private LoginKey loginKey() throws IOException, InterruptedException {
    if (key == null) {
      return LoginKey.generate();
    }
    return key.file == null
        ? LoginKeyReader.ofAgent()
        : new LoginKeyReader(Terminal::readSecretly, System::getenv).ofFile(key.file);
  }
}
