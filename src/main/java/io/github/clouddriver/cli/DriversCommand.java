package io.github.clouddriver.cli;

import io.github.clouddriver.Drivers;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the names of the drivers that are found. */
@Command(
    name = "drivers",
    mixinStandardHelpOptions = true,
    description = "Lists the names of the drivers on the class path or module path.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DriversCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Drivers.names().forEach(spec.commandLine().getOut()::println);
    return 0;
  }
}
