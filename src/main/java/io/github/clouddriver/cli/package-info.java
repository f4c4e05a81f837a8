/**
 * The command line: {@code cloudtest} runs a driver and a configuration end to end.
 *
 * <p>Not exported. {@link io.github.clouddriver.cli.Main} parses, {@link
 * io.github.clouddriver.cli.CloudtestCommand} reads the options and the configuration file, {@link
 * io.github.clouddriver.cli.Cloudtest} takes the steps, {@link io.github.clouddriver.cli.Report}
 * prints them. The only package that writes to the standard streams and ends the process.
 */
@NullMarked
package io.github.clouddriver.cli;

import org.jspecify.annotations.NullMarked;
