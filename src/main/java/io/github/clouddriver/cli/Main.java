package io.github.clouddriver.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/**
 * The entry point of the command line. Without arguments it runs {@code cloudtest} against the
 * in-memory cloud.
 */
@Command(
    name = "cloud-driver",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Tries out drivers of elastic clouds. Without a subcommand it runs cloudtest against the"
            + " in-memory cloud.",
    subcommands = {CloudtestCommand.class, DriversCommand.class, HelpCommand.class})
public final class Main implements Runnable {
  /** Made by picocli. */
  public Main() {}

  /** Never reached with arguments: {@link #execute} puts the default subcommand in their place. */
  @Override
  public void run() {
    throw new IllegalStateException("the default subcommand was not put in");
  }

  /**
   * Runs a subcommand and ends the process with its exit status: 0 if all of it worked, 1 if
   * something failed, 2 if the command line was wrong, 130 if it was interrupted.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    System.exit(execute(writer(System.out), writer(System.err), args));
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, Charset.defaultCharset());
  }

  static int execute(PrintWriter out, PrintWriter err, String... args) {
    return new CommandLine(new Main())
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .execute(args.length == 0 ? new String[] {"cloudtest"} : args);
  }
}
